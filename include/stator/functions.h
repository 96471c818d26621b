// Functions that changes call: what a C++ handler is, and how Lambda's API is asked without a
// socket.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stator {

// What a handler returns. A value.
struct HandlerResult {
  std::string answer{};         // JSON; empty: null
  std::string error_type{};     // not empty: it failed
  std::string error_message{};  // why
};

// A function in this process. It is called on threads of stator's, several at once; what it throws
// is its failure. Nobody can end it from outside: it is waited for when stator stops, and the
// function's time limit does not touch it.
//   event_json  as Lambda hands it over: {"Records": [..]}
using Handler = std::function<HandlerResult(std::string_view event_json)>;

// Takes the documents of batches that are given up.
using FailureHandler = std::function<void(std::string_view document_json)>;

// A line about functions: of stator's, or one that a program wrote.
struct FunctionLogLine {
  enum class Level { error, warn, info };
  Level level = Level::info;
  std::string_view message;
  std::string_view function;
  std::string_view text;  // empty: the message says all
};
using FunctionLog = std::function<void(const FunctionLogLine&)>;

// A request of Lambda's API, /2015-03-31/...  A value of views.
struct LambdaCall {
  std::string_view method{};  // "GET", "POST", "PUT" or "DELETE"
  std::string_view path{};
  std::string_view query{};  // what follows '?', undecoded
  std::string_view body{};
  std::string_view invocation_type{};  // the header X-Amz-Invocation-Type
  std::string_view log_type{};         // the header X-Amz-Log-Type
  std::string_view region = "us-east-1";
  // Whether it comes from this machine and from no web page of another origin: only then it may
  // name programs to run.
  bool is_local = false;
};

struct LambdaReply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};  // JSON; may be empty
};

}  // namespace stator
