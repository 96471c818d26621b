// Started as AWS's DynamoDB Local is: its flags, its banner, and what it does where it and AWS
// differ.
//
// Source: AWS developer guide, "DynamoDB local usage notes".
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/serve.h"

namespace stator {

// Whether the first argument is one of that program, or of the Java that runs it: -port, -jar, -D..
bool is_ddblocal_command(int argument_count, const char* const* arguments);

struct DdblocalOptions {
  enum class Action { serve, version, help };
  Action action = Action::serve;
  bool in_memory = false;
  bool shared = false;
  bool delay_transient_statuses = false;
  bool optimize = false;
  std::string db_path{};  // empty: the working directory, unless in memory
  std::string cors{};
  std::uint16_t port = 8000;
};

// Arguments of Java's are passed over: -D.., -X.., -jar FILE.
//   errors  validation: in one line what is wrong; a flag that is not known with the nearest
Result<DdblocalOptions> parse_ddblocal_options(std::span<const std::string> arguments);

// What it prints first.
std::string ddblocal_banner(const DdblocalOptions& options);

// Capacity is observed, GET / is 400, and each access key and region has tables of its own unless
// they are shared.
ServeOptions serve_options(const DdblocalOptions& options);

int run_as_ddblocal(const std::vector<std::string>& arguments,
                    std::chrono::steady_clock::time_point main_entered,
                    std::chrono::nanoseconds process_age);

}  // namespace stator
