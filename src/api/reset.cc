// POST /_stator/reset: a database as it was when it was new.
#include "api/reset.h"

#include "api/control.h"
#include "api/fault_rules.h"
#include "api/ops/stream_settings.h"

namespace stator {
namespace {

// The table as one whose deletion is over.
Result<TableDefinition> deleted(const Catalog& catalog, const TableDefinition& seen,
                                TimePoint now) {
  const Table* const table = catalog.find_same(seen);
  if (table == nullptr) return Error(ErrorCode::resource_not_found, "the table is gone");
  TableDefinition definition = table->definition;
  definition.transition = {.status = TableStatus::deleting, .until = now};
  end_stream({.asked = now, .done = now}, &definition);
  return definition;
}

Result<void> erase_table(Engine* engine, const TableDefinition& seen, TimePoint now) {
  auto table =
      engine->catalog->put([&](const Catalog& catalog) { return deleted(catalog, seen, now); });
  if (table) return engine->catalog->erase((*table)->definition, now);
  // Somebody else has deleted it.
  if (table.error().code() == ErrorCode::resource_not_found) return {};
  return std::move(table).error();
}

}  // namespace

Result<void> reset(Engine* engine, TimePoint now) {
  const CatalogSnapshot catalog = engine->catalog->snapshot();
  for (const auto& [name, table] : catalog->tables()) {
    TRY(erase_table(engine, table->definition, now));
  }
  engine->faults->clear();
  TRY(engine->tokens->clear());
  TRY(engine->streams->catch_up(now));
  return engine->streams->erase_ended();
}

Result<void> reset_database(const ControlContext& context, JsonWriter* json) {
  if (!context.json.empty()) {
    JsonMembers members = TRY(context.reader.open(context.json));
    if (TRY(members.next())) {
      return validation_error("unknown member: " + std::string(members.key()));
    }
    TRY(context.reader.finish());
  }
  const std::size_t tables = context.engine.catalog->snapshot()->tables().size();
  TRY(reset(&context.engine, context.now));
  json->begin_object();
  json->integer_member("tables", static_cast<std::int64_t>(tables));
  json->end_object();
  return {};
}

}  // namespace stator
