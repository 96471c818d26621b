#include "api/commit_writes.h"

#include <algorithm>

#include "api/write_history.h"
#include "api/write_records.h"
#include "storage/index_row.h"

namespace stator {
namespace {

void append_rows(const WritePlan& plan, const WriteEffect& effect, std::vector<RowWrite>* rows) {
  if (!effect.writes) return;
  rows->push_back({.key = plan.row_key,
                   .value = effect.after ? effect.after->bytes() : std::string_view(),
                   .erase = !effect.after});
  for (const IndexWrite& write : effect.indexes) {
    if (!write.erased.empty()) rows->push_back({.key = write.erased, .value = {}, .erase = true});
    if (!write.put.empty()) rows->push_back({.key = write.put, .value = write.entry});
  }
  append_expiry_rows(effect.expiry, rows);
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
  if (!effect.expiry.put.empty()) table.expiry->note_row(effect.expiry.expires);
}

}  // namespace

Result<std::optional<ItemView>> read_stored(const Engine& engine, const WritePlan& plan,
                                            WriteOutcome* outcome) {
  if (!TRY(engine.store->get(plan.row_key, &outcome->stored))) return std::optional<ItemView>();
  return std::optional(TRY(ItemView::parse(outcome->stored)));
}

Result<void> fail_condition(const Engine& engine, const WritePlan& plan, WriteOutcome* outcome,
                            Error failure) {
  if (!plan.return_item_on_failure) return failure;
  const std::optional<ItemView> stored = TRY(read_stored(engine, plan, outcome));
  if (!stored) return failure;
  return std::move(failure).with_item(std::string(stored->bytes()));
}

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

std::vector<std::string_view> row_keys(std::span<const WritePlan> plans) {
  std::vector<std::string_view> keys;
  keys.reserve(plans.size());
  for (const WritePlan& plan : plans) keys.push_back(plan.row_key);
  return keys;
}

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

RowLatches::Held latch_collections(Engine* engine, std::span<const std::string_view> collections) {
  std::vector<std::string_view> keys;
  for (const std::string_view key : collections) {
    if (!key.empty()) keys.push_back(key);
  }
  return engine->latches.lock(std::move(keys), LatchUse::upkeep);
}

bool writes_anything(std::span<const WriteOutcome> outcomes) {
  return std::any_of(outcomes.begin(), outcomes.end(),
                     [](const WriteOutcome& outcome) { return outcome.effect.writes; });
}

Result<void> commit_writes(Engine* engine, std::span<const WritePlan> plans,
                           std::span<WriteOutcome> outcomes, CollectionSizes* sizes,
                           std::span<const RowWrite> more) {
  std::vector<RowWrite> rows;
  rows.reserve(plans.size() + more.size());
  for (std::size_t i = 0; i < plans.size(); ++i) append_rows(plans[i], outcomes[i].effect, &rows);
  if (rows.empty() && more.empty()) return {};
  sizes->append_rows(&rows);
  rows.insert(rows.end(), more.begin(), more.end());
  BatchRecords records(*engine);
  for (std::size_t i = 0; i < plans.size(); ++i) records.add(plans[i], &outcomes[i], &rows);
  const PendingChanges pending = TRY(record_history(engine, plans, outcomes));
  TRY(engine->store->commit(rows));
  for (std::size_t i = 0; i < plans.size(); ++i) count(*plans[i].table, outcomes[i].effect);
  return {};
}

}  // namespace stator
