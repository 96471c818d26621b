#include "api/fault_rules.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

#include "api/fault_check.h"
#include "api/fault_errors.h"
#include "api/fault_scope.h"
#include "model/item.h"

namespace stator {
namespace {

using std::chrono::milliseconds;

// How often one that waits looks at the clock: a manual one tells nobody that it was moved.
constexpr milliseconds kLookEvery{1};

class FaultHold final : public Hold {
 public:
  FaultHold(FaultRules* faults, const FaultWait& wait, const Clock* clock)
      : faults_(*faults), wait_(wait), clock_(*clock) {}
  void wait() const override { faults_.wait(wait_, clock_); }

 private:
  FaultRules& faults_;
  const FaultWait wait_;
  const Clock& clock_;
};

// Whether the item has all attributes of the key, with these values.
bool has_all(std::string_view item_bytes, std::string_view key_bytes) {
  if (item_bytes.empty()) return false;
  const ItemView item = ItemView::trusted(item_bytes);
  for (MapView::Cursor c(ItemView::trusted(key_bytes).attributes()); c.next();) {
    const auto value = item.find(c.name());
    if (!value || value->bytes() != c.value().bytes()) return false;
  }
  return true;
}

// What gets the same errors as statements do: a SELECT gets those of a read.
std::string_view like(std::string_view operation, std::span<const FaultTarget> targets) {
  if (std::none_of(targets.begin(), targets.end(), [](auto& each) { return each.is_select; })) {
    return operation;
  }
  return operation == "ExecuteTransaction" ? "TransactGetItems" : "GetItem";
}

}  // namespace

Result<std::uint64_t> FaultRules::add(const FaultRule& rule, TimePoint now) {
  TRY(check_fault(rule));
  Rule added;
  added.key = TRY(parse_fault_key(rule.key));
  added.state.rule = rule;
  if (!added.key.empty()) added.state.rule.key = fault_key_json(added.key);
  if (!rule.error.empty()) added.error = find_fault_error(rule.error);
  added.begin = now + rule.after;
  if (rule.duration > milliseconds(0)) added.end = added.begin + rule.duration;
  added.random = Random(rule.seed);
  const MutexLock lock(&mu_);
  added.state.id = next_id_++;
  rules_.push_back(std::move(added));
  update_flags();
  return rules_.back().state.id;
}

bool FaultRules::remove(std::uint64_t id) {
  const MutexLock lock(&mu_);
  const auto removed = std::erase_if(rules_, [id](const Rule& r) { return r.state.id == id; });
  update_flags();
  return removed > 0;
}

void FaultRules::clear() {
  const MutexLock lock(&mu_);
  rules_.clear();
  update_flags();
}

std::vector<FaultState> FaultRules::list() const {
  const MutexLock lock(&mu_);
  std::vector<FaultState> states;
  for (const Rule& rule : rules_) states.push_back(rule.state);
  return states;
}

void FaultRules::update_flags() {
  any_.store(!rules_.empty(), std::memory_order_release);
  const bool waits = std::any_of(rules_.begin(), rules_.end(), [](const Rule& each) {
    return each.state.rule.delay > milliseconds(0) || each.state.rule.hold > milliseconds(0);
  });
  may_wait_.store(waits, std::memory_order_release);
}

FaultRules::Rule* FaultRules::find(std::uint64_t id) {
  for (Rule& rule : rules_) {
    if (rule.state.id == id) return &rule;
  }
  return nullptr;
}

bool FaultRules::is_about(const Rule& rule, const FaultTarget& target) {
  const FaultRule& what = rule.state.rule;
  if (!what.table.empty() && what.table != target.table) return false;
  return rule.key.empty() || has_all(target.item, rule.key);
}

bool FaultRules::suits(const Rule& rule, std::string_view operation,
                       std::span<const FaultTarget> targets) {
  const std::string& wanted = rule.state.rule.operation;
  if (!wanted.empty() && wanted != operation) return false;
  const std::string_view kind = like(operation, targets);
  if (!find_misfit(rule.state.rule, kind).empty()) return false;
  if (!rule.error || can_get(kind, *rule.error)) return true;
  // A rule may ask for an error that its operation never gets; that a SELECT does not get those of
  // writes is no such wish.
  return !wanted.empty() && !can_get(operation, *rule.error);
}

bool FaultRules::is_about(const Rule& rule, std::string_view operation,
                          std::span<const FaultTarget> targets) {
  if (!suits(rule, operation, targets)) return false;
  if (rule.state.rule.table.empty() && rule.key.empty()) return true;
  return std::any_of(targets.begin(), targets.end(),
                     [&](const FaultTarget& target) { return is_about(rule, target); });
}

bool FaultRules::fires(TimePoint now, Rule* rule) {
  FaultState& state = rule->state;
  const FaultRule& what = state.rule;
  if (now < rule->begin || now >= rule->end) return false;
  ++state.met;
  if (state.met < what.nth || (what.times > 0 && state.fired >= what.times)) return false;
  if (what.probability < 1) {
    const double drawn = std::ldexp(static_cast<double>(rule->random.next() >> 11), -53);
    if (drawn >= what.probability) return false;
  }
  ++state.fired;
  return true;
}

FaultEffects FaultRules::meet(std::string_view operation, std::span<const FaultTarget> targets,
                              const Clock& clock) {
  FaultEffects effects;
  const TimePoint now = clock.now();
  const MutexLock lock(&mu_);
  for (Rule& rule : rules_) {
    if (is_about(rule, operation, targets) && fires(now, &rule)) {
      apply(rule, operation, targets, clock, &effects);
    }
  }
  return effects;
}

void FaultRules::apply(const Rule& rule, std::string_view operation,
                       std::span<const FaultTarget> targets, const Clock& clock,
                       FaultEffects* effects) {
  const FaultRule& what = rule.state.rule;
  const std::uint64_t id = rule.state.id;
  FaultedItems items{.targets = targets, .is_about = {}};
  for (const FaultTarget& target : targets) items.is_about.push_back(is_about(rule, target));
  if (what.delay > milliseconds(0)) effects->delays.push_back({id, what.delay});
  if (what.hold > milliseconds(0)) {
    effects->hold = std::make_unique<FaultHold>(this, FaultWait{id, what.hold}, &clock);
    effects->held = items.is_about;
  }
  if (what.close != FaultClose::never) effects->close = what.close;
  if (what.unprocessed > 0) leave_out(what.unprocessed, items, effects);
  if (rule.error) add_error(what, *rule.error, operation, items, effects);
}

void FaultRules::wait(const FaultWait& wait, const Clock& clock) {
  if (!begin_wait(wait.id)) return;
  const TimePoint until = clock.now() + wait.time;
  while (!may_go_on(wait, until, clock)) std::this_thread::sleep_for(kLookEvery);
}

bool FaultRules::begin_wait(std::uint64_t id) {
  const MutexLock lock(&mu_);
  Rule* const rule = find(id);
  if (rule == nullptr) return false;
  ++rule->state.waiting;
  return true;
}

bool FaultRules::may_go_on(const FaultWait& wait, TimePoint until, const Clock& clock) {
  const MutexLock lock(&mu_);
  Rule* const rule = find(wait.id);
  if (rule == nullptr) return true;
  if (clock.now() < until) return false;
  --rule->state.waiting;
  return true;
}

}  // namespace stator
