#include "functions/invoker.h"

#include <fmt/format.h>

#include "api/json_writer.h"

namespace stator {

InvocationResult invocation_failed(const Invocation& invocation, std::string_view error_type,
                                   std::string_view error_message) {
  InvocationResult result{.outcome = InvocationOutcome::function_error,
                          .answer = {},
                          .request_id = invocation.request_id,
                          .function_error = "Unhandled"};
  JsonWriter json(&result.answer);
  json.begin_object();
  json.member("errorType", error_type);
  json.member("errorMessage", error_message);
  json.end_object();
  json.finish();
  return result;
}

InvocationResult invocation_timed_out(const Invocation& invocation,
                                      std::chrono::milliseconds timeout) {
  const double seconds = static_cast<double>(timeout.count()) / 1000;
  return invocation_failed(invocation, "Sandbox.Timedout",
                           fmt::format("RequestId: {} Error: Task timed out after {:.2f} seconds",
                                       invocation.request_id, seconds));
}

InvocationResult not_invoked(const Invocation& invocation, int status_code) {
  return {.outcome = InvocationOutcome::not_invoked,
          .answer = {},
          .request_id = invocation.request_id,
          .status_code = status_code,
          .function_error = {}};
}

InvocationResult answer_too_large(const Invocation& invocation) {
  return invocation_failed(
      invocation, "Function.ResponseSizeTooLarge",
      fmt::format("Response payload size exceeded maximum allowed payload size ({} bytes).",
                  kAnswerBytesMax));
}

}  // namespace stator
