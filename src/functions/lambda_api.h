// Lambda's API: event source mappings, functions and invocations as REST, without a socket.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "api/json_writer.h"
#include "base/random.h"
#include "base/thread_annotations.h"
#include "functions/function_invokers.h"
#include "functions/record_source.h"
#include "functions/registry.h"
#include "stator/clock.h"
#include "stator/functions.h"

namespace stator {

// What the API works with; outlives it.
struct LambdaApiParts {
  Registry& registry;
  FunctionInvokers& invokers;
  const RecordSource& source;
  const Clock& clock;
  FunctionLog log;
  std::uint64_t seed = 0;  // of UUIDs
};

// A resource; thread-safe. Never fails: errors are answers.
class LambdaApi {
 public:
  explicit LambdaApi(LambdaApiParts parts) : parts_(std::move(parts)), random_(parts_.seed) {}
  LambdaApi(const LambdaApi&) = delete;
  LambdaApi& operator=(const LambdaApi&) = delete;

  // Whether a path is one of Lambda's, so that answer() is for it.
  static bool is_for(std::string_view path);

  // Answers a request: before it returns, but for an Invoke that waits for its function.
  void answer(const LambdaCall& call, AnswerLambda done);

  // What routes have in common with their requests. A value of references that outlive it.
  struct Request {
    const LambdaCall& call;
    std::string name;  // the UUID or the function's name in the path, decoded; may be empty
    TimePoint now;
  };

 private:
  using Run = Result<void> (LambdaApi::*)(const Request&, JsonWriter*);
  struct Route;
  static const Route kRoutes[];

  void run(const Route& route, const Request& request, const AnswerLambda& done);
  void invoke(const Request& request, AnswerLambda done);

  Result<void> create_mapping(const Request& request, JsonWriter* json);
  Result<void> get_mapping(const Request& request, JsonWriter* json);
  Result<void> list_mappings(const Request& request, JsonWriter* json);
  Result<void> update_mapping(const Request& request, JsonWriter* json);
  Result<void> delete_mapping(const Request& request, JsonWriter* json);
  Result<void> create_function(const Request& request, JsonWriter* json);
  Result<void> get_function(const Request& request, JsonWriter* json);
  Result<void> get_function_configuration(const Request& request, JsonWriter* json);
  Result<void> list_functions(const Request& request, JsonWriter* json);
  Result<void> delete_function(const Request& request, JsonWriter* json);

  Result<LambdaFunction> find_function(const Request& request) const;
  std::string uuid();

  const LambdaApiParts parts_;
  Mutex mu_;
  Random random_ GUARDED_BY(mu_);
};

// The answer to a request that failed.
LambdaReply lambda_error_reply(const Error& error);

}  // namespace stator
