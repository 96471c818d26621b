// The binary `stator`: its command line.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/limits.h"
#include "client/failures_command.h"
#include "client/tail_command.h"
#include "server/check_command.h"
#include "server/clock_option.h"
#include "server/ddblocal_command.h"
#include "server/healthcheck.h"
#include "server/lag_options.h"
#include "server/nearest_name.h"
#include "server/serve.h"
#include "server/simulate_command.h"
#include "shell/shell_command.h"

namespace stator {
namespace {

const std::map<std::string, Durability> kDurabilities = {{"process", Durability::process},
                                                         {"power", Durability::power}};
const std::map<std::string, CapacityMode> kCapacityModes = {{"enforce", CapacityMode::enforce},
                                                            {"observe", CapacityMode::observe},
                                                            {"off", CapacityMode::off}};
const std::map<std::string, BurstAtStart> kBurstsAtStart = {{"none", BurstAtStart::none},
                                                            {"full", BurstAtStart::full}};
const std::map<std::string, HealthAnswer> kHealthAnswers = {{"aws", HealthAnswer::aws},
                                                            {"ddblocal", HealthAnswer::ddblocal}};
const std::map<std::string, Isolation> kIsolations = {
    {"shared", Isolation::shared}, {"key-and-region", Isolation::key_and_region}};
const std::map<std::string, Admin> kAdmins = {{"loopback", Admin::loopback}, {"any", Admin::any}};
const std::map<std::string, LogFormat> kLogFormats = {{"human", LogFormat::human},
                                                      {"json", LogFormat::json}};
const std::map<std::string, LogLevel> kLogLevels = {{"error", LogLevel::error},
                                                    {"warn", LogLevel::warn},
                                                    {"info", LogLevel::info},
                                                    {"debug", LogLevel::debug}};

constexpr int kThreadsMax = 1024;
constexpr long kTransitionMillisecondsMax = 24L * 60 * 60 * 1000;

struct CommandLine {
  ServeOptions serve;
  std::optional<int> threads;
  long creating_ms = 0;
  long updating_ms = 0;
  long deleting_ms = 0;
  long backfilling_ms = 0;
  std::vector<std::string> gsi_lags;
  std::string read_lag = "0";
  std::string stream_lag = "0";
  std::string ttl_delay = "0";
  std::string stream_retention = "24h";
  std::string stream_rollover = "4h";
  std::string clock = "machine";
};

void add_address_options(CLI::App* command, HttpServerOptions* http) {
  command->add_option("--host", http->host, "Address to listen on")
      ->envname("STATOR_HOST")
      ->capture_default_str();
  command->add_option("--port", http->port, "Port; 0 takes any free one")
      ->envname("STATOR_PORT")
      ->capture_default_str();
}

template <typename T>
void add_choice(CLI::App* command, const std::string& name, const char* environment, T* value,
                const std::map<std::string, T>& choices, const std::string& text) {
  std::vector<std::string> names;
  for (const auto& [choice, unused] : choices) names.push_back(choice);
  const auto choose = [value, &choices](const std::string& choice) { *value = choices.at(choice); };
  command->add_option_function<std::string>(name, choose, text)
      ->envname(environment)
      ->type_name(CLI::detail::join(names, "|"))
      ->check(CLI::IsMember(names).description(""));
}

void add_transition(CLI::App* command, const std::string& option, const std::string& text,
                    const char* environment, long* milliseconds) {
  command->add_option(option, *milliseconds, text + ", in milliseconds")
      ->envname(environment)
      ->check(CLI::Range(0L, kTransitionMillisecondsMax).description(""))
      ->capture_default_str();
}

// CLI11 takes what is wrong with a value as a text, "" for nothing.
template <typename T>
std::string fault_of(const Result<T>& result) {
  return result ? "" : result.error().message();
}

void add_lag_options(CLI::App* command, CommandLine* line) {
  const auto check_gsi_lag = [](const std::string& text) {
    DatabaseOptions ignored;
    return fault_of(set_gsi_lag(text, &ignored));
  };
  const auto check_lag = [](const std::string& text) { return fault_of(parse_lag(text)); };
  command
      ->add_option("--gsi-lag", line->gsi_lags,
                   "How far reads of global secondary indexes are behind, like 200ms; of one index "
                   "TABLE/INDEX=200ms; more than once or with commas between")
      ->envname("STATOR_GSI_LAG")
      ->delimiter(',')
      ->type_name("LAG")
      ->check(CLI::Validator(check_gsi_lag, ""));
  command
      ->add_option("--read-lag", line->read_lag,
                   "How far eventually consistent reads of tables are behind")
      ->envname("STATOR_READ_LAG")
      ->type_name("LAG")
      ->check(CLI::Validator(check_lag, ""))
      ->capture_default_str();
  command
      ->add_option("--stream-lag", line->stream_lag,
                   "How old change records are before GetRecords sees them")
      ->envname("STATOR_STREAM_LAG")
      ->type_name("LAG")
      ->check(CLI::Validator(check_lag, ""))
      ->capture_default_str();
}

void add_stream_option(CLI::App* command, const std::string& option, const std::string& text,
                       const char* environment, std::string* value) {
  const auto check = [](const std::string& duration) {
    return fault_of(parse_stream_time(duration));
  };
  command->add_option(option, *value, text)
      ->envname(environment)
      ->type_name("DURATION")
      ->check(CLI::Validator(check, ""))
      ->capture_default_str();
}

void add_serve_options(CLI::App* command, CommandLine* line) {
  ServeOptions& serve = line->serve;
  add_address_options(command, &serve.http);
  command
      ->add_option("--data", serve.database.directory,
                   "Directory of the items; without it they live in memory")
      ->envname("STATOR_DATA")
      ->type_name("DIR");
  add_choice(command, "--durability", "STATOR_DURABILITY", &serve.database.durability,
             kDurabilities,
             "What an acknowledged write outlives: the process (default) or a loss of power");
  command
      ->add_option(
          "--threads", line->threads,
          "I/O threads (default: the cores, at most 4; at least 16 with --durability power)")
      ->envname("STATOR_THREADS")
      ->check(CLI::Range(1, kThreadsMax).description(""));
  add_choice(command, "--admin", "STATOR_ADMIN", &serve.admin, kAdmins,
             "Who may ask for /_stator/ and /metrics: clients on this machine (default) or any");
  command
      ->add_option("--functions", serve.functions_file,
                   "File of functions and of the streams that call them (docs/functions.md)")
      ->envname("STATOR_FUNCTIONS")
      ->type_name("FILE.json");
  command
      ->add_flag("--until-eof", serve.until_eof,
                 "End when standard input does: with the process that holds its other end")
      ->envname("STATOR_UNTIL_EOF");
  add_choice(command, "--health", "STATOR_HEALTH", &serve.health, kHealthAnswers,
             "What GET / answers: 200 as AWS (default), or 400 as DynamoDB Local");
  add_choice(command, "--isolation", "STATOR_ISOLATION", &serve.database.isolation, kIsolations,
             "Whose tables a caller sees: those of all (shared, the default), or of its access key "
             "and region");
  add_choice(command, "--log", "STATOR_LOG", &serve.log.format, kLogFormats,
             "Form of the log on stderr (default human)");
  add_choice(command, "--log-level", "STATOR_LOG_LEVEL", &serve.log.level, kLogLevels,
             "Least level that is logged (default info)");
  add_transition(command, "--creating-ms", "How long a table stays in creating",
                 "STATOR_CREATING_MS", &line->creating_ms);
  add_transition(command, "--updating-ms", "How long a table or an index stays in updating",
                 "STATOR_UPDATING_MS", &line->updating_ms);
  add_transition(command, "--deleting-ms", "How long a table stays in deleting",
                 "STATOR_DELETING_MS", &line->deleting_ms);
  add_transition(command, "--backfilling-ms",
                 "How long an index that is added to a table is backfilled at least",
                 "STATOR_BACKFILLING_MS", &line->backfilling_ms);
  add_choice(command, "--capacity", "STATOR_CAPACITY", &serve.database.capacity, kCapacityModes,
             "Throttle as AWS does (enforce, the default), only count what AWS would throttle, or "
             "neither");
  add_choice(command, "--burst-at-start", "STATOR_BURST_AT_START", &serve.database.burst_at_start,
             kBurstsAtStart, "What a new table has saved of its throughput (default full: 300 s)");
  add_lag_options(command, line);
  command
      ->add_option("--ttl-delay", line->ttl_delay,
                   "How long items outlive the time at which they expire")
      ->envname("STATOR_TTL_DELAY")
      ->type_name("DURATION")
      ->check(CLI::Validator(
          [](const std::string& text) { return fault_of(parse_ttl_delay(text)); }, ""))
      ->capture_default_str();
  add_stream_option(command, "--stream-retention", "How long change records can be read",
                    "STATOR_STREAM_RETENTION", &line->stream_retention);
  add_stream_option(command, "--stream-rollover", "How long a shard of a stream takes records",
                    "STATOR_STREAM_ROLLOVER", &line->stream_rollover);
  command
      ->add_option(
          "--clock", line->clock,
          "The machine's clock, or one that POST /_stator/clock moves, from a time or from "
          "now: machine, manual, manual:2026-01-01T00:00:00Z")
      ->envname("STATOR_CLOCK")
      ->type_name("CLOCK")
      ->check(
          CLI::Validator([](const std::string& text) { return fault_of(parse_clock(text)); }, ""))
      ->capture_default_str();
  command
      ->add_option("--partition-bytes", serve.database.partition_bytes_max,
                   "What a partition may hold before it is split")
      ->envname("STATOR_PARTITION_BYTES")
      ->check(CLI::Range(std::int64_t{1}, kPartitionBytesMax).description(""))
      ->capture_default_str();
  command
      ->add_option("--item-collection-bytes", serve.database.item_collection_bytes_max,
                   "What an item collection of a table with local indexes may grow to")
      ->envname("STATOR_ITEM_COLLECTION_BYTES")
      ->check(CLI::Range(std::int64_t{1}, kItemCollectionBytesMax).description(""))
      ->capture_default_str();
}

void add_simulate_options(CLI::App* command, SimulateOptions* options) {
  command->add_option("workload", options->workload, "File that describes the load")
      ->type_name("WORKLOAD.json")
      ->required();
  command->add_option("--csv", options->csv, "Also write the series there")->type_name("FILE");
  command->add_option("--html", options->html, "Also write a page with charts there")
      ->type_name("FILE");
}

void add_endpoint_option(CLI::App* command, std::string* endpoint) {
  command->add_option("--endpoint", *endpoint, "Where the server listens")
      ->envname("STATOR_ENDPOINT")
      ->type_name("URL")
      ->capture_default_str();
}

void add_shell_options(CLI::App* command, ShellOptions* options) {
  add_endpoint_option(command, &options->endpoint);
  // Not from the environment: what is named there is the directory of a server that runs.
  command
      ->add_option("--data", options->directory,
                   "Directory that no server has open, instead of an endpoint")
      ->type_name("DIR");
  command->add_flag("--json", options->json, "Items as JSON, one a line, and not as tables");
}

ServeOptions serve_options(CommandLine line) {
  ServeOptions options = std::move(line.serve);
  options.http.threads = line.threads.value_or(default_io_threads(options.database.durability));
  options.database.transitions = {.creating = std::chrono::milliseconds(line.creating_ms),
                                  .updating = std::chrono::milliseconds(line.updating_ms),
                                  .deleting = std::chrono::milliseconds(line.deleting_ms),
                                  .backfilling = std::chrono::milliseconds(line.backfilling_ms)};
  // The texts were checked as options.
  for (const std::string& lag : line.gsi_lags) {
    CHECK(set_gsi_lag(lag, &options.database).has_value());
  }
  options.database.read_lag = *parse_lag(line.read_lag);
  options.database.stream_lag = *parse_lag(line.stream_lag);
  options.database.ttl_delay = *parse_ttl_delay(line.ttl_delay);
  options.database.stream_retention = *parse_stream_time(line.stream_retention);
  options.database.stream_rollover = *parse_stream_time(line.stream_rollover);
  options.database.clock = *parse_clock(line.clock);
  return options;
}

// The option that is nearest to one that is not known: ", did you mean --port?"
std::string suggestion(const CLI::App& app) {
  for (const CLI::App* const command : app.get_subcommands()) {
    std::vector<std::string> names;
    for (const CLI::Option* const option : command->get_options()) {
      names.push_back("--" + option->get_single_name());
    }
    for (const std::string& word : command->remaining()) {
      if (!word.starts_with('-')) continue;
      const std::string_view nearest = nearest_name(word.substr(0, word.find('=')), names);
      if (!nearest.empty()) return ", did you mean " + std::string(nearest) + "?";
    }
  }
  return "";
}

// The processor time that loading and linking took; the wall clock has no finer trace of it.
std::chrono::nanoseconds process_age() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

int run(int argument_count, char** arguments) {
  const auto main_entered = std::chrono::steady_clock::now();
  const std::chrono::nanoseconds age = process_age();

  if (is_ddblocal_command(argument_count, arguments)) {
    return run_as_ddblocal({arguments + 1, arguments + argument_count}, main_entered, age);
  }
  CommandLine line;
  HttpServerOptions checked;
  CLI::App app("stator: the DynamoDB that stays on one machine", "stator");
  app.set_version_flag("--version", "stator " + std::string(version()));
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* at, const CLI::Error& error) {
    return "stator: " + std::string(error.what()) + suggestion(*at) +
           " (stator --help tells more)\n";
  });
  CLI::App* const serve_command = app.add_subcommand("serve", "Answer the DynamoDB protocol");
  add_serve_options(serve_command, &line);
  CLI::App* const health_command =
      app.add_subcommand("healthcheck", "Exit with 0 when a running server answers, else with 1");
  add_address_options(health_command, &checked);
  std::string checked_directory;
  CLI::App* const check_command = app.add_subcommand(
      "check", "Compare indexes with their tables; exit with 0, with 1 when there are problems");
  check_command->add_option("--data", checked_directory, "Directory that no server has open")
      ->envname("STATOR_DATA")
      ->type_name("DIR")
      ->required();
  SimulateOptions simulation;
  CLI::App* const simulate_command = app.add_subcommand(
      "simulate", "Run a described load in simulated time and report what was throttled");
  add_simulate_options(simulate_command, &simulation);
  TailOptions tail;
  CLI::App* const tail_command =
      app.add_subcommand("tail", "Print the changes of a table of a running server");
  add_endpoint_option(tail_command, &tail.endpoint);
  tail_command->add_flag("--from-oldest", tail.from_oldest,
                         "Begin with the oldest change that can be read, not with the next one");
  tail_command->add_option("table", tail.table, "Table with a stream")
      ->type_name("TABLE")
      ->required();
  std::string failures_endpoint = tail.endpoint;
  CLI::App* const failures_command = app.add_subcommand(
      "failures", "Print the batches of changes that a running server has given up");
  add_endpoint_option(failures_command, &failures_endpoint);
  ShellOptions shell;
  CLI::App* const shell_command = app.add_subcommand(
      "shell", "Run statements of PartiQL from a terminal or a pipe (docs/shell.md)");
  add_shell_options(shell_command, &shell);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitCannotStart;
  }
  if (health_command->parsed()) {
    if (is_healthy(checked.host, checked.port)) return kExitOk;
    std::fputs("stator: no healthy answer\n", stderr);
    return kExitUnhealthy;
  }
  if (check_command->parsed()) return run_check(checked_directory);
  if (simulate_command->parsed()) return run_simulate(simulation);
  if (tail_command->parsed()) return run_tail(tail);
  if (shell_command->parsed()) return run_shell(shell);
  if (failures_command->parsed()) return run_failures(failures_endpoint);
  return serve(serve_options(std::move(line)), main_entered, age);
}

}  // namespace
}  // namespace stator

int main(int argument_count, char** arguments) {
  return stator::run(argument_count, arguments);
}
