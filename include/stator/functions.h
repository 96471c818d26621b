// Functions that a database's changes call, with the rules of Lambda's event source mappings.
//
//   auto started = stator::Functions::start(
//       database.get(),
//       {.file = R"({"mappings": [{"table": "Orders", "function": "totals"}]})",
//        .handlers = {{"totals", [](std::string_view event) { return stator::HandlerResult{};
//        }}}});
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stator/database.h"
#include "stator/export.h"

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

// A request of Lambda's API: of a path that begins with a date, /2015-03-31/...  A value of views.
struct LambdaCall {
  std::string_view method{};  // "GET", "POST", "PUT" or "DELETE"
  std::string_view path{};
  std::string_view query{};  // what follows '?', undecoded
  std::string_view body{};
  std::string_view invocation_type{};  // the header X-Amz-Invocation-Type
  std::string_view log_type{};         // X-Amz-Log-Type
  std::string_view client_context{};   // X-Amz-Client-Context
  std::string_view access_key = "local";
  std::string_view region = "us-east-1";
  // The namespace of its streams; Functions sets it where callers are isolated.
  std::string_view space = {};
  // Whether it comes from this machine and from no web page: only then it may name programs to run.
  bool is_local = false;
  // Whether it comes from a web page, or by way of a function: then it may make no function, or it
  // could send requests from this machine that the page itself could not.
  bool has_origin = false;
};

struct LambdaReply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};  // JSON; may be empty
};

// Told once what is answered, possibly on another thread.
using AnswerLambda = std::function<void(LambdaReply)>;

struct FunctionsOptions {
  // Functions, mappings and destinations, as docs/functions.md describes the file; JSON. Empty:
  // nothing.
  std::string file{};
  // C++ functions by the names under which mappings know them. They are not kept: whoever opens the
  // database again brings them again, and deliveries to one that is missing wait.
  std::map<std::string, Handler, std::less<>> handlers{};
  // What takes failed batches whose destination is "handler:NAME".
  std::map<std::string, FailureHandler, std::less<>> failure_handlers{};
  FunctionLog log{};       // called on any thread, several at once; null: nothing is said
  std::uint64_t seed = 0;  // of UUIDs; 0: from the machine's entropy
};

class Functions;

struct FunctionsResult {
  std::unique_ptr<Functions> functions;  // null on failure
  std::string error;                     // one line that says what is wrong, and where in the file
};

// A resource; every function is thread-safe. Functions, mappings and how far deliveries have come
// lie in the database: the next start goes on where this one ended, at least once and in order. Its
// end cancels what runs, but for C++ functions, which it waits for; programs are killed.
class STATOR_API Functions {
 public:
  //   database  outlives it; has no other Functions at the same time
  // errors  the file is wrong, or the database cannot be written; then nothing runs
  static FunctionsResult start(Database* database, FunctionsOptions options);

  Functions(const Functions&) = delete;
  Functions& operator=(const Functions&) = delete;
  ~Functions();

  // Whether a path is one of Lambda's API.
  static bool is_lambda_path(std::string_view path);

  // Answers a request of Lambda's API: before this returns, but for an Invoke that waits for its
  // function. Errors are answers.
  void call(const LambdaCall& call, AnswerLambda done);

  // The same, and waits.
  LambdaReply call(const LambdaCall& call);

  // Answers what Database::control does; /metrics has the metrics of functions as well, and
  // /_stator/reset also forgets failures and what came through Lambda's API. And
  //   GET /_stator/failures  batches that were given up and have no other destination, the oldest
  //                          first: {"failures": [..]}
  void control(const ControlCall& call, Reply* reply);

 private:
  class State;
  explicit Functions(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

}  // namespace stator
