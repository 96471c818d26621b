// The operations on functions, and Invoke.
#include <utility>

#include "base/base64.h"
#include "base/url.h"
#include "functions/constraint_errors.h"
#include "functions/function_request.h"
#include "functions/lambda_api.h"
#include "functions/lambda_json.h"
#include "functions/lambda_pages.h"
#include "streams/json_text.h"

namespace stator {
namespace {

// AWS's own for ListFunctions.
constexpr std::size_t kFunctionsPageMax = 50;

// AWS quotas "Invocation payload": bytes of an event, waited for and not.
constexpr std::size_t kEventBytesMax = 6 * 1024 * 1024;
constexpr std::size_t kAsynchronousEventBytesMax = 1024 * 1024;

// AWS: of X-Amz-Client-Context.
constexpr std::size_t kClientContextBytesMax = 3583;

Error function_not_found(std::string_view region, std::string_view name) {
  return Error(ErrorCode::resource_not_found, "Function not found: " + function_arn(region, name));
}

bool is_latest_version(std::string_view qualifier) {
  return qualifier.empty() || qualifier == "$LATEST";
}

Result<void> check_event(const LambdaCall& call, bool is_waited_for) {
  const std::size_t most = is_waited_for ? kEventBytesMax : kAsynchronousEventBytesMax;
  if (call.body.size() > most) {
    return Error(ErrorCode::request_too_large, "Request must be smaller than " +
                                                   std::to_string(most) +
                                                   " bytes for the InvokeFunction operation");
  }
  JsonText json(call.body);
  if (!call.body.empty()) json.skip();
  if (json.finish()) return {};
  return Error(ErrorCode::invalid_request_content,
               "Could not parse request body into json: Could not parse payload into json");
}

Result<void> check_types(const LambdaCall& call, std::string_view type) {
  ConstraintErrors errors;
  errors.one_of(type, "invocationType", {"Event", "RequestResponse", "DryRun"});
  if (!call.log_type.empty()) errors.one_of(call.log_type, "logType", {"None", "Tail"});
  return errors.result();
}

// An object as JSON in base64.
Result<void> check_client_context(std::string_view client_context) {
  if (client_context.empty()) return {};
  std::string text;
  const bool is_base64 =
      client_context.size() <= kClientContextBytesMax && decode_base64(client_context, &text);
  JsonText json(text);
  if (is_base64 && json.kind() == JsonTextKind::object) {
    json.skip();
    if (json.finish()) return {};
  }
  return Error(ErrorCode::invalid_request_content,
               "Client context must be a valid Base64-encoded JSON object.");
}

Result<void> check_payload(const LambdaCall& call, bool is_waited_for) {
  TRY(check_client_context(call.client_context));
  return check_event(call, is_waited_for);
}

// A program that anyone on the network, or any web page, may name would be theirs to run; a URL
// that a page may name would be a way round its browser to all that this machine reaches.
Result<void> check_may_create(const LambdaFunction& function, const LambdaCall& call) {
  if (call.has_origin) {
    return Error(ErrorCode::access_denied, "No web page and no function can make functions.");
  }
  if (call.is_local || !std::holds_alternative<ProgramCode>(function.code)) return {};
  return Error(ErrorCode::access_denied,
               "Programs can be given from this machine only, or in the file of functions.");
}

LambdaReply invocation_reply(InvocationResult result) {
  if (result.outcome == InvocationOutcome::not_invoked) {
    return lambda_error_reply(
        Error(result.status_code == 429 ? ErrorCode::throttling : ErrorCode::internal,
              "The function could not be reached."));
  }
  LambdaReply reply{.status = 200,
                    .headers = {{"X-Amz-Executed-Version", "$LATEST"}},
                    .body = std::move(result.answer)};
  if (!result.function_error.empty()) {
    reply.headers.emplace_back("X-Amz-Function-Error", std::move(result.function_error));
  }
  return reply;
}

}  // namespace

// A qualifier stands behind the name or in the query. There are no versions but the latest.
Result<LambdaFunction> LambdaApi::find_function(const Request& request) const {
  ConstraintErrors errors;
  errors.function_name(request.name);
  TRY(errors.result());
  const FunctionNameView name = parse_function_name(request.name);
  std::optional<LambdaFunction> function = parts_.registry.function(name.name);
  const std::string asked = query_parameter(request.call.query, "Qualifier").value_or("");
  const bool is_latest = is_latest_version(name.qualifier) && is_latest_version(asked);
  if (!function || !is_latest) return function_not_found(request.call.region, name.name);
  return *std::move(function);
}

Result<void> LambdaApi::create_function(const Request& request, JsonWriter* json) {
  LambdaFunction function = TRY(function_of(TRY(parse_function_request(request.call.body))));
  TRY(check_may_create(function, request.call));
  function.modified = request.now;
  function.revision = uuid();
  TRY(parts_.registry.put_function(function, Registry::Put::add));
  append_function_json(function, request.call.region, json);
  return {};
}

Result<void> LambdaApi::get_function(const Request& request, JsonWriter* json) {
  const LambdaFunction function = TRY(find_function(request));
  json->begin_object();
  json->member("Configuration");
  append_function_json(function, request.call.region, json);
  json->member("Code");
  append_code_json(function, json);
  json->end_object();
  return {};
}

Result<void> LambdaApi::get_function_configuration(const Request& request, JsonWriter* json) {
  append_function_json(TRY(find_function(request)), request.call.region, json);
  return {};
}

Result<void> LambdaApi::list_functions(const Request& request, JsonWriter* json) {
  const ListPage page = TRY(parse_list_page(request.call.query, kFunctionsPageMax));
  const std::vector<LambdaFunction> functions = parts_.registry.functions();
  json->begin_object();
  json->member("Functions");
  json->begin_array();
  for (std::size_t i = 0; i < functions.size(); ++i) {
    if (!page.holds(i)) continue;
    json->element();
    append_function_json(functions[i], request.call.region, json);
  }
  json->end_array();
  if (page.has_next(functions.size())) json->member("NextMarker", page.next_marker());
  json->end_object();
  return {};
}

Result<void> LambdaApi::delete_function(const Request& request, JsonWriter*) {
  const LambdaFunction function = TRY(find_function(request));
  TRY(parts_.registry.remove_function(function.name));
  parts_.invokers.forget(function.name);
  return {};
}

void LambdaApi::invoke(const Request& request, AnswerLambda done) {
  const LambdaCall& call = request.call;
  const std::string_view type =
      call.invocation_type.empty() ? "RequestResponse" : call.invocation_type;
  const Result<void> typed = check_types(call, type);
  if (!typed) return done(lambda_error_reply(typed.error()));
  const Result<LambdaFunction> function = find_function(request);
  if (!function) return done(lambda_error_reply(function.error()));
  const Result<void> checked = check_payload(call, type == "RequestResponse");
  if (!checked) return done(lambda_error_reply(checked.error()));
  if (type == "DryRun") return done({.status = 204, .headers = {}, .body = {}});
  Invocation invocation{.request_id = uuid(),
                        .function_arn = function_arn(call.region, function->name),
                        .event = std::string(call.body.empty() ? "{}" : call.body)};
  const auto cannot = [&] {
    return lambda_error_reply(function_not_found(call.region, function->name));
  };
  if (type == "RequestResponse") {
    invocation.client_context = call.client_context;
    const bool begun = parts_.invokers.invoke(
        function->name, &invocation,
        [done](InvocationResult result) { done(invocation_reply(std::move(result))); });
    return begun ? void() : done(cannot());
  }
  const bool begun = parts_.invokers.invoke(
      function->name, &invocation,
      [log = parts_.log, name = function->name](const InvocationResult& result) {
        if (result.outcome == InvocationOutcome::succeeded) return;
        log({.level = FunctionLogLine::Level::warn,
             .message = "an invocation that nobody waits for failed",
             .function = name,
             .text = result.answer});
      });
  done(begun ? LambdaReply{.status = 202, .headers = {}, .body = {}} : cannot());
}

}  // namespace stator
