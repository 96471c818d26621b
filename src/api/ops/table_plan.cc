#include "api/ops/table_plan.h"

#include "api/ops/capacity_plan.h"
#include "api/ops/encryption_settings.h"
#include "api/ops/index_settings.h"
#include "api/ops/key_settings.h"
#include "api/ops/policy_operation.h"
#include "api/ops/stream_settings.h"
#include "api/ops/table_settings.h"
#include "api/ops/throughput_rules.h"
#include "api/table_access.h"
#include "base/limits.h"

namespace stator {
namespace {

// Billing mode, and whether the request has units exactly where it needs them.
Result<void> plan_billing(const TableRequest& request, const Context& context,
                          TableDefinition* table) {
  table->billing = requested_billing(request).value_or(BillingMode::provisioned);
  const bool has_units = request.throughput.provisioned.has_value();
  if (table->billing == BillingMode::pay_per_request) {
    if (has_units) {
      return invalid_parameter(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
          "PAY_PER_REQUEST");
    }
    table->last_pay_per_request = context.now;
    return {};
  }
  if (has_units) return {};
  return invalid_parameter(
      "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
      "PROVISIONED");
}

}  // namespace

Result<TableDefinition> plan_table(const TableRequest& request, std::string_view name,
                                   const Context& context) {
  TableDefinition table;
  table.space = space_of(context.call.caller);
  table.name = name;
  table.created = context.now;
  table.key = TRY(plan_key_schema(request));
  TRY(plan_billing(request, context, &table));
  const std::string_view region = context.call.caller.region;
  Capacity capacity = TRY(initial_capacity(request.throughput, table.billing,
                                           {.region = region, .index = {}}, table.created));
  set_capacity(std::move(capacity), &table);
  table.transition = {.status = TableStatus::creating,
                      .until = context.now + context.engine.transitions.creating};
  if (request.throughput.asks_for_warmth()) table.warm_until = table.transition.until;
  table.indexes = TRY(plan_indexes(request, table, region));
  table.stream = TRY(plan_stream(request, table, context));
  TRY(check_table_class(request));
  table.table_class = requested_class(request);
  TRY(check_encryption(request));
  table.kms_key = requested_key(request, region);
  if (request.policy) table.policy = TRY(plan_policy(*request.policy, {}, context.now));
  table.tags = TRY(plan_tags(request.tags));
  table.deletion_protection = request.deletion_protection.value_or(false);
  const MutexLock lock(&context.engine.random_mu);
  append_uuid_v4(&context.engine.random, &table.table_id);
  return table;
}

Result<void> check_room(const Catalog& catalog, const TableDefinition& table, TimePoint now) {
  if (catalog.find(table.space, table.name, now) != nullptr) {
    return Error(ErrorCode::resource_in_use, "Table already exists: " + table.name);
  }
  if (catalog.count(table.space, now) < kTablesMax) return {};
  return Error(ErrorCode::limit_exceeded, "Subscriber limit exceeded: There is a limit of " +
                                              std::to_string(kTablesMax) +
                                              " tables per subscriber");
}

}  // namespace stator
