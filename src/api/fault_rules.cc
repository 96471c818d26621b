#include "api/fault_rules.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

#include "api/cancellation.h"
#include "api/fault_errors.h"
#include "api/throttle_errors.h"
#include "base/limits.h"
#include "model/item.h"
#include "stator/database.h"

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

// The bytes of a rule's key; empty where there is none.
Result<std::string> read_key(const std::string& json) {
  if (json.empty()) return std::string();
  std::string request = R"({"TableName":"any","Key":)" + json + "}";
  request.reserve(request.size() + kBodyPadding);
  JsonReader reader;
  std::vector<FaultTarget> targets = read_fault_targets(request, &reader);
  const bool is_read = targets.size() == 1 && !targets.front().item.empty();
  if (is_read && ItemView::trusted(targets.front().item).attributes().count() > 0) {
    return std::move(targets.front().item);
  }
  return validation_error("key is not an object of attributes: " + json);
}

bool does_something(const FaultRule& rule) {
  return !rule.error.empty() || rule.delay > milliseconds(0) || rule.hold > milliseconds(0) ||
         rule.close != FaultClose::never || rule.unprocessed > 0;
}

Result<void> check(const FaultRule& rule) {
  if (!does_something(rule)) {
    return validation_error("error, delay, hold, close or unprocessed is missing");
  }
  if (!rule.error.empty() && !find_fault_error(rule.error)) {
    return validation_error("no such error: " + rule.error);
  }
  if (rule.error.empty() && (!rule.message.empty() || !rule.reason.empty())) {
    return validation_error("message and reason go with error");
  }
  if (rule.nth == 0) return validation_error("nth counts from 1");
  if (!(rule.probability >= 0 && rule.probability <= 1)) {
    return validation_error("probability is not between 0 and 1");
  }
  for (const milliseconds time : {rule.after, rule.duration, rule.delay, rule.hold}) {
    if (time < milliseconds(0) || time > kDurationMax) {
      return validation_error("a time is negative, or longer than a century");
    }
  }
  return {};
}

bool is_batch(std::string_view operation) {
  return operation.starts_with("Batch");
}

bool is_transaction(std::string_view operation) {
  return operation.starts_with("Transact") || operation == "ExecuteTransaction";
}

// What gets the same errors as statements do: a SELECT gets those of a read.
std::string_view like(std::string_view operation, std::span<const FaultTarget> targets) {
  if (targets.empty() || !targets.front().is_select) return operation;
  return operation == "ExecuteTransaction" ? "TransactGetItems" : "Query";
}

}  // namespace

Result<std::uint64_t> FaultRules::add(const FaultRule& rule, TimePoint now) {
  TRY(check(rule));
  Rule added;
  added.key = TRY(read_key(rule.key));
  added.state.rule = rule;
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

bool FaultRules::is_about(const Rule& rule, std::string_view operation,
                          std::span<const FaultTarget> targets) {
  const FaultRule& what = rule.state.rule;
  if (!what.operation.empty() && what.operation != operation) return false;
  if (rule.error && !can_get(like(operation, targets), *rule.error)) return false;
  if (what.table.empty() && rule.key.empty()) return true;
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
  if (what.delay > milliseconds(0)) effects->delays.push_back({id, what.delay});
  if (what.hold > milliseconds(0)) {
    effects->hold = std::make_unique<FaultHold>(this, FaultWait{id, what.hold}, &clock);
  }
  if (what.close != FaultClose::never) effects->close = what.close;
  const bool is_of_items =
      rule.error && (*rule.error == ErrorCode::transaction_conflict || is_throttle(*rule.error));
  const std::string_view table = targets.empty() ? what.table : targets.front().table;
  if (is_batch(operation) && (what.unprocessed > 0 || is_of_items)) {
    std::size_t left = is_of_items ? targets.size() : what.unprocessed;
    effects->left_out.resize(targets.size());
    for (std::size_t i = 0; i < targets.size() && left > 0; ++i) {
      if (effects->left_out[i] || !is_about(rule, targets[i])) continue;
      effects->left_out[i] = true;
      --left;
    }
    const bool none_runs = std::all_of(effects->left_out.begin(), effects->left_out.end(),
                                       [](bool is_left_out) { return is_left_out; });
    if (rule.error && is_throttle(*rule.error) && none_runs) {
      effects->error = fault_error(what, *rule.error, table);
    }
    if (is_of_items) return;
  }
  if (!rule.error) return;
  const bool cancels = is_cancellation(*rule.error) && *rule.error != ErrorCode::validation;
  if (!is_transaction(operation) || !cancels) {
    effects->error = fault_error(what, *rule.error, table);
    return;
  }
  effects->items.resize(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!is_about(rule, targets[i])) continue;
    effects->items[i] = fault_error(what, *rule.error, targets[i].table);
  }
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
