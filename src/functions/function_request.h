// What CreateFunction asks for, and how the kinds of functions that there are here are given in it.
//
//   Code.ImageUri "http://host:port/path"     a URL that takes Lambda's Invoke request
//   Code.ImageUri "program:/path/to/program"  a program that speaks Lambda's runtime API; its
//                                             arguments are ImageConfig.EntryPoint and .Command,
//                                             its directory ImageConfig.WorkingDirectory
//   Environment.Variables STATOR_URL, STATOR_PROGRAM   the same, whatever Code is
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "functions/function.h"

namespace stator {

// The members that are there. A value.
struct FunctionRequest {
  std::optional<std::string> name;
  std::optional<std::string> role;
  bool has_code = false;
  std::string image_uri;
  std::vector<std::string> arguments;  // EntryPoint, then Command
  std::string directory;
  std::map<std::string, std::string> environment;
  std::optional<std::int64_t> timeout_seconds;
  std::optional<std::int64_t> memory_mb;
  std::string runtime;
  std::string handler;
  std::string description;
  std::optional<std::string> package_type;
};

//   errors  serialization: malformed, or a member of another type
Result<FunctionRequest> parse_function_request(std::string_view json);

// The function; without time and revision.
//   errors  validation: the model's constraints; invalid_parameter_value: code that is not one of
//           the kinds above
Result<LambdaFunction> function_of(const FunctionRequest& request);

}  // namespace stator
