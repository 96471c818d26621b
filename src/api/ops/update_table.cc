#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "api/backfills.h"
#include "api/operations.h"
#include "api/ops/capacity_plan.h"
#include "api/ops/change_limits.h"
#include "api/ops/encryption_settings.h"
#include "api/ops/index_states.h"
#include "api/ops/index_update.h"
#include "api/ops/stream_settings.h"
#include "api/ops/table_change.h"
#include "api/ops/table_operation.h"
#include "api/ops/table_settings.h"
#include "api/ops/throughput_rules.h"
#include "api/ops/update_composition.h"
#include "api/ops/update_members.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {
namespace {

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
    return table_units_on_demand();
  }
  TRY(check_maximum_billing(maximum, billing));
  if (change->request.throughput.provisioned) return apply_provisioned(change);
  if (billing != change->before.billing) switch_to_on_demand(change);
  change->after.on_demand_maximum = merged_maximum(change->before.on_demand_maximum, maximum);
  return {};
}

Result<void> apply_warm(TableChange* change) {
  const ThroughputRequest& throughput = change->request.throughput;
  if (!throughput.asks_for_warmth()) return {};
  TableDefinition& table = change->after;
  Capacity capacity = TRY(warmed_capacity(capacity_of(table), *throughput.warm, owner_of(*change),
                                          change->context.now));
  set_capacity(std::move(capacity), &table);
  table.warm_until = updated_at(*change);
  return {};
}

Result<void> apply_settings(TableChange* change) {
  const TableRequest& request = change->request;
  TableDefinition& table = change->after;
  TRY(apply_encryption(change));
  TRY(apply_stream(change));
  if (request.table_class) {
    table.table_class = requested_class(request);
    table.table_class_updated = change->context.now;
  }
  table.deletion_protection = request.deletion_protection.value_or(table.deletion_protection);
  return {};
}

// Maxima change at once, and warm throughput and encryption have statuses of their own; the rest
// takes the table through UPDATING.
bool passes_through_updating(const TableChange& change) {
  return change.request.throughput.provisioned || change.request.table_class ||
         change.after.deletion_protection != change.before.deletion_protection ||
         change.request.has_stream_specification || change.after.billing != change.before.billing ||
         has_online_index_change(change.request);
}

// A table that is UPDATING at all is so as long as an index of its is DELETING; beside a backfill
// it is ACTIVE.
TimePoint table_updated_at(const TableChange& change) {
  TimePoint until = updated_at(change);
  if (until == change.context.now) return until;
  for (const IndexDefinition& index : change.after.indexes) {
    if (index.is_deleted()) until = std::max(until, index.transition.until);
  }
  return until;
}

// Indexes whose deletion has ended leave the definition with the next change.
void drop_deleted_indexes(TableChange* change) {
  std::erase_if(change->after.indexes, [&](const IndexDefinition& index) {
    return !index.status_at(change->context.now);
  });
}

Result<void> decide_update(TableChange* change) {
  TRY(check_not_busy(*change));
  drop_deleted_indexes(change);
  TRY(apply_settings(change));
  TRY(apply_billing(change));
  TRY(count_changes(change));
  TRY(apply_warm(change));
  TRY(apply_index_changes(change));
  change->after.transition = {};
  if (passes_through_updating(*change)) {
    change->after.transition = {.status = TableStatus::updating,
                                .until = table_updated_at(*change)};
  }
  return {};
}

// What the reply says of an update beside the table's new definition.
struct Updated {
  TableDefinition before;
  std::set<std::string, std::less<>> entered;  // see TableChange
};

// The reply still shows the units that the table and its indexes leave, unless it is on demand that
// they leave.
Table with_units_of(const TableDefinition& before, Table table) {
  if (before.billing == BillingMode::pay_per_request) return table;
  table.definition.throughput = before.throughput;
  for (IndexDefinition& index : table.definition.indexes) {
    for (const IndexDefinition& old : before.indexes) {
      if (old.keyspace == index.keyspace) index.throughput = old.throughput;
    }
  }
  return table;
}

IndexReply index_reply(const TableRequest& request, const IndexDefinition& index,
                       const Updated& updated) {
  IndexReply reply;
  if (updated.entered.contains(index.name)) reply.entered = index.transition.status;
  if (!request.index_updates) return reply;
  for (const IndexUpdateRequest& update : *request.index_updates) {
    const std::optional<IndexRequest>& action = update.create ? update.create : update.update;
    if (!action || action->name != index.name) continue;
    const ThroughputRequest& throughput = action->throughput;
    reply.requested_maximum = throughput.on_demand.value_or(UnitPair());
    reply.is_warming = throughput.asks_for_warmth();
  }
  return reply;
}

void write_reply(const TableRequest& request, const Context& context, const Table& table,
                 const Updated& updated, JsonWriter* json) {
  const Table shown = with_units_of(updated.before, table);
  TableDescriptionView view =
      describe(shown, table.definition.transition.status, context.call.caller.region, context.now);
  view.requested_maximum = request.throughput.on_demand.value_or(UnitPair());
  if (request.throughput.asks_for_warmth()) view.warm_status = TableStatus::updating;
  for (std::size_t i = 0; i < view.indexes.size(); ++i) {
    view.indexes[i] = index_reply(request, table.definition.indexes[i], updated);
  }
  if (request.has_sse_specification) view.is_encryption_changing = true;
  write_table_reply(view, json);
}

Result<void> erase_deleted_rows(const Context& context, const Table& table,
                                const Updated& updated) {
  for (const IndexDefinition& index : table.definition.indexes) {
    if (!index.is_deleted() || !updated.entered.contains(index.name)) continue;
    TRY(context.engine.catalog->erase_rows(index.keyspace));
  }
  return {};
}

Result<void> start_backfills(const Context& context, const std::shared_ptr<const Table>& table,
                             const Updated& updated) {
  for (std::size_t i = 0; i < table->definition.indexes.size(); ++i) {
    const IndexDefinition& index = table->definition.indexes[i];
    if (index.built || !updated.entered.contains(index.name)) continue;
    TRY(context.engine.backfills->start(table, i));
  }
  return {};
}

}  // namespace

Result<void> update_table(const Context& context, JsonWriter* json) {
  const TableRequest request =
      TRY(read_update_table_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kUpdateTableRules, context));
  const NamedTable named = TRY(named_table(request, context));
  TRY(check_composition(request));
  TRY(check_members(request));
  Updated updated;
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table = TRY(find_any_table(catalog, named, context));
    TRY(check_supported(request));
    TableChange change = {.request = request, .context = context, .before = table->definition};
    TRY(decide_update(&change));
    TRY(check_account_units(catalog, &change.before, change.after, owner_of(change).region,
                            context.now));
    updated = {.before = table->definition, .entered = std::move(change.entered)};
    return std::move(change.after);
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(decide));
  context.engine.capacity.table_changed(updated.before, table->definition, context.now);
  if (table->definition.stream) TRY(context.engine.streams->catch_up(context.now));
  write_reply(request, context, *table, updated, json);
  TRY(erase_deleted_rows(context, *table, updated));
  return start_backfills(context, table, updated);
}

}  // namespace stator
