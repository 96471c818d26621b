// Failures on purpose: which rules there are, and what they make of a request.
//
// A request is looked at before its operation runs: its JSON is read for tables and items
// (request/fault_targets.h), so that operations know nothing of rules. Those with several items,
// and those that can be held, are told what became of them in Context::faults.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "api/fault_effects.h"
#include "api/request/fault_targets.h"
#include "base/error.h"
#include "base/random.h"
#include "base/result.h"
#include "base/thread_annotations.h"
#include "stator/clock.h"
#include "stator/faults.h"

namespace stator {

// A resource; thread-safe. Costs one atomic load a request as long as there is no rule.
class FaultRules {
 public:
  bool any() const { return any_.load(std::memory_order_acquire); }

  // Whether a request may wait because of a rule: also for another that does.
  bool may_wait() const { return may_wait_.load(std::memory_order_acquire); }

  //   errors  validation: what is wrong with the rule
  Result<std::uint64_t> add(const FaultRule& rule, TimePoint now);
  // What waits because of them goes on.
  bool remove(std::uint64_t id);
  void clear();
  std::vector<FaultState> list() const;

  // Counts the request, and says what becomes of it.
  //   operation  its name alone
  //   clock      outlives the effects, as this does
  FaultEffects meet(std::string_view operation, std::span<const FaultTarget> targets,
                    const Clock& clock);

  // Waits until the time has passed by the clock, or the rule is gone.
  void wait(const FaultWait& wait, const Clock& clock);

 private:
  struct Rule {
    FaultState state;
    std::string key;  // the bytes of an item (model/item.h); empty: any
    std::optional<ErrorCode> error;
    TimePoint begin{};
    TimePoint end = TimePoint::max();
    Random random{0};
  };

  static bool is_about(const Rule& rule, const FaultTarget& target);
  // Whether all that the rule asks for can happen to a request for these.
  static bool suits(const Rule& rule, std::string_view operation,
                    std::span<const FaultTarget> targets);
  static bool is_about(const Rule& rule, std::string_view operation,
                       std::span<const FaultTarget> targets);
  static bool fires(TimePoint now, Rule* rule);
  void apply(const Rule& rule, std::string_view operation, std::span<const FaultTarget> targets,
             const Clock& clock, FaultEffects* effects);
  bool begin_wait(std::uint64_t id);
  bool may_go_on(const FaultWait& wait, TimePoint until, const Clock& clock);
  Rule* find(std::uint64_t id) REQUIRES(mu_);
  void update_flags() REQUIRES(mu_);

  std::atomic<bool> any_{false};
  std::atomic<bool> may_wait_{false};
  mutable Mutex mu_;
  std::vector<Rule> rules_ GUARDED_BY(mu_);
  std::uint64_t next_id_ GUARDED_BY(mu_) = 1;
};

}  // namespace stator
