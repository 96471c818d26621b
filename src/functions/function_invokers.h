// The invokers of the functions of a registry: made when they are needed, ended when their function
// changes or goes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/thread_annotations.h"
#include "functions/function_counters.h"
#include "functions/invoker.h"
#include "functions/registry.h"

namespace stator {

// Makes the invoker of a function; null where nothing can invoke it: a C++ function that nobody
// has brought.
using MakeInvoker = std::function<std::shared_ptr<Invoker>(const LambdaFunction&)>;

// A resource; thread-safe.
class FunctionInvokers {
 public:
  //   registry  outlives it
  FunctionInvokers(const Registry& registry, MakeInvoker make)
      : registry_(registry), make_(std::move(make)) {}

  // See Invoker::invoke; what becomes of it is counted.
  //   returns  false, with nothing done: there is no such function, or nothing can invoke it
  bool invoke(std::string_view function, Invocation* invocation, InvocationDone done);

  // Of the functions that were invoked.
  using Counters = std::map<std::string, std::shared_ptr<const FunctionCounters>, std::less<>>;
  Counters counters() const;

  // Ends the invoker of a function that has gone, and forgets what became of it.
  void forget(std::string_view function);
  // Ends all; those that are asked for later are made anew.
  void clear();

 private:
  struct Made {
    std::string revision;
    std::shared_ptr<Invoker> invoker;
    std::shared_ptr<FunctionCounters> counters = std::make_shared<FunctionCounters>();
  };
  // Without an invoker: see invoke().
  Made of(std::string_view function);

  const Registry& registry_;
  const MakeInvoker make_;
  mutable Mutex mu_;
  std::map<std::string, Made, std::less<>> made_ GUARDED_BY(mu_);
};

}  // namespace stator
