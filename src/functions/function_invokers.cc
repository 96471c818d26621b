#include "functions/function_invokers.h"

#include <utility>

namespace stator {

// An invoker may end invocations when it goes, so none goes under the lock.
FunctionInvokers::Made FunctionInvokers::of(std::string_view name) {
  const std::optional<LambdaFunction> function = registry_.function(name);
  if (!function) return {};
  std::shared_ptr<Invoker> old;
  const MutexLock lock(&mu_);
  Made& made = made_[function->name];
  if (made.invoker == nullptr || made.revision != function->revision) {
    old = std::exchange(made.invoker, make_(*function));
    made.revision = function->revision;
  }
  return made;
}

bool FunctionInvokers::invoke(std::string_view function, Invocation* invocation,
                              InvocationDone done) {
  const Made made = of(function);
  if (made.invoker == nullptr) return false;
  made.invoker->invoke(
      std::move(*invocation), [counters = made.counters, started = std::chrono::steady_clock::now(),
                               done = std::move(done)](InvocationResult result) {
        const auto duration = std::chrono::steady_clock::now() - started;
        counters->count(result.outcome,
                        std::chrono::duration_cast<std::chrono::microseconds>(duration));
        done(std::move(result));
      });
  return true;
}

FunctionInvokers::Counters FunctionInvokers::counters() const {
  Counters counters;
  const MutexLock lock(&mu_);
  for (const auto& [name, made] : made_) counters.emplace(name, made.counters);
  return counters;
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
