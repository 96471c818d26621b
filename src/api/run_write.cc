#include "api/run_write.h"

namespace stator {
namespace {

Result<void> read_and_decide(const Engine& engine, const WritePlan& plan, WriteOutcome* outcome) {
  std::optional<ItemView> stored;
  if (TRY(engine.store->get(plan.row_key, &outcome->stored))) {
    stored = TRY(ItemView::parse(outcome->stored));
  }
  outcome->updated.clear();
  outcome->effect = TRY(decide_write(plan, stored, &outcome->updated));
  return {};
}

void count(const Table& table, const WriteEffect& effect) {
  const auto size = [](const std::optional<ItemView>& item) {
    return item ? static_cast<std::int64_t>(item->logical_size()) : 0;
  };
  const int items =
      static_cast<int>(effect.after.has_value()) - static_cast<int>(effect.before.has_value());
  if (items != 0) table.statistics->items += items;
  table.statistics->bytes += size(effect.after) - size(effect.before);
}

}  // namespace

Result<void> run_write(Engine* engine, std::span<const WritePlan> plans,
                       std::span<WriteOutcome> outcomes) {
  std::vector<std::string_view> keys;
  keys.reserve(plans.size());
  for (const WritePlan& plan : plans) keys.push_back(plan.row_key);
  const RowLatches::Held latches = engine->latches.lock(std::move(keys));

  std::vector<RowWrite> rows;
  rows.reserve(plans.size());
  for (std::size_t i = 0; i < plans.size(); ++i) {
    TRY(read_and_decide(*engine, plans[i], &outcomes[i]));
    const WriteEffect& effect = outcomes[i].effect;
    if (!effect.writes) continue;
    rows.push_back({.key = plans[i].row_key,
                    .value = effect.after ? effect.after->bytes() : std::string_view(),
                    .erase = !effect.after});
  }
  if (!rows.empty()) TRY(engine->store->commit(rows));
  for (std::size_t i = 0; i < plans.size(); ++i) count(*plans[i].table, outcomes[i].effect);
  return {};
}

}  // namespace stator
