// Lambda's runtime API, version 2018-06-01, as texts: what programs ask, and what they are
// answered.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "functions/invoker.h"
#include "stator/clock.h"

namespace stator {

enum class RuntimeCall {
  next,        // GET /2018-06-01/runtime/invocation/next
  response,    // POST /2018-06-01/runtime/invocation/ID/response
  error,       // POST /2018-06-01/runtime/invocation/ID/error
  init_error,  // POST /2018-06-01/runtime/init/error
  unknown,
};

// A value of views of the target.
struct RuntimeCallView {
  RuntimeCall call = RuntimeCall::unknown;
  std::string_view request_id;  // of response and error
};

RuntimeCallView parse_runtime_call(std::string_view method, std::string_view target);

// The headers of an invocation that is handed out.
std::vector<std::pair<std::string, std::string>> invocation_headers(const Invocation& invocation,
                                                                    TimePoint deadline);

// What a program finds in its environment: ours, then Lambda's, then the function's own, and last
// where the runtime API is.
//   ours  "NAME=value"
std::vector<std::string> runtime_environment(const LambdaFunction& function,
                                             const std::vector<std::string>& ours,
                                             std::string_view api_address);

}  // namespace stator
