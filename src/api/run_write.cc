#include "api/run_write.h"

#include "api/collection_sizes.h"
#include "api/write_history.h"
#include "storage/index_row.h"

namespace stator {
namespace {

// An index that is still backfilled may hold no entry of the item yet, or an outdated one.
Result<void> look_for_entries(const Engine& engine, const TableDefinition& table,
                              std::vector<IndexWrite>* writes) {
  for (IndexWrite& write : *writes) {
    if (table.indexes[write.position].built || !write.existed) continue;
    std::string entry;
    const std::string_view key = write.erased.empty() ? write.put : write.erased;
    write.existed = TRY(engine.store->get(key, &entry));
    write.bytes_before = write.existed ? TRY(ItemView::parse(entry)).logical_size() : 0;
  }
  return {};
}

Result<void> read_and_decide(const Engine& engine, const WritePlan& plan, Arena* arena,
                             WriteOutcome* outcome) {
  std::optional<ItemView> stored;
  if (TRY(engine.store->get(plan.row_key, &outcome->stored))) {
    stored = TRY(ItemView::parse(outcome->stored));
  }
  outcome->updated.clear();
  outcome->effect = TRY(decide_write(plan, stored, &outcome->updated, arena));
  return look_for_entries(engine, plan.table->definition, &outcome->effect.indexes);
}

void append_rows(const WritePlan& plan, const WriteEffect& effect, std::vector<RowWrite>* rows) {
  if (!effect.writes) return;
  rows->push_back({.key = plan.row_key,
                   .value = effect.after ? effect.after->bytes() : std::string_view(),
                   .erase = !effect.after});
  for (const IndexWrite& write : effect.indexes) {
    if (!write.erased.empty()) rows->push_back({.key = write.erased, .value = {}, .erase = true});
    if (!write.put.empty()) rows->push_back({.key = write.put, .value = write.entry});
  }
}

void count(bool existed, bool exists, std::size_t bytes_before, std::size_t bytes_after,
           TableStatistics* statistics) {
  const int items = static_cast<int>(exists) - static_cast<int>(existed);
  const std::int64_t bytes =
      static_cast<std::int64_t>(bytes_after) - static_cast<std::int64_t>(bytes_before);
  if (items != 0) statistics->items += items;
  if (bytes != 0) statistics->bytes += bytes;
}

void count(const Table& table, const WriteEffect& effect) {
  const auto size = [](const std::optional<ItemView>& item) {
    return item ? item->logical_size() : 0;
  };
  count(effect.before.has_value(), effect.after.has_value(), size(effect.before),
        size(effect.after), table.statistics.get());
  for (const IndexWrite& write : effect.indexes) {
    count(write.existed, write.exists(), write.bytes_before, write.bytes_after,
          table.index_statistics[write.position].get());
  }
}

// For each plan the key of its item's collection; empty in a table without local indexes.
std::vector<std::string_view> collection_keys(std::span<const WritePlan> plans, Arena* arena) {
  std::vector<std::string_view> keys(plans.size());
  std::string key;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const TableDefinition& table = plans[i].table->definition;
    if (!table.has_local_indexes()) continue;
    key.clear();
    append_collection_key(table, table.collections_keyspace, plans[i].item.attributes(), &key);
    keys[i] = arena->copy(key);
  }
  return keys;
}

// Every row that one of the plans reads and writes again.
RowLatches::Held latch(Engine* engine, std::span<const WritePlan> plans,
                       std::span<const std::string_view> collections) {
  std::vector<std::string_view> keys;
  keys.reserve(plans.size() + 1);
  for (const WritePlan& plan : plans) keys.push_back(plan.row_key);
  for (const std::string_view key : collections) {
    if (!key.empty()) keys.push_back(key);
  }
  return engine->latches.lock(std::move(keys));
}

}  // namespace

Result<void> run_write(Engine* engine, std::span<const WritePlan> plans,
                       std::span<WriteOutcome> outcomes, Arena* arena) {
  const std::vector<std::string_view> collections = collection_keys(plans, arena);
  const RowLatches::Held latches = latch(engine, plans, collections);
  CollectionSizes sizes(*engine->store, engine->item_collection_bytes_max);
  std::vector<RowWrite> rows;
  rows.reserve(plans.size());
  for (std::size_t i = 0; i < plans.size(); ++i) {
    TRY(read_and_decide(*engine, plans[i], arena, &outcomes[i]));
    const WriteEffect& effect = outcomes[i].effect;
    append_rows(plans[i], effect, &rows);
    if (collections[i].empty()) continue;
    const std::int64_t bytes = collection_bytes(effect, plans[i].table->definition);
    outcomes[i].collection_bytes = TRY(sizes.change(collections[i], bytes));
  }
  if (rows.empty()) return {};
  sizes.append_rows(&rows);
  const PendingChanges pending = TRY(record_history(engine, plans, outcomes));
  TRY(engine->store->commit(rows));
  for (std::size_t i = 0; i < plans.size(); ++i) count(*plans[i].table, outcomes[i].effect);
  return {};
}

}  // namespace stator
