#include "api/backfills.h"

#include <memory>
#include <string>
#include <vector>

#include "model/item.h"
#include "storage/index_row.h"
#include "storage/row_key.h"

namespace stator {
namespace {

struct Backfill {
  const Table& table;
  const IndexDefinition& index;
  TableStatistics* statistics;
};

RowRange rows_of(std::uint32_t keyspace) {
  RowRange range;
  append_hash_start(keyspace, 0, &range.first);
  range.end = keyspace_end(keyspace);
  return range;
}

// Adds the entry of an item, unless a write of the item has done so.
Result<void> add_entry(Engine& engine, const Backfill& backfill, const ItemView& item) {
  const TableDefinition& table = backfill.table.definition;
  if (!belongs_to_index(backfill.index, item.attributes())) return {};
  std::string key;
  append_index_row_key(table, backfill.index, item.attributes(), &key);
  std::string bytes;
  if (TRY(engine.store->get(key, &bytes))) return {};
  bytes.clear();
  const ItemView entry = append_index_entry(table, backfill.index, item.attributes(), &bytes);
  const RowWrite row{.key = key, .value = entry.bytes()};
  TRY(engine.store->commit({&row, 1}));
  backfill.statistics->items += 1;
  backfill.statistics->bytes += static_cast<std::int64_t>(entry.logical_size());
  return {};
}

// The row may have changed since the scan saw it.
Result<void> backfill_row(Engine& engine, const Backfill& backfill, std::string_view row_key) {
  const RowLatches::Held latch = engine.latches.lock({row_key});
  std::string stored;
  if (!TRY(engine.store->get(row_key, &stored))) return {};
  const ItemView item = TRY(ItemView::parse(stored));
  return add_entry(engine, backfill, item);
}

Result<void> add_entries(Engine& engine, const Backfill& backfill) {
  RowCursor rows = engine.store->scan(rows_of(backfill.table.definition.keyspace));
  for (; rows.valid(); rows.next()) TRY(backfill_row(engine, backfill, rows.key()));
  return rows.finished();
}

Result<void> mark_built(Engine& engine, const TableDefinition& table, std::uint32_t keyspace) {
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const found = catalog.find(table.space, table.name, engine.clock->now());
    if (found == nullptr) return Error(ErrorCode::resource_not_found, "The table is gone");
    TableDefinition built = found->definition;
    for (IndexDefinition& index : built.indexes) index.built |= index.keyspace == keyspace;
    return built;
  };
  TRY(engine.catalog->put(decide));
  return {};
}

Result<void> run_backfill(Engine& engine, const Backfill& backfill) {
  TRY(add_entries(engine, backfill));
  return mark_built(engine, backfill.table.definition, backfill.index.keyspace);
}

}  // namespace

void start_backfills(Engine& engine) {
  const CatalogSnapshot catalog = engine.catalog->snapshot();
  for (const auto& [name, table] : catalog->tables()) {
    const std::vector<IndexDefinition>& indexes = table->definition.indexes;
    for (std::size_t i = 0; i < indexes.size(); ++i) {
      if (indexes[i].built || indexes[i].is_deleted()) continue;
      const Backfill backfill = {
          .table = *table, .index = indexes[i], .statistics = table->index_statistics[i].get()};
      if (const Result<void> done = run_backfill(engine, backfill); !done) continue;
    }
  }
}

}  // namespace stator
