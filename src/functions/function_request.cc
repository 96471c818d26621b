#include "functions/function_request.h"

#include <utility>

#include "base/url.h"
#include "functions/constraint_errors.h"
#include "functions/json_fields.h"

namespace stator {
namespace {

using Request = FunctionRequest;

constexpr std::string_view kProgramScheme = "program:";
constexpr std::string_view kUrlVariable = "STATOR_URL";
constexpr std::string_view kProgramVariable = "STATOR_PROGRAM";

Result<void> read_code(JsonText* json, Request* request) {
  static constexpr JsonField<Request> kCode[] = {
      {"ImageUri", read_into<Request, &Request::image_uri, read_json_string>}};
  request->has_code = true;
  return read_fields<Request>(kCode, json, request);
}

Result<void> read_environment(JsonText* json, Request* request) {
  static constexpr JsonField<Request> kEnvironment[] = {
      {"Variables", read_into<Request, &Request::environment, read_json_string_map>}};
  return read_fields<Request>(kEnvironment, json, request);
}

struct ImageConfig {
  std::vector<std::string> entry_point;
  std::vector<std::string> command;
  std::string directory;
};

Result<void> read_image_config(JsonText* json, Request* request) {
  static constexpr JsonField<ImageConfig> kConfig[] = {
      {"EntryPoint", read_into<ImageConfig, &ImageConfig::entry_point, read_json_strings>},
      {"Command", read_into<ImageConfig, &ImageConfig::command, read_json_strings>},
      {"WorkingDirectory", read_into<ImageConfig, &ImageConfig::directory, read_json_string>}};
  ImageConfig config;
  TRY(read_fields<ImageConfig>(kConfig, json, &config));
  request->arguments = std::move(config.entry_point);
  request->arguments.insert(request->arguments.end(), config.command.begin(), config.command.end());
  request->directory = std::move(config.directory);
  return {};
}

constexpr JsonField<Request> kFields[] = {
    {"FunctionName", read_into<Request, &Request::name, read_json_string>},
    {"Role", read_into<Request, &Request::role, read_json_string>},
    {"Code", read_code},
    {"Environment", read_environment},
    {"ImageConfig", read_image_config},
    {"Timeout", read_into<Request, &Request::timeout_seconds, read_json_integer>},
    {"MemorySize", read_into<Request, &Request::memory_mb, read_json_integer>},
    {"Runtime", read_into<Request, &Request::runtime, read_json_string>},
    {"Handler", read_into<Request, &Request::handler, read_json_string>},
    {"Description", read_into<Request, &Request::description, read_json_string>},
    {"PackageType", read_into<Request, &Request::package_type, read_json_string>},
};

Result<void> check_constraints(const Request& request) {
  ConstraintErrors errors;
  errors.require(request.name.has_value(), "functionName");
  if (request.name && !is_function_name(*request.name)) {
    errors.add(*request.name, "functionName",
               "Member must satisfy regular expression pattern: "
               "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-"
               "\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
  }
  errors.require(request.role.has_value(), "role");
  errors.require(request.has_code, "code");
  errors.at_least(request.timeout_seconds, "timeout", 1);
  errors.at_most(request.timeout_seconds, "timeout",
                 std::chrono::duration_cast<std::chrono::seconds>(kFunctionTimeoutMax).count());
  errors.at_least(request.memory_mb, "memorySize", 128);
  errors.at_most(request.memory_mb, "memorySize", 32'768);
  errors.one_of(request.package_type, "packageType", {"Image", "Zip"});
  return errors.result();
}

std::string variable(const Request& request, std::string_view name) {
  const auto found = request.environment.find(std::string(name));
  return found == request.environment.end() ? std::string() : found->second;
}

Result<UrlCode> url_code(std::string url) {
  if (!parse_url(url)) {
    return Error(ErrorCode::invalid_parameter_value,
                 "Not a URL that stator can call: " + url + ". It begins with http://.");
  }
  return UrlCode{std::move(url)};
}

Result<ProgramCode> program_code(const Request& request, std::string program) {
  if (program.empty()) {
    return Error(ErrorCode::invalid_parameter_value, "The program's path is empty.");
  }
  ProgramCode code{.command = {std::move(program)}, .directory = request.directory};
  code.command.insert(code.command.end(), request.arguments.begin(), request.arguments.end());
  return code;
}

Result<void> set_code(const Request& request, LambdaFunction* function) {
  if (std::string url = variable(request, kUrlVariable); !url.empty()) {
    function->code = TRY(url_code(std::move(url)));
  } else if (std::string program = variable(request, kProgramVariable); !program.empty()) {
    function->code = TRY(program_code(request, std::move(program)));
  } else if (request.image_uri.starts_with("http")) {
    function->code = TRY(url_code(request.image_uri));
  } else if (request.image_uri.starts_with(kProgramScheme)) {
    function->code = TRY(program_code(request, request.image_uri.substr(kProgramScheme.size())));
  } else {
    return Error(ErrorCode::invalid_parameter_value,
                 "stator runs no archives and no images: give Code.ImageUri as http://.. or "
                 "program:/path, or one of the environment variables STATOR_URL and "
                 "STATOR_PROGRAM.");
  }
  return {};
}

}  // namespace

Result<FunctionRequest> parse_function_request(std::string_view json) {
  return parse_fields<Request>(kFields, json);
}

Result<LambdaFunction> function_of(const FunctionRequest& request) {
  TRY(check_constraints(request));
  LambdaFunction function;
  function.name = std::string(parse_function_name(*request.name).name);
  TRY(set_code(request, &function));
  function.environment = request.environment;
  if (request.timeout_seconds) function.timeout = std::chrono::seconds(*request.timeout_seconds);
  function.labels = {.role = *request.role,
                     .runtime = request.runtime,
                     .handler = request.handler,
                     .description = request.description,
                     .memory_mb = request.memory_mb.value_or(FunctionLabels{}.memory_mb),
                     .package_type = request.package_type.value_or("Zip"),
                     .image_uri = request.image_uri};
  return function;
}

}  // namespace stator
