#include "api/operations.h"
#include "api/ops/table_operation.h"
#include "api/ops/table_settings.h"
#include "api/ops/throughput_rules.h"
#include "api/request/table_constraints.h"
#include "api/table_access.h"
#include "base/limits.h"

namespace stator {
namespace {

// Billing mode and provisioned units.
Result<void> plan_billing(const TableRequest& request, const Context& context,
                          TableDefinition* table) {
  table->billing = requested_billing(request).value_or(BillingMode::provisioned);
  const std::optional<UnitPair>& units = request.provisioned_throughput;
  if (table->billing == BillingMode::pay_per_request) {
    if (units) {
      return invalid_parameter(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
          "PAY_PER_REQUEST");
    }
    table->last_pay_per_request = context.now;
    return {};
  }
  if (!units) {
    return invalid_parameter(
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
        "PROVISIONED");
  }
  TRY(check_provisioned_units(*units, context.call.caller.region));
  table->throughput.read_units = *units->read;
  table->throughput.write_units = *units->write;
  return {};
}

// On-demand maxima, warm throughput, and the partitions that all of this takes.
Result<void> plan_capacity(const TableRequest& request, const Context& context,
                           TableDefinition* table) {
  const UnitPair maximum = request.on_demand_throughput.value_or(UnitPair());
  TRY(check_on_demand_maximum(maximum, table->billing, Removal::refused));
  table->on_demand_maximum = merged_maximum(std::nullopt, maximum);

  const WarmFloor floor = initial_warm_floor(table->billing, table->throughput);
  const WarmThroughput warm = TRY(plan_warm(request.warm_throughput.value_or(UnitPair()), floor));
  table->warm = floor.least.raised_to(warm);
  const ProvisionedThroughput& units = table->throughput;
  const std::uint32_t provisioned = partitions_for_provisioned(units.read_units, units.write_units);
  const std::uint32_t initial =
      table->billing == BillingMode::pay_per_request ? kOnDemandPartitions : provisioned;
  table->partitions = PartitionMap::even(
      std::max(initial, partitions_for_warm(warm.read_units, warm.write_units)), context.now);
  return {};
}

// The table that a request asks for, in AWS's order of checks.
Result<TableDefinition> plan_table(const TableRequest& request, std::string_view name,
                                   const Context& context) {
  TableDefinition table;
  table.space = space_of(context.call.caller);
  table.name = name;
  table.created = context.now;
  table.key = TRY(plan_key_schema(request));
  TRY(plan_billing(request, context, &table));
  TRY(plan_capacity(request, context, &table));
  table.table_class = TRY(plan_table_class(request));
  table.tags = TRY(plan_tags(request));
  table.deletion_protection = request.deletion_protection.value_or(false);
  table.transition = {.status = TableStatus::creating,
                      .until = context.now + context.engine.transitions.creating};
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

}  // namespace

Result<void> create_table(const Context& context, JsonWriter* json) {
  const TableRequest request =
      TRY(read_create_table_request(context.json, &context.scratch.reader));
  const std::string_view name = TRY(table_name_of(request, context));
  TRY(check_create_table_constraints(request));
  TRY(check_supported(request));
  const TableDefinition planned = TRY(plan_table(request, name, context));
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    TRY(check_room(catalog, planned, context.now));
    return planned;
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(decide));
  write_table_reply(
      describe(*table, TableStatus::creating, context.call.caller.region, context.now), json);
  return {};
}

}  // namespace stator
