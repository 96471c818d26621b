// A function as Lambda has it: a name, and what takes its events here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "stator/clock.h"

namespace stator {

// AWS: how long a function may take unless it says otherwise, and at most.
inline constexpr std::chrono::milliseconds kFunctionTimeout = std::chrono::seconds(3);
inline constexpr std::chrono::milliseconds kFunctionTimeoutMax = std::chrono::seconds(900);

// How many invocations of one function run at once; others wait. Ours: each is a process or a
// thread of a machine that has other things to do.
inline constexpr std::size_t kFunctionConcurrency = 4;
inline constexpr std::size_t kFunctionConcurrencyMax = 100;

// A C++ function of the process that embeds stator.
struct InProcessCode {
  bool operator==(const InProcessCode&) const = default;
};

// What takes Lambda's Invoke request, "http://host:port/2015-03-31/functions/NAME/invocations".
struct UrlCode {
  std::string url;
  bool operator==(const UrlCode&) const = default;
};

// A program that speaks Lambda's runtime API.
struct ProgramCode {
  std::vector<std::string> command;
  std::string directory;  // to run it in; empty: ours
  bool operator==(const ProgramCode&) const = default;
};

// Who says that there is this function or mapping, and so who takes it away. The numbers stand on
// disk.
enum class Origin : std::uint8_t { api = 1, file = 2, embedder = 3 };

// What CreateFunction takes and describes, and nothing here depends on.
struct FunctionLabels {
  std::string role;
  std::string runtime;
  std::string handler;
  std::string description;
  std::int64_t memory_mb = 128;
  std::string package_type = "Image";
  std::string image_uri;
  bool operator==(const FunctionLabels&) const = default;
};

// A value.
struct LambdaFunction {
  std::string name;
  std::variant<InProcessCode, UrlCode, ProgramCode> code;
  std::map<std::string, std::string> environment;
  std::chrono::milliseconds timeout = kFunctionTimeout;
  std::size_t concurrency = kFunctionConcurrency;
  Origin origin = Origin::api;
  FunctionLabels labels;
  TimePoint modified{};
  std::string revision;  // a UUID

  bool operator==(const LambdaFunction&) const = default;
};

// "arn:aws:lambda:us-east-1:000000000000:function:NAME"
std::string function_arn(std::string_view region, std::string_view name);

// What a FunctionName names: a name or an ARN, whole or in part, with a qualifier or without. A
// value of views of it.
struct FunctionNameView {
  std::string_view name;
  std::string_view qualifier;  // empty: none
};

// Takes names that match the model's pattern; of others whatever comes out.
FunctionNameView parse_function_name(std::string_view text);

// Whether `text` matches the model's pattern FunctionName, that of functions that are made.
bool is_function_name(std::string_view text);

// The same of NamespacedFunctionName, by which functions are called.
bool is_namespaced_function_name(std::string_view text);

}  // namespace stator
