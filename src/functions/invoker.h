// What takes the events of one function: one interface for all kinds.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "functions/function.h"
#include "streams/delivery_action.h"

namespace stator {

// One event on its way to a function. A value.
struct Invocation {
  std::string request_id;  // a UUID
  std::string function_arn;
  std::string event;             // JSON
  std::string client_context{};  // what the caller says of itself: JSON in base64; empty: nothing
};

// Told how an invocation ended: of one that failed, the answer is what the function raised, as JSON
// with errorMessage and errorType.
using InvocationDone = std::function<void(InvocationResult)>;

// A resource; thread-safe. Its end cancels the invocations that wait or run: each is reported as
// not_invoked, and nothing is reported after it.
class Invoker {
 public:
  Invoker() = default;
  Invoker(const Invoker&) = delete;
  Invoker& operator=(const Invoker&) = delete;
  virtual ~Invoker() = default;

  // Starts an invocation, or lets it wait for one that runs. `done` is called once, on a thread of
  // the invoker's, possibly before this returns; it must not wait and must not call the invoker.
  virtual void invoke(Invocation invocation, InvocationDone done) = 0;
};

// The ends that are not the function's own.
InvocationResult invocation_failed(const Invocation& invocation, std::string_view error_type,
                                   std::string_view error_message);
InvocationResult invocation_timed_out(const Invocation& invocation,
                                      std::chrono::milliseconds timeout);
InvocationResult not_invoked(const Invocation& invocation, int status_code);

// AWS quota "Invocation payload (synchronous)", as its error message has it: bytes of an answer.
inline constexpr std::size_t kAnswerBytesMax = 6'291'556;

// What a function fails with that answers more.
InvocationResult answer_too_large(const Invocation& invocation);

}  // namespace stator
