#include "api/fault_effects.h"

#include "api/fault_errors.h"
#include "api/fault_scope.h"
#include "api/throttle_errors.h"

namespace stator {
namespace {

bool leaves_all_out(const FaultEffects& effects, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (!effects.leaves_out(i)) return false;
  }
  return true;
}

}  // namespace

void leave_out(std::size_t count, const FaultedItems& items, FaultEffects* effects) {
  effects->left_out.resize(items.targets.size());
  for (std::size_t i = 0; i < items.targets.size() && count > 0; ++i) {
    if (effects->left_out[i] || !items.is_about[i]) continue;
    effects->left_out[i] = true;
    --count;
  }
}

void add_error(const FaultRule& rule, ErrorCode code, std::string_view operation,
               const FaultedItems& items, FaultEffects* effects) {
  const auto& targets = items.targets;
  const std::string_view table = targets.empty() ? rule.table : targets.front().table;
  if (!is_of_items(operation, code)) {
    effects->error = fault_error(rule, code, table);
    return;
  }
  effects->items.resize(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (items.is_about[i]) effects->items[i] = fault_error(rule, code, targets[i].table);
  }
  if (leaves_unprocessed(operation) && is_throttle(code) &&
      leaves_all_out(*effects, targets.size())) {
    effects->error = fault_error(rule, code, table);
  }
}

}  // namespace stator
