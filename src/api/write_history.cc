#include "api/write_history.h"

#include <deque>
#include <string>
#include <vector>

namespace stator {
namespace {

using std::chrono::milliseconds;

// The changes of one batch and the bytes of the rows before it.
class BatchChanges {
 public:
  BatchChanges(const Engine& engine, const Lags& lags) : store_(*engine.store), lags_(lags) {}

  Result<void> add(const WritePlan& plan, const WriteEffect& effect) {
    if (!effect.writes) return {};
    const TableDefinition& table = plan.table->definition;
    if (lags_.of(table, nullptr) > milliseconds(0)) {
      RowChange& change = changes_.emplace_back(RowChange{.key = plan.row_key, .before = {}});
      if (effect.before) change.before = effect.before->bytes();
    }
    for (const IndexWrite& write : effect.indexes) {
      const IndexDefinition& index = table.indexes[write.position];
      // Nobody reads an index that is not built; what is written meanwhile shows with the rest.
      if (!index.built || lags_.of(table, &index) == milliseconds(0)) continue;
      TRY(add_index_row(write.erased));
      TRY(add_index_row(write.put));
    }
    return {};
  }

  std::span<const RowChange> changes() const { return changes_; }

 private:
  // An entry is nowhere else at hand; its item's latch is its own.
  Result<void> add_index_row(std::string_view key) {
    if (key.empty()) return {};
    RowChange& change = changes_.emplace_back(RowChange{.key = key, .before = {}});
    std::string entry;
    if (TRY(store_.get(key, &entry))) change.before = entries_.emplace_back(std::move(entry));
    return {};
  }

  const Store& store_;
  const Lags& lags_;
  std::vector<RowChange> changes_;
  std::deque<std::string> entries_;  // which the changes refer to
};

}  // namespace

Result<PendingChanges> record_history(Engine* engine, std::span<const WritePlan> plans,
                                      std::span<const WriteOutcome> outcomes) {
  const std::shared_ptr<const Lags> lags = engine->lags.in_force();
  if (lags == nullptr) return PendingChanges();
  BatchChanges batch(*engine, *lags);
  for (std::size_t i = 0; i < plans.size(); ++i) TRY(batch.add(plans[i], outcomes[i].effect));
  return engine->history->record(engine->clock->now(), batch.changes());
}

}  // namespace stator
