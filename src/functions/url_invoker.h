// Invokes a function that takes Lambda's Invoke request at a URL: the runtime interface emulator,
// SAM, any container.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>

#include "base/thread_annotations.h"
#include "functions/http_poster.h"
#include "functions/invoker.h"

namespace stator {

// A resource. What is too much at once waits its turn.
class UrlInvoker final : public Invoker {
 public:
  //   poster  outlives it
  UrlInvoker(Url url, const LambdaFunction& function, HttpPoster* poster);
  ~UrlInvoker() override;

  void invoke(Invocation invocation, InvocationDone done) override;

 private:
  struct State;
  static void start_next(const std::shared_ptr<State>& state);

  // Outlives the invoker while answers are on their way.
  const std::shared_ptr<State> state_;
};

// What an answer over HTTP says of an invocation. Pure.
InvocationResult invocation_result_of(const Invocation& invocation, HttpAnswer answer,
                                      std::chrono::milliseconds timeout);

}  // namespace stator
