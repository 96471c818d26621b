#include "functions/function_request.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
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

// In the model's order.
constexpr std::array<std::string_view, 51> kRuntimes = {
    "nodejs",          "nodejs4.3",     "nodejs6.10", "nodejs8.10",    "nodejs10.x",
    "nodejs12.x",      "nodejs14.x",    "nodejs16.x", "nodejs18.x",    "nodejs20.x",
    "nodejs22.x",      "nodejs24.x",    "java8",      "java8.al2",     "java11",
    "java17",          "java21",        "java25",     "python2.7",     "python3.6",
    "python3.7",       "python3.8",     "python3.9",  "python3.10",    "python3.11",
    "python3.12",      "python3.13",    "python3.14", "dotnetcore1.0", "dotnetcore2.0",
    "dotnetcore2.1",   "dotnetcore3.1", "dotnet6",    "dotnet8",       "dotnet10",
    "nodejs4.3-edge",  "go1.x",         "ruby2.5",    "ruby2.7",       "ruby3.2",
    "ruby3.3",         "ruby3.4",       "ruby4.0",    "provided",      "provided.al2",
    "provided.al2023", "nodejs26.x",    "python3.15", "java8.al2023",  "java11.al2023",
    "java17.al2023"};

bool is_handler(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t\n\v\f\r") == std::string_view::npos;
}

bool is_variable_name(std::string_view text) {
  return text.size() >= 2 && is_ascii_letter(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_'; });
}

// "arn:aws:iam::000000000000:role/path/name"
bool is_role_arn(std::string_view text) {
  constexpr std::string_view kAccountStart = ":iam::";
  constexpr std::string_view kRole = ":role";
  constexpr std::size_t kAccountDigits = 12;
  const std::size_t account = text.find(kAccountStart);
  if (!text.starts_with("arn:") || account == std::string_view::npos) return false;
  const std::string_view partition = text.substr(4, account - std::min<std::size_t>(account, 4));
  text.remove_prefix(account + kAccountStart.size());
  const std::string_view digits = text.substr(0, kAccountDigits);
  const std::string_view rest = text.substr(digits.size());
  const auto is_name_character = [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || std::string_view("+=,.@-_/").find(c) < 8;
  };
  return (partition.empty() || partition.starts_with("aws")) && digits.size() == kAccountDigits &&
         std::all_of(digits.begin(), digits.end(), is_ascii_digit) && rest.starts_with(kRole) &&
         rest.size() > kRole.size() &&
         std::all_of(rest.begin() + kRole.size(), rest.end(), is_name_character);
}

// A variable's value may be a secret: only its name is told.
void check_variables(const Request& request, ConstraintErrors* errors) {
  for (const auto& [name, value] : request.environment) {
    if (is_variable_name(name)) continue;
    errors->add(name, "environment.variables",
                "Map keys must satisfy constraint: [Member must satisfy regular expression "
                "pattern: [a-zA-Z]([a-zA-Z0-9_])+]");
  }
}

// What is kept and has no effect.
void check_labels(const Request& request, ConstraintErrors* errors) {
  errors->length(request.description, "description", 0, 256);
  if (!request.handler.empty()) {
    errors->length(request.handler, "handler", 0, 128);
    errors->pattern(request.handler, "handler", is_handler, "[^\\s]+");
  }
  if (!request.runtime.empty()) errors->one_of(request.runtime, "runtime", kRuntimes);
  errors->one_of(request.package_type, "packageType", {"Image", "Zip"});
}

Result<void> check_constraints(const Request& request) {
  ConstraintErrors errors;
  errors.require(request.name.has_value(), "functionName");
  errors.length(request.name, "functionName", 1, 140);
  if (request.name && !is_function_name(*request.name)) {
    errors.add(*request.name, "functionName",
               "Member must satisfy regular expression pattern: "
               "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-"
               "\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
  }
  errors.require(request.role.has_value(), "role");
  errors.pattern(request.role, "role", is_role_arn,
                 "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
  errors.require(request.has_code, "code");
  errors.at_least(request.timeout_seconds, "timeout", 1);
  errors.at_most(request.timeout_seconds, "timeout",
                 std::chrono::duration_cast<std::chrono::seconds>(kFunctionTimeoutMax).count());
  errors.at_least(request.memory_mb, "memorySize", 128);
  errors.at_most(request.memory_mb, "memorySize", 32'768);
  check_labels(request, &errors);
  check_variables(request, &errors);
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
