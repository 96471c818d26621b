#include "server/ddblocal_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "server/nearest_name.h"
#include "server/number_option.h"
#include "server/serve_arguments.h"

namespace stator {
namespace {

// How long -delayTransientStatuses keeps an index in CREATING, at least, and in DELETING.
constexpr std::chrono::seconds kTransientStatus(5);

// Of the data in -dbPath; the program's own are files of SQLite, which this does not read.
constexpr std::string_view kDirectory = "stator-local";

struct Flag {
  DdblocalFlag text;
  Result<void> (*apply)(std::string_view value, DdblocalOptions* options);

  bool has_value() const { return !text.value.empty(); }
};

Result<void> set_port(std::string_view value, DdblocalOptions* options) {
  const Result<std::uint16_t> port = parse_port(value);
  if (!port) return validation_error(fmt::format("-port: {}", port.error().message()));
  options->port = *port;
  return {};
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
    {{"-port", "N", "port; 8000"}, set_port},
    {{"-inMemory", "", "keep nothing when it ends"}, set<&DdblocalOptions::in_memory>},
    {{"-dbPath", "DIR", "keep the data there; the working directory"},
     keep<&DdblocalOptions::db_path>},
    {{"-sharedDb", "", "one set of tables for all access keys and regions"},
     set<&DdblocalOptions::shared>},
    {{"-cors", "LIST", "taken, and every origin is answered"}, keep<&DdblocalOptions::cors>},
    {{"-delayTransientStatuses", "", "indexes stay in CREATING and DELETING for 5 seconds"},
     set<&DdblocalOptions::delay_transient_statuses>},
    {{"-optimizeDbBeforeStartup", "", "taken, and nothing is needed; with -dbPath"},
     set<&DdblocalOptions::optimize>},
    {{"-disableTelemetry", "", "taken; there is none"}, ignore},
    {{"-version", "", "say what this is"}, choose<DdblocalOptions::Action::version>},
    {{"-help", "", "this text"}, choose<DdblocalOptions::Action::help>},
};

std::string help() {
  std::string text = "usage: stator [flags of DynamoDB Local]; stator --help tells of its own\n\n";
  for (const DdblocalFlag& flag : ddblocal_flags()) {
    const std::string name = fmt::format("{} {}", flag.name, flag.value);
    text += fmt::format("{:<25} {}\n", name, flag.text);
  }
  return text + "\nVariables of stator serve, like STATOR_CAPACITY=enforce, are read as well.\n";
}

bool is_of_java(std::string_view argument) {
  return argument.starts_with("-D") || argument.starts_with("-X");
}

const Flag* find_flag(std::string_view name) {
  for (const Flag& flag : kFlags) {
    if (flag.text.name == name) return &flag;
  }
  return nullptr;
}

// What to type for a flag, or an option, that was meant.
//   value  that was given with it, after "="
std::string as_typed(std::string_view name, std::string_view value) {
  const Flag* const flag = find_flag(name);
  if (flag == nullptr) return fmt::format("stator serve {}", name);
  if (value.empty() || !flag->has_value()) return std::string(name);
  return fmt::format("{} {}", name, value);
}

Error unknown_flag(const std::string& argument) {
  std::vector<std::string> names;
  for (const Flag& flag : kFlags) names.emplace_back(flag.text.name);
  for (std::string& name : serve_option_names()) names.push_back(std::move(name));
  const std::size_t equals = std::min(argument.find('='), argument.size());
  const std::string_view typed = std::string_view(argument).substr(0, equals);
  std::string_view value = std::string_view(argument).substr(equals);
  if (!value.empty()) value.remove_prefix(1);
  const std::string_view nearest = nearest_name(typed, names);
  if (nearest.empty()) return {ErrorCode::validation, fmt::format("{} is not a flag", argument)};
  return {ErrorCode::validation,
          fmt::format("{} is not a flag, did you mean {}?", argument, as_typed(nearest, value))};
}

// Takes what stands behind the argument at *at. A flag is no value, and neither is the nothing of a
// variable that nobody has set.
Result<std::string> take_value(std::span<const std::string> arguments, std::size_t* at) {
  const std::string& name = arguments[(*at)++];
  if (*at < arguments.size() && !arguments[*at].empty() && !is_ddblocal_flag(arguments[*at])) {
    return arguments[*at];
  }
  return validation_error(fmt::format("{} needs a value", name));
}

// The values that flags have had.
class ValuesByFlag {
 public:
  //   errors  validation: it has another value already
  Result<void> add(const Flag& flag, const std::string& value) {
    const auto [first, is_new] = values_.emplace(flag.text.name, value);
    if (is_new || first->second == value) return {};
    return validation_error(
        fmt::format("{} is given twice: {} and {}", flag.text.name, first->second, value));
  }

 private:
  std::map<std::string_view, std::string> values_;
};

Result<void> check_together(const DdblocalOptions& options) {
  if (options.in_memory && !options.db_path.empty()) {
    return Error(ErrorCode::validation, "-inMemory and -dbPath cannot be used together");
  }
  return {};
}

std::string directory_of(const DdblocalOptions& options) {
  if (options.in_memory) return {};
  return (options.db_path.empty() ? "." : options.db_path) + "/" + std::string(kDirectory);
}

// As it was said; nothing where nobody has.
std::string_view path_said(const DdblocalOptions& options, const std::string& directory) {
  const bool is_of_flags = directory == directory_of(options);
  return is_of_flags ? options.db_path : directory;
}

// What that program does where nothing is said.
ServeOptions defaults(const DdblocalOptions& options) {
  ServeOptions serve;
  serve.http.host = "";
  serve.database.directory = directory_of(options);
  serve.database.capacity = CapacityMode::observe;
  serve.database.isolation = Isolation::key_and_region;
  serve.health = HealthAnswer::ddblocal;
  return serve;
}

// What was said on the command line.
void apply_flags(const DdblocalOptions& options, ServeOptions* serve) {
  if (options.port) serve->http.port = *options.port;
  if (options.in_memory || !options.db_path.empty()) {
    serve->database.directory = directory_of(options);
  }
  if (options.shared) serve->database.isolation = Isolation::shared;
  if (options.delay_transient_statuses) {
    serve->database.transitions.backfilling = kTransientStatus;
  }
}

// What flags and variables come to.
Result<void> check_together(const DdblocalOptions& options, const DatabaseOptions& database) {
  if (options.optimize && path_said(options, database.directory).empty()) {
    return Error(ErrorCode::validation, "-optimizeDbBeforeStartup needs -dbPath");
  }
  if (database.durability == Durability::power && database.directory.empty()) {
    return Error(
        ErrorCode::validation,
        "STATOR_DURABILITY=power cannot be used with -inMemory: memory outlives no loss of "
        "power");
  }
  return {};
}

int refuse(std::string_view why) {
  return fail(kExitCannotStart, fmt::format("{} (stator -help tells more)", why));
}

int say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  return end_of_output(kExitOk);
}

}  // namespace

std::vector<DdblocalFlag> ddblocal_flags() {
  std::vector<DdblocalFlag> flags;
  for (const Flag& flag : kFlags) flags.push_back(flag.text);
  return flags;
}

bool is_ddblocal_flag(std::string_view name) {
  return find_flag(name) != nullptr;
}

bool is_ddblocal_command(int argument_count, const char* const* arguments) {
  if (argument_count < 2) return false;
  const std::string_view first = arguments[1];
  return first.size() > 2 && first[0] == '-' && first[1] != '-';
}

Result<DdblocalOptions> parse_ddblocal_options(std::span<const std::string> arguments) {
  DdblocalOptions options;
  ValuesByFlag values;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (is_of_java(argument)) continue;
    if (argument == "-jar") {
      TRY(take_value(arguments, &i));
      continue;
    }
    const Flag* const flag = find_flag(argument);
    if (flag == nullptr) return unknown_flag(argument);
    const std::string value = flag->has_value() ? TRY(take_value(arguments, &i)) : "";
    TRY(values.add(*flag, value));
    TRY(flag->apply(value, &options));
  }
  TRY(check_together(options));
  return options;
}

std::string ddblocal_banner(const DdblocalOptions& options, const ServeOptions& serve) {
  const auto or_null = [](std::string_view text) { return text.empty() ? "null" : text; };
  const DatabaseOptions& database = serve.database;
  return fmt::format(
      "Initializing DynamoDB Local with the following configuration:\n"
      "Port:\t{}\nInMemory:\t{}\nVersion:\tstator {}\nDbPath:\t{}\nSharedDb:\t{}\n"
      "shouldDelayTransientStatuses:\t{}\nCorsParams:\t{}\n\n",
      serve.http.port, database.directory.empty(), version(),
      or_null(path_said(options, database.directory)), database.isolation == Isolation::shared,
      database.transitions.backfilling.count() > 0, or_null(options.cors));
}

Result<ServeOptions> serve_options(const DdblocalOptions& options) {
  ServeOptions serve = TRY(with_environment(defaults(options)));
  apply_flags(options, &serve);
  TRY(check_together(options, serve.database));
  serve.banner = ddblocal_banner(options, serve);
  return serve;
}

int run_as_ddblocal(const std::vector<std::string>& arguments, const ProcessStart& start) {
  const Result<DdblocalOptions> options = parse_ddblocal_options(arguments);
  if (!options) return refuse(options.error().message());
  switch (options->action) {
    case DdblocalOptions::Action::version:
      return say(fmt::format("stator {}, with the flags of DynamoDB Local\n", version()));
    case DdblocalOptions::Action::help:
      return say(help());
    case DdblocalOptions::Action::serve:
      break;
  }
  const Result<ServeOptions> serve_as = serve_options(*options);
  if (!serve_as) return refuse(serve_as.error().message());
  return serve(*serve_as, start);
}

}  // namespace stator
