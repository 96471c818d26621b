// The invokers of the functions of a registry: made when they are needed, ended when their function
// changes or goes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/thread_annotations.h"
#include "functions/invoker.h"
#include "functions/registry.h"

namespace stator {

// Makes the invoker of a function; null where nothing can invoke it: a C++ function that nobody
// has brought.
using MakeInvoker = std::function<std::shared_ptr<Invoker>(const Function&)>;

// A resource; thread-safe.
class FunctionInvokers {
 public:
  //   registry  outlives it
  FunctionInvokers(const Registry& registry, MakeInvoker make)
      : registry_(registry), make_(std::move(make)) {}

  // Null: there is no such function, or nothing can invoke it.
  std::shared_ptr<Invoker> of(std::string_view function);

  // Ends the invoker of a function that has gone.
  void forget(std::string_view function);
  // Ends all; those that are asked for later are made anew.
  void clear();

 private:
  struct Made {
    std::string revision;
    std::shared_ptr<Invoker> invoker;
  };

  const Registry& registry_;
  const MakeInvoker make_;
  Mutex mu_;
  std::map<std::string, Made, std::less<>> made_ GUARDED_BY(mu_);
};

}  // namespace stator
