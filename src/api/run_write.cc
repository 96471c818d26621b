#include "api/run_write.h"

#include "api/collection_sizes.h"
#include "api/write_admission.h"
#include "api/write_history.h"
#include "api/write_records.h"
#include "storage/index_row.h"
#include "streams/stream_store.h"

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

// What the writes of one request share on their way.
struct WriteRun {
  Engine& engine;
  Arena* arena;
  OnThrottle on_throttle;
  WriteAdmission admission;
};

Result<WriteEffect> decide(WriteRun* run, const WritePlan& plan,
                           const std::optional<ItemView>& stored, std::string* updated) {
  Result<WriteEffect> effect = decide_write(plan, stored, updated, run->arena);
  if (effect || effect.error().code() != ErrorCode::conditional_check_failed) return effect;
  const ThrottledArms throttled =
      run->admission.admit_failed(plan, stored ? stored->logical_size() : 0);
  if (!throttled.empty()) return throttle_error(throttled);
  return effect;
}

Result<void> read_and_decide(WriteRun* run, const WritePlan& plan, WriteOutcome* outcome) {
  std::optional<ItemView> stored;
  if (TRY(run->engine.store->get(plan.row_key, &outcome->stored))) {
    stored = TRY(ItemView::parse(outcome->stored));
  }
  outcome->updated.clear();
  outcome->effect = TRY(decide(run, plan, stored, &outcome->updated));
  TRY(look_for_entries(run->engine, plan.table->definition, &outcome->effect.indexes));
  outcome->throttled = run->admission.admit(plan, outcome->effect);
  if (outcome->throttled.empty()) return {};
  if (run->on_throttle == OnThrottle::fail) return throttle_error(outcome->throttled);
  outcome->effect = {};
  return {};
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

Result<void> run_latched(WriteRun* run, std::span<const WritePlan> plans,
                         std::span<WriteOutcome> outcomes,
                         std::span<const std::string_view> collections) {
  Engine& engine = run->engine;
  CollectionSizes sizes(*engine.store, engine.item_collection_bytes_max);
  std::vector<RowWrite> rows;
  rows.reserve(plans.size());
  for (std::size_t i = 0; i < plans.size(); ++i) {
    TRY(read_and_decide(run, plans[i], &outcomes[i]));
    const WriteEffect& effect = outcomes[i].effect;
    append_rows(plans[i], effect, &rows);
    if (collections[i].empty() || !outcomes[i].throttled.empty()) continue;
    const std::int64_t bytes = collection_bytes(effect, plans[i].table->definition);
    outcomes[i].collection_bytes = TRY(sizes.change(collections[i], bytes));
  }
  if (rows.empty()) return {};
  sizes.append_rows(&rows);
  BatchRecords records(engine);
  for (std::size_t i = 0; i < plans.size(); ++i) records.add(plans[i], &outcomes[i], &rows);
  const PendingChanges pending = TRY(record_history(&engine, plans, outcomes));
  TRY(engine.store->commit(rows));
  for (std::size_t i = 0; i < plans.size(); ++i) count(*plans[i].table, outcomes[i].effect);
  return {};
}

}  // namespace

Result<void> run_write(Engine* engine, std::span<const WritePlan> plans,
                       std::span<WriteOutcome> outcomes, Arena* arena, TimePoint now,
                       OnThrottle on_throttle) {
  const std::vector<std::string_view> collections = collection_keys(plans, arena);
  WriteRun run{.engine = *engine,
               .arena = arena,
               .on_throttle = on_throttle,
               .admission = WriteAdmission(engine, now)};
  engine->streams->catch_up_if_due(now);
  Result<void> result = [&] {
    const RowLatches::Held latches = latch(engine, plans, collections);
    return run_latched(&run, plans, outcomes, collections);
  }();
  run.admission.finish();
  return result;
}

}  // namespace stator
