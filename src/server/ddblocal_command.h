// Started as AWS's DynamoDB Local is: its flags, its banner, and what it does where it and AWS
// differ.
//
// Source: AWS developer guide, "DynamoDB local usage notes".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/serve.h"

namespace stator {

// Whether the first argument is one of that program, or of the Java that runs it: -port, -jar, -D..
bool is_ddblocal_command(int argument_count, const char* const* arguments);

struct DdblocalFlag {
  std::string_view name;   // "-port"
  std::string_view value;  // "N"; empty: it takes none
  std::string_view text;
};

std::vector<DdblocalFlag> ddblocal_flags();

// Whether that program has a flag of this name: "-inMemory".
bool is_ddblocal_flag(std::string_view name);

struct DdblocalOptions {
  enum class Action { serve, version, help };
  Action action = Action::serve;
  bool in_memory = false;
  bool shared = false;
  bool delay_transient_statuses = false;
  bool optimize = false;
  std::string db_path{};  // empty: the working directory, unless in memory
  std::string cors{};
  std::optional<std::uint16_t> port{};  // 8000
};

// Arguments of Java's are passed over: -D.., -X.., -jar FILE.
//   errors  validation: in one line what is wrong; a flag that is not known with the nearest
Result<DdblocalOptions> parse_ddblocal_options(std::span<const std::string> arguments);

// What it prints first.
//   serve  what is served: the variables of `stator serve` count too
std::string ddblocal_banner(const DdblocalOptions& options, const ServeOptions& serve);

// Capacity is observed, GET / is 400, and each access key and region has tables of its own unless
// they are shared; where a variable of `stator serve` is set, what it says. Flags stand above both.
//   errors  validation: a variable that `stator serve` would not take
Result<ServeOptions> serve_options(const DdblocalOptions& options);

int run_as_ddblocal(const std::vector<std::string>& arguments, const ProcessStart& start);

}  // namespace stator
