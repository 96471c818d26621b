#include "functions/runtime_api.h"

#include <algorithm>
#include <map>
#include <variant>

#include "base/base64.h"

namespace stator {
namespace {

constexpr std::string_view kRoot = "/2018-06-01/runtime/";
constexpr std::string_view kInvocation = "invocation/";

// "Root=1-58406520-a006649127e371903a2de979;Parent=4c721bf33e3caf8f;Sampled=0", of the digits of
// the request's id, so that nothing more is drawn.
std::string trace_id(std::string_view request_id) {
  std::string digits;
  for (const char c : request_id) {
    if (c != '-') digits.push_back(c);
  }
  digits.resize(32, '0');
  return "Root=1-" + digits.substr(0, 8) + "-" + digits.substr(8) +
         ";Parent=" + digits.substr(0, 16) + ";Sampled=0";
}

// The JSON in base64, as a header's value: in JSON a control character is space.
std::string one_line(std::string_view base64) {
  std::string json;
  if (!decode_base64(base64, &json)) return {};
  std::replace_if(
      json.begin(), json.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return json;
}

void set(const std::vector<std::string>& variables, std::map<std::string, std::string>* all) {
  for (const std::string& variable : variables) {
    const std::size_t equals = variable.find('=');
    if (equals != std::string::npos) {
      (*all)[variable.substr(0, equals)] = variable.substr(equals + 1);
    }
  }
}

std::string task_root(const LambdaFunction& function) {
  const auto* const program = std::get_if<ProgramCode>(&function.code);
  return program == nullptr || program->directory.empty() ? "." : program->directory;
}

}  // namespace

RuntimeCallView parse_runtime_call(std::string_view method, std::string_view target) {
  target = target.substr(0, target.find('?'));
  if (!target.starts_with(kRoot)) return {};
  target.remove_prefix(kRoot.size());
  if (method == "GET" && target == "invocation/next") return {RuntimeCall::next, {}};
  if (method != "POST") return {};
  if (target == "init/error") return {RuntimeCall::init_error, {}};
  if (!target.starts_with(kInvocation)) return {};
  target.remove_prefix(kInvocation.size());
  const std::string_view id = target.substr(0, target.find('/'));
  const std::string_view what = target.substr(id.size());
  if (what == "/response") return {RuntimeCall::response, id};
  if (what == "/error") return {RuntimeCall::error, id};
  return {};
}

std::vector<std::pair<std::string, std::string>> invocation_headers(const Invocation& invocation,
                                                                    TimePoint deadline) {
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline.time_since_epoch()).count();
  std::vector<std::pair<std::string, std::string>> headers = {
      {"Lambda-Runtime-Aws-Request-Id", invocation.request_id},
      {"Lambda-Runtime-Deadline-Ms", std::to_string(milliseconds)},
      {"Lambda-Runtime-Invoked-Function-Arn", invocation.function_arn},
      {"Lambda-Runtime-Trace-Id", trace_id(invocation.request_id)}};
  if (!invocation.client_context.empty()) {
    headers.emplace_back("Lambda-Runtime-Client-Context", one_line(invocation.client_context));
  }
  return headers;
}

std::vector<std::string> runtime_environment(const LambdaFunction& function,
                                             const std::vector<std::string>& ours,
                                             std::string_view api_address) {
  std::map<std::string, std::string> all = {{"AWS_REGION", "us-east-1"},
                                            {"AWS_DEFAULT_REGION", "us-east-1"},
                                            {"AWS_ACCESS_KEY_ID", "local"},
                                            {"AWS_SECRET_ACCESS_KEY", "local"}};
  set(ours, &all);
  const std::string handler = function.labels.handler;
  all["_HANDLER"] = handler.empty() ? "handler" : handler;
  all["AWS_LAMBDA_FUNCTION_NAME"] = function.name;
  all["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
  all["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = std::to_string(function.labels.memory_mb);
  all["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + function.name;
  all["AWS_LAMBDA_LOG_STREAM_NAME"] = "stator";
  all["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
  all["LAMBDA_TASK_ROOT"] = task_root(function);
  for (const auto& [name, value] : function.environment) all[name] = value;
  all["AWS_LAMBDA_RUNTIME_API"] = api_address;
  std::vector<std::string> environment;
  for (const auto& [name, value] : all) environment.push_back(name + "=" + value);
  return environment;
}

}  // namespace stator
