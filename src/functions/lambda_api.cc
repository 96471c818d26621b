#include "functions/lambda_api.h"

#include <algorithm>
#include <utility>

#include "base/url.h"

namespace stator {
namespace {

constexpr std::string_view kRoot = "/2015-03-31/";
constexpr std::string_view kMappingsPath = "event-source-mappings";
constexpr std::string_view kFunctionsPath = "functions";

// A path taken apart:  root collection ["/" name ["/" rest]] ["/"]
struct PathView {
  std::string_view collection;
  std::string_view name;
  std::string_view rest;
};

std::string_view take_segment(std::string_view* path) {
  const std::size_t end = path->find('/');
  const std::string_view segment = path->substr(0, end);
  path->remove_prefix(end == std::string_view::npos ? path->size() : end + 1);
  return segment;
}

PathView parse_path(std::string_view path) {
  path.remove_prefix(kRoot.size());
  PathView view;
  view.collection = take_segment(&path);
  view.name = take_segment(&path);
  if (path.ends_with('/')) path.remove_suffix(1);
  view.rest = path;
  return view;
}

}  // namespace

// A row of what there is: `rest` is what follows the name in the path.
struct LambdaApi::Route {
  std::string_view method;
  std::string_view collection;
  bool has_name;
  std::string_view rest;
  int status;
  Run run;  // null: Invoke, which may answer later
};

const LambdaApi::Route LambdaApi::kRoutes[] = {
    {"POST", kMappingsPath, false, "", 202, &LambdaApi::create_mapping},
    {"GET", kMappingsPath, false, "", 200, &LambdaApi::list_mappings},
    {"GET", kMappingsPath, true, "", 200, &LambdaApi::get_mapping},
    {"PUT", kMappingsPath, true, "", 202, &LambdaApi::update_mapping},
    {"DELETE", kMappingsPath, true, "", 202, &LambdaApi::delete_mapping},
    {"POST", kFunctionsPath, false, "", 201, &LambdaApi::create_function},
    {"GET", kFunctionsPath, false, "", 200, &LambdaApi::list_functions},
    {"GET", kFunctionsPath, true, "", 200, &LambdaApi::get_function},
    {"GET", kFunctionsPath, true, "configuration", 200, &LambdaApi::get_function_configuration},
    {"DELETE", kFunctionsPath, true, "", 204, &LambdaApi::delete_function},
    {"POST", kFunctionsPath, true, "invocations", 200, nullptr},
};

// Each part of Lambda's API has a date of its own: /2015-03-31/, /2017-10-31/, ..
bool LambdaApi::is_for(std::string_view path) {
  constexpr std::string_view kForm = "/dddd-dd-dd/";
  if (path.size() < kForm.size()) return false;
  return std::equal(kForm.begin(), kForm.end(), path.begin(), [](char form, char c) {
    return form == 'd' ? c >= '0' && c <= '9' : c == form;
  });
}

void LambdaApi::answer(const LambdaCall& call, AnswerLambda done) {
  const PathView path = call.path.starts_with(kRoot) ? parse_path(call.path) : PathView();
  for (const Route& route : kRoutes) {
    if (route.method != call.method || route.collection != path.collection) continue;
    if (route.has_name == path.name.empty() || route.rest != path.rest) continue;
    const Request request{
        .call = call, .name = decode_percent(path.name), .now = parts_.clock.now()};
    if (route.run == nullptr) return invoke(request, std::move(done));
    return run(route, request, done);
  }
  done(lambda_error_reply(Error(ErrorCode::unknown_operation,
                                "stator does not know this operation of Lambda's API: " +
                                    std::string(call.method) + " " + std::string(call.path))));
}

void LambdaApi::run(const Route& route, const Request& request, const AnswerLambda& done) {
  LambdaReply reply{.status = route.status, .headers = {}, .body = {}};
  JsonWriter json(&reply.body);
  const Result<void> result = (this->*route.run)(request, &json);
  json.finish();
  done(result ? std::move(reply) : lambda_error_reply(result.error()));
}

std::string LambdaApi::uuid() {
  std::string uuid;
  const MutexLock lock(&mu_);
  append_uuid_v4(&random_, &uuid);
  return uuid;
}

}  // namespace stator
