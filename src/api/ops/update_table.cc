#include "api/operations.h"
#include "api/ops/capacity_plan.h"
#include "api/ops/table_operation.h"
#include "api/ops/table_settings.h"
#include "api/ops/update_composition.h"
#include "api/request/table_constraints.h"

namespace stator {
namespace {

constexpr std::string_view kNoUnitsOnDemand =
    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
    "PAY_PER_REQUEST";

// A request on its way through the rules, and the table that comes out.
struct TableChange {
  const TableRequest& request;
  const Context& context;
  const TableDefinition& before;
  TableDefinition after = before;
};

// What can be said of billing and units before the table is known.
Result<void> check_billing_members(const TableRequest& request) {
  const std::optional<BillingMode> billing = requested_billing(request);
  const bool has_units = request.throughput.provisioned.has_value();
  if (billing == BillingMode::pay_per_request && has_units) {
    return invalid_parameter(kNoUnitsOnDemand);
  }
  if (billing == BillingMode::provisioned && !has_units) {
    return invalid_parameter(
        "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  }
  return {};
}

Result<void> check_not_busy(const TableChange& change) {
  const std::string& name = change.before.name;
  switch (*change.before.status_at(change.context.now)) {
    case TableStatus::active:
      return {};
    case TableStatus::creating:
      return in_use("Table is being created: " + name);
    case TableStatus::deleting:
      return in_use("Table is being deleted: " + name);
    case TableStatus::updating:
      break;
  }
  if (change.request.deletion_protection) {
    return Error(ErrorCode::resource_in_use,
                 "Table needs to be in ACTIVE status to modify deletion protection setting.");
  }
  return in_use("Table IOPS are currently being updated. Table: " + name);
}

ThroughputOwner owner_of(const TableChange& change) {
  return {.region = change.context.call.caller.region, .index = {}};
}

void switch_to_on_demand(TableChange* change) {
  TableDefinition& table = change->after;
  table.billing = BillingMode::pay_per_request;
  table.last_pay_per_request = change->context.now;
  set_capacity(on_demand_capacity(capacity_of(table), change->context.now), &table);
}

Result<void> apply_provisioned(TableChange* change) {
  TableDefinition& table = change->after;
  Capacity capacity =
      TRY(provisioned_capacity(capacity_of(table), *change->request.throughput.provisioned,
                               change->before.billing, owner_of(*change), change->context.now));
  set_capacity(std::move(capacity), &table);
  table.billing = BillingMode::provisioned;
  return {};
}

Result<void> apply_billing(TableChange* change) {
  const BillingMode billing = requested_billing(change->request).value_or(change->before.billing);
  const UnitPair maximum = change->request.throughput.on_demand.value_or(UnitPair());
  if (change->request.throughput.provisioned && billing == BillingMode::pay_per_request) {
    return invalid_parameter(kNoUnitsOnDemand);
  }
  TRY(check_on_demand_maximum(maximum, billing, Removal::allowed, owner_of(*change)));
  if (change->request.throughput.provisioned) return apply_provisioned(change);
  if (billing != change->before.billing) switch_to_on_demand(change);
  change->after.on_demand_maximum = merged_maximum(change->before.on_demand_maximum, maximum);
  return {};
}

Result<void> apply_warm(TableChange* change) {
  TableDefinition& table = change->after;
  Capacity capacity =
      TRY(warmed_capacity(capacity_of(table), change->request.throughput.warm.value_or(UnitPair()),
                          owner_of(*change), change->context.now));
  set_capacity(std::move(capacity), &table);
  return {};
}

Result<void> apply_settings(TableChange* change) {
  const TableRequest& request = change->request;
  TableDefinition& table = change->after;
  if (request.has_sse_specification) {
    return invalid_parameter("Table is already encrypted by default");
  }
  if (request.has_stream_specification) {
    return validation_error("Table has no stream to disable: TableName: " + table.name);
  }
  if (request.table_class) {
    table.table_class = TRY(plan_table_class(request));
    table.table_class_updated = change->context.now;
  }
  table.deletion_protection = request.deletion_protection.value_or(table.deletion_protection);
  return {};
}

// Maxima and warm throughput change at once; the rest takes the table through UPDATING.
bool passes_through_updating(const TableChange& change) {
  return change.request.throughput.provisioned || change.request.table_class ||
         change.request.deletion_protection || change.after.billing != change.before.billing;
}

Result<TableDefinition> decide_update(TableChange change) {
  TRY(check_not_busy(change));
  TRY(apply_settings(&change));
  TRY(apply_billing(&change));
  TRY(apply_warm(&change));
  if (passes_through_updating(change)) {
    change.after.transition = {
        .status = TableStatus::updating,
        .until = change.context.now + change.context.engine.transitions.updating};
  } else {
    change.after.transition = {};
  }
  return std::move(change.after);
}

// The reply still shows the units that the table leaves.
void write_reply(const TableRequest& request, const Context& context, const Table& table,
                 const ProvisionedThroughput& before, JsonWriter* json) {
  Table shown = table;
  shown.definition.throughput = before;
  TableDescriptionView view =
      describe(shown, table.definition.transition.status, context.call.caller.region, context.now);
  view.requested_maximum = request.throughput.on_demand.value_or(UnitPair());
  if (!request.throughput.warm.value_or(UnitPair()).empty()) {
    view.warm_status = TableStatus::updating;
  }
  write_table_reply(view, json);
}

}  // namespace

Result<void> update_table(const Context& context, JsonWriter* json) {
  const TableRequest request =
      TRY(read_update_table_request(context.json, &context.scratch.reader));
  const std::string_view name = TRY(table_name_of(request, context));
  TRY(check_update_table_constraints(request));
  TRY(check_supported(request));
  TRY(check_composition(request));
  TRY(check_billing_members(request));
  ProvisionedThroughput before;
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table = TRY(find_any_table(catalog, name, context));
    before = table->definition.throughput;
    return decide_update({.request = request, .context = context, .before = table->definition});
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(decide));
  write_reply(request, context, *table, before, json);
  return {};
}

}  // namespace stator
