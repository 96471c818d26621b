#include "server/ddblocal_command.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>

#include "server/nearest_name.h"

namespace stator {
namespace {

// How long -delayTransientStatuses keeps an index in CREATING, at least, and in DELETING.
constexpr std::chrono::seconds kTransientStatus(5);

// Of the data in -dbPath; the program's own are files of SQLite, which this does not read.
constexpr std::string_view kDirectory = "stator-local";

constexpr std::string_view kHelp =
    "usage: stator [-port N] [-inMemory | -dbPath DIR] [-sharedDb] [-cors LIST]\n"
    "              [-delayTransientStatuses] [-optimizeDbBeforeStartup]\n"
    "              [-disableTelemetry] [-version] [-help]\n"
    "The flags of DynamoDB Local; stator --help tells of stator's own.\n"
    "\n"
    "-port N                   port; 8000\n"
    "-inMemory                 keep nothing when it ends\n"
    "-dbPath DIR               keep the data there; the working directory\n"
    "-sharedDb                 one set of tables for all access keys and regions\n"
    "-cors LIST                taken, and every origin is answered\n"
    "-delayTransientStatuses   indexes stay in CREATING and DELETING for 5 seconds\n"
    "-optimizeDbBeforeStartup  taken, and nothing is needed\n"
    "-disableTelemetry         taken; there is none\n"
    "-version                  say what this is\n"
    "-help                     this text\n";

struct Flag {
  std::string_view name;
  bool has_value;
  Result<void> (*apply)(std::string_view value, DdblocalOptions* options);
};

Result<void> set_port(std::string_view value, DdblocalOptions* options) {
  const char* const end = value.data() + value.size();
  const auto parsed = std::from_chars(value.data(), end, options->port);
  if (parsed.ec == std::errc() && parsed.ptr == end) return {};
  return Error(ErrorCode::validation, fmt::format("-port: {} is not a port", value));
}

template <bool DdblocalOptions::*kMember>
Result<void> set(std::string_view, DdblocalOptions* options) {
  options->*kMember = true;
  return {};
}

template <std::string DdblocalOptions::*kMember>
Result<void> keep(std::string_view value, DdblocalOptions* options) {
  options->*kMember = value;
  return {};
}

template <DdblocalOptions::Action kAction>
Result<void> choose(std::string_view, DdblocalOptions* options) {
  options->action = kAction;
  return {};
}

Result<void> ignore(std::string_view, DdblocalOptions*) {
  return {};
}

constexpr Flag kFlags[] = {
    {"-port", true, set_port},
    {"-inMemory", false, set<&DdblocalOptions::in_memory>},
    {"-dbPath", true, keep<&DdblocalOptions::db_path>},
    {"-sharedDb", false, set<&DdblocalOptions::shared>},
    {"-delayTransientStatuses", false, set<&DdblocalOptions::delay_transient_statuses>},
    {"-optimizeDbBeforeStartup", false, set<&DdblocalOptions::optimize>},
    {"-cors", true, keep<&DdblocalOptions::cors>},
    {"-disableTelemetry", false, ignore},
    {"-version", false, choose<DdblocalOptions::Action::version>},
    {"-help", false, choose<DdblocalOptions::Action::help>},
};

bool is_of_java(std::string_view argument) {
  return argument.starts_with("-D") || argument.starts_with("-X");
}

const Flag* find_flag(std::string_view name) {
  for (const Flag& flag : kFlags) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

Error unknown_flag(const std::string& argument) {
  std::vector<std::string> names;
  for (const Flag& flag : kFlags) names.emplace_back(flag.name);
  const std::string_view nearest = nearest_name(argument, names);
  const std::string hint = nearest.empty() ? "" : fmt::format(", did you mean {}?", nearest);
  return {ErrorCode::validation, fmt::format("{} is not a flag{}", argument, hint)};
}

Result<void> check_together(const DdblocalOptions& options) {
  if (options.in_memory && !options.db_path.empty()) {
    return Error(ErrorCode::validation, "-inMemory and -dbPath cannot be used together");
  }
  if (options.optimize && options.db_path.empty()) {
    return Error(ErrorCode::validation, "-optimizeDbBeforeStartup needs -dbPath");
  }
  return {};
}

std::string directory_of(const DdblocalOptions& options) {
  if (options.in_memory) return {};
  return (options.db_path.empty() ? "." : options.db_path) + "/" + std::string(kDirectory);
}

int refuse(std::string_view why) {
  std::fputs(fmt::format("stator: {} (stator -help tells more)\n", why).c_str(), stderr);
  return kExitCannotStart;
}

int say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kExitOk;
}

}  // namespace

bool is_ddblocal_command(int argument_count, const char* const* arguments) {
  if (argument_count < 2) return false;
  const std::string_view first = arguments[1];
  return first.size() > 2 && first[0] == '-' && first[1] != '-';
}

Result<DdblocalOptions> parse_ddblocal_options(std::span<const std::string> arguments) {
  DdblocalOptions options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (is_of_java(argument)) continue;
    if (argument == "-jar") {
      ++i;
      continue;
    }
    const Flag* const flag = find_flag(argument);
    if (flag == nullptr) return unknown_flag(argument);
    if (flag->has_value && ++i == arguments.size()) {
      return Error(ErrorCode::validation, fmt::format("{} needs a value", argument));
    }
    TRY(flag->apply(flag->has_value ? std::string_view(arguments[i]) : "", &options));
  }
  TRY(check_together(options));
  return options;
}

std::string ddblocal_banner(const DdblocalOptions& options) {
  const auto or_null = [](const std::string& text) { return text.empty() ? "null" : text; };
  return fmt::format(
      "Initializing DynamoDB Local with the following configuration:\n"
      "Port:\t{}\nInMemory:\t{}\nVersion:\tstator {}\nDbPath:\t{}\nSharedDb:\t{}\n"
      "shouldDelayTransientStatuses:\t{}\nCorsParams:\t{}\n\n",
      options.port, options.in_memory, version(), or_null(options.db_path), options.shared,
      options.delay_transient_statuses, or_null(options.cors));
}

ServeOptions serve_options(const DdblocalOptions& options) {
  ServeOptions serve;
  serve.http.host = "0.0.0.0";
  serve.http.port = options.port;
  serve.http.threads = default_io_threads(serve.database.durability);
  serve.database.directory = directory_of(options);
  serve.database.capacity = CapacityMode::observe;
  serve.database.isolation = options.shared ? Isolation::shared : Isolation::key_and_region;
  if (options.delay_transient_statuses) {
    serve.database.transitions.backfilling = kTransientStatus;
    serve.database.transitions.updating = kTransientStatus;
  }
  serve.health = HealthAnswer::ddblocal;
  serve.banner = ddblocal_banner(options);
  return serve;
}

int run_as_ddblocal(const std::vector<std::string>& arguments,
                    std::chrono::steady_clock::time_point main_entered,
                    std::chrono::nanoseconds process_age) {
  const Result<DdblocalOptions> options = parse_ddblocal_options(arguments);
  if (!options) return refuse(options.error().message());
  switch (options->action) {
    case DdblocalOptions::Action::version:
      return say(fmt::format("stator {}, with the flags of DynamoDB Local\n", version()));
    case DdblocalOptions::Action::help:
      return say(kHelp);
    case DdblocalOptions::Action::serve:
      break;
  }
  return serve(serve_options(*options), main_entered, process_age);
}

}  // namespace stator
