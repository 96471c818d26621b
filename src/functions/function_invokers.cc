#include "functions/function_invokers.h"

#include <utility>

namespace stator {

// An invoker may end invocations when it goes, so none goes under the lock.
std::shared_ptr<Invoker> FunctionInvokers::of(std::string_view name) {
  const std::optional<Function> function = registry_.function(name);
  if (!function) return nullptr;
  Made old;
  const MutexLock lock(&mu_);
  Made& made = made_[function->name];
  if (made.invoker == nullptr || made.revision != function->revision) {
    old = std::exchange(made, {.revision = function->revision, .invoker = make_(*function)});
  }
  return made.invoker;
}

void FunctionInvokers::forget(std::string_view function) {
  Made old;
  const MutexLock lock(&mu_);
  const auto found = made_.find(function);
  if (found == made_.end()) return;
  old = std::move(found->second);
  made_.erase(found);
}

void FunctionInvokers::clear() {
  std::map<std::string, Made, std::less<>> old;
  const MutexLock lock(&mu_);
  old.swap(made_);
}

}  // namespace stator
