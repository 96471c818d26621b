#include "api/run_write.h"

#include <algorithm>

#include "api/cancellation.h"
#include "api/collection_sizes.h"
#include "api/commit_writes.h"
#include "api/write_admission.h"
#include "streams/stream_store.h"

namespace stator {
namespace {

// What the writes of one request share on their way.
struct WriteRun {
  Engine& engine;
  Arena* arena;
  OnThrottle on_throttle;
  WriteAdmission admission;
};

// Leaves the units of a write whose condition failed in its outcome.
Result<WriteEffect> decide(WriteRun* run, const WritePlan& plan,
                           const std::optional<ItemView>& stored, WriteOutcome* outcome) {
  Result<WriteEffect> effect = decide_write(plan, stored, &outcome->updated, run->arena);
  if (effect || effect.error().code() != ErrorCode::conditional_check_failed) return effect;
  const double units = failed_write_units(plan, stored, &outcome->updated);
  const ThrottledArms throttled = run->admission.admit_failed(plan, units);
  if (!throttled.empty()) return throttle_error(throttled);
  outcome->effect.units.table = units;
  return effect;
}

Result<void> read_and_decide(WriteRun* run, const WritePlan& plan, WriteOutcome* outcome) {
  outcome->effect = {};
  outcome->throttled.clear();
  outcome->updated.clear();
  if (outcome->is_refused) return {};
  const std::optional<ItemView> stored = TRY(read_stored(run->engine, plan, outcome));
  outcome->effect = TRY(decide(run, plan, stored, outcome));
  TRY(look_for_entries(run->engine, plan.table->definition, &outcome->effect.indexes));
  outcome->throttled = run->admission.admit(plan, outcome->effect);
  if (outcome->throttled.empty()) return {};
  if (run->on_throttle == OnThrottle::fail) return throttle_error(outcome->throttled);
  outcome->effect = {};
  return {};
}

// Notes which writes met a transaction.
Result<void> leave_out_conflicts(std::span<const WritePlan> plans, std::span<WriteOutcome> outcomes,
                                 const std::vector<std::string_view>& refused,
                                 OnThrottle on_throttle) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    if (std::find(refused.begin(), refused.end(), plans[i].row_key) == refused.end()) continue;
    count_conflict(*plans[i].table);
    if (on_throttle == OnThrottle::fail) return conflict_error();
    outcomes[i].is_refused = true;
  }
  return {};
}

Result<void> run_latched(WriteRun* run, std::span<const WritePlan> plans,
                         std::span<WriteOutcome> outcomes,
                         std::span<const std::string_view> collections) {
  Engine& engine = run->engine;
  CollectionSizes sizes(*engine.store, engine.item_collection_bytes_max);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    TRY(read_and_decide(run, plans[i], &outcomes[i]));
    if (collections[i].empty() || is_left_out(outcomes[i])) continue;
    const std::int64_t bytes = collection_bytes(outcomes[i].effect, plans[i].table->definition);
    outcomes[i].collection_bytes = TRY(sizes.change(collections[i], bytes));
  }
  if (!writes_anything(outcomes)) return {};
  return commit_writes(&engine, plans, outcomes, &sizes);
}

}  // namespace

Result<void> run_write(Engine* engine, std::span<const WritePlan> plans,
                       std::span<WriteOutcome> outcomes, Arena* arena, TimePoint now,
                       OnThrottle on_throttle, const Hold* hold) {
  const std::vector<std::string_view> collections = collection_keys(plans, arena);
  WriteRun run{.engine = *engine,
               .arena = arena,
               .on_throttle = on_throttle,
               .admission = WriteAdmission(engine, now)};
  engine->streams->catch_up_if_due(now);
  Result<void> result = [&]() -> Result<void> {
    std::vector<std::string_view> refused;
    const RowLatches::Held rows =
        engine->latches.lock_beside_transactions(row_keys(plans), LatchUse::write, &refused);
    TRY(leave_out_conflicts(plans, outcomes, refused, on_throttle));
    if (hold != nullptr) hold->wait();
    const RowLatches::Held latched = latch_collections(engine, collections);
    return run_latched(&run, plans, outcomes, collections);
  }();
  run.admission.finish();
  return result;
}

}  // namespace stator
