#include "api/operations.h"
#include "api/ops/index_states.h"
#include "api/ops/stream_settings.h"
#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {
namespace {

Result<void> check_may_be_deleted(const TableDefinition& table, TimePoint now) {
  const TableStatus status = *table.status_at(now);
  if (status == TableStatus::creating) return in_use("Table is being created: " + table.name);
  if (status == TableStatus::deleting) return in_use("Table is being deleted: " + table.name);
  TRY(check_indexes_allow_deletion(table, now));
  switch (stream_change_at(table, now)) {
    case StreamChange::enabling:
      return in_use("Cannot delete table while stream is being enabled.");
    case StreamChange::disabling:
      return in_use("Cannot delete table while stream is being disabled.");
    case StreamChange::none:
      break;
  }
  if (status == TableStatus::updating) {
    return in_use("Table: " + table.name + " is in the process of being updated.");
  }
  if (!table.deletion_protection) return {};
  return validation_error(
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
      "protection first.");
}

}  // namespace

Result<void> delete_table(const Context& context, JsonWriter* json) {
  const TableRequest request = TRY(read_table_name_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDeleteTableRules, context));
  const NamedTable named = TRY(named_table(request, context));
  const Engine& engine = context.engine;
  // The definition changes first, so that nobody finds the table while its rows go.
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table = TRY(find_any_table(catalog, named, context));
    TRY(check_may_be_deleted(table->definition, context.now));
    TableDefinition deleted = table->definition;
    deleted.transition = {.status = TableStatus::deleting,
                          .until = context.now + engine.transitions.deleting};
    end_stream({.asked = context.now, .done = deleted.transition.until}, &deleted);
    return deleted;
  };
  const std::shared_ptr<const Table> table = TRY(engine.catalog->put(decide));
  if (table->definition.stream) TRY(engine.streams->catch_up(context.now));
  write_table_reply(
      describe(*table, TableStatus::deleting, context.call.caller.region, context.now), json);
  return engine.catalog->erase(table->definition, context.now);
}

}  // namespace stator
