#include "server/serve_arguments.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "server/argument_faults.h"
#include "server/clock_option.h"
#include "server/lag_options.h"
#include "server/option_kinds.h"

namespace stator {
namespace {

constexpr int kThreadsMax = 1024;
constexpr std::int64_t kTransitionMillisecondsMax = std::int64_t{24} * 60 * 60 * 1000;

void add_storage_options(CLI::App* command, ServeOptions* serve) {
  command
      ->add_option("--data", serve->database.directory,
                   "Directory of the items; without it they live in memory")
      ->envname("STATOR_DATA")
      ->type_name("DIR");
  add_choice<Durability>(command,
                         {"--durability", "STATOR_DURABILITY",
                          "What an acknowledged write outlives: kill -9, or a loss of power"},
                         &serve->database.durability,
                         {{"process", Durability::process}, {"power", Durability::power}});
  add_choice<Isolation>(
      command,
      {"--isolation", "STATOR_ISOLATION",
       "Whose tables a caller sees: those of all, or of its access key and region"},
      &serve->database.isolation,
      {{"shared", Isolation::shared}, {"key-and-region", Isolation::key_and_region}});
}

void add_process_options(CLI::App* command, ServeOptions* serve) {
  add_number(command,
             {"--threads", "STATOR_THREADS",
              "I/O threads (default: the cores, at most 4; at least 16 with --durability power)"},
             "N", {1, kThreadsMax},
             [serve](std::int64_t threads) { serve->threads = static_cast<int>(threads); });
  add_choice<Admin>(command,
                    {"--admin", "STATOR_ADMIN",
                     "Who may ask for /_stator/ and /metrics: clients on this machine, or any"},
                    &serve->admin, {{"loopback", Admin::loopback}, {"any", Admin::any}});
  add_choice<HealthAnswer>(command,
                           {"--health", "STATOR_HEALTH",
                            "What GET / answers: 200 as AWS, or 400 as DynamoDB Local, whose "
                            "exception unsigned requests get then"},
                           &serve->health,
                           {{"aws", HealthAnswer::aws}, {"ddblocal", HealthAnswer::ddblocal}});
  command
      ->add_option("--functions", serve->functions_file,
                   "File of functions and of the streams that call them (docs/functions.md)")
      ->envname("STATOR_FUNCTIONS")
      ->type_name("FILE.json");
  command
      ->add_flag("--until-eof", serve->until_eof,
                 "End when standard input does: with the process that holds its other end")
      ->envname("STATOR_UNTIL_EOF");
}

void add_log_options(CLI::App* command, LogOptions* log) {
  add_choice<LogFormat>(command, {"--log", "STATOR_LOG", "Form of the log on stderr"}, &log->format,
                        {{"human", LogFormat::human}, {"json", LogFormat::json}});
  add_choice<LogLevel>(command,
                       {"--log-level", "STATOR_LOG_LEVEL",
                        "Least level that is logged; debug has a line for each request"},
                       &log->level,
                       {{"error", LogLevel::error},
                        {"warn", LogLevel::warn},
                        {"info", LogLevel::info},
                        {"debug", LogLevel::debug}});
}

void add_bytes(CLI::App* command, const OptionText& option, std::int64_t most,
               std::int64_t* bytes) {
  add_number(command, option, "BYTES", {1, most}, [bytes](std::int64_t said) {
    *bytes = said;
  })->default_str(std::to_string(*bytes));
}

void add_capacity_options(CLI::App* command, DatabaseOptions* database) {
  add_choice<CapacityMode>(command,
                           {"--capacity", "STATOR_CAPACITY",
                            "Throttle as AWS does, only count what AWS would throttle, or neither"},
                           &database->capacity,
                           {{"enforce", CapacityMode::enforce},
                            {"observe", CapacityMode::observe},
                            {"off", CapacityMode::off}});
  add_choice<BurstAtStart>(
      command,
      {"--burst-at-start", "STATOR_BURST_AT_START",
       "What a new table has saved of its throughput: that of 300 seconds, or of one"},
      &database->burst_at_start, {{"full", BurstAtStart::full}, {"none", BurstAtStart::none}});
  add_bytes(command,
            {"--partition-bytes", "STATOR_PARTITION_BYTES",
             "What a partition may hold before it is split"},
            kPartitionBytesMax, &database->partition_bytes_max);
  add_bytes(command,
            {"--item-collection-bytes", "STATOR_ITEM_COLLECTION_BYTES",
             "What an item collection of a table with local indexes may grow to"},
            kItemCollectionBytesMax, &database->item_collection_bytes_max);
}

void add_transition(CLI::App* command, const OptionText& option, std::chrono::milliseconds* time) {
  const auto keep = [time](std::int64_t said) { *time = std::chrono::milliseconds(said); };
  add_number(command, option, "MILLISECONDS", {0, kTransitionMillisecondsMax}, keep)
      ->default_str("0");
}

void add_status_options(CLI::App* command, TransitionTimes* times) {
  add_transition(command,
                 {"--creating-ms", "STATOR_CREATING_MS", "How long a new table stays in CREATING"},
                 &times->creating);
  add_transition(
      command,
      {"--updating-ms", "STATOR_UPDATING_MS", "How long a table or an index stays in UPDATING"},
      &times->updating);
  add_transition(command,
                 {"--deleting-ms", "STATOR_DELETING_MS", "How long a table stays in DELETING"},
                 &times->deleting);
  add_transition(command,
                 {"--backfilling-ms", "STATOR_BACKFILLING_MS",
                  "How long an index that is added to a table is backfilled, and one that is "
                  "dropped stays in DELETING, at least"},
                 &times->backfilling);
}

void add_lag_options(CLI::App* command, DatabaseOptions* database) {
  const auto keep = [database](const std::vector<std::string>& lags) {
    const Result<void> set = set_gsi_lags(lags, database);
    if (!set) throw CLI::ValidationError("--gsi-lag", std::string(set.error().message()));
  };
  command
      ->add_option_function<std::vector<std::string>>(
          "--gsi-lag", keep,
          "How far reads of global secondary indexes are behind, like 200ms; of one index "
          "TABLE/INDEX=200ms; more than once or with commas between")
      ->envname("STATOR_GSI_LAG")
      ->delimiter(',')
      ->type_name("LAG");
  add_parsed(
      command,
      {"--read-lag", "STATOR_READ_LAG", "How far eventually consistent reads of tables are behind"},
      "LAG", parse_lag, &database->read_lag)
      ->default_str("0");
  add_parsed(command,
             {"--stream-lag", "STATOR_STREAM_LAG",
              "How old change records are before GetRecords sees them"},
             "LAG", parse_lag, &database->stream_lag)
      ->default_str("0");
}

void add_time_options(CLI::App* command, DatabaseOptions* database) {
  add_parsed(
      command,
      {"--clock", "STATOR_CLOCK",
       "The machine's clock, or one that POST /_stator/clock moves, from a time or from now: "
       "machine, manual, manual:2026-01-01T00:00:00Z"},
      "CLOCK", parse_clock, &database->clock)
      ->default_str("machine");
  add_parsed(
      command,
      {"--ttl-delay", "STATOR_TTL_DELAY", "How long items outlive the time at which they expire"},
      "DURATION", parse_ttl_delay, &database->ttl_delay)
      ->default_str("0");
  add_parsed(
      command,
      {"--stream-retention", "STATOR_STREAM_RETENTION", "How long change records can be read"},
      "DURATION", parse_stream_time, &database->stream_retention)
      ->default_str("24h");
  add_parsed(
      command,
      {"--stream-rollover", "STATOR_STREAM_ROLLOVER", "How long a shard of a stream takes records"},
      "DURATION", parse_stream_time, &database->stream_rollover)
      ->default_str("4h");
}

// Each option by itself was right.
void check_together(const DatabaseOptions& database) {
  if (database.durability == Durability::power && database.directory.empty()) {
    throw CLI::ValidationError("--durability power needs --data: memory outlives no loss of power");
  }
}

// A complaint that begins with the name of an option, which was set by its variable.
std::string of_variable(const std::string& complaint, const CLI::App& app) {
  const std::string name = complaint.substr(0, complaint.find(':'));
  for (const CLI::Option* const option : app.get_options()) {
    if (option->get_name() == name) return option->get_envname() + complaint.substr(name.size());
  }
  return complaint;
}

}  // namespace

void add_address_options(CLI::App* command, const std::string& host_text,
                         const std::string& port_text, HttpServerOptions* http) {
  command->add_option("--host", http->host, host_text)
      ->envname("STATOR_HOST")
      ->type_name("ADDRESS")
      ->capture_default_str();
  add_parsed(command, {"--port", "STATOR_PORT", port_text}, "PORT", parse_port, &http->port)
      ->default_str(std::to_string(http->port));
}

void add_serve_options(CLI::App* command, ServeOptions* options) {
  DatabaseOptions* const database = &options->database;
  command->option_defaults()->group("Where it listens");
  add_address_options(command, "Address to listen on", "Port; 0 takes any free one",
                      &options->http);
  command->option_defaults()->group("What it keeps");
  add_storage_options(command, options);
  command->option_defaults()->group("Throughput and sizes");
  add_capacity_options(command, database);
  command->option_defaults()->group("What AWS takes its time for");
  add_status_options(command, &database->transitions);
  add_lag_options(command, database);
  command->option_defaults()->group("Time");
  add_time_options(command, database);
  command->option_defaults()->group("The process");
  add_process_options(command, options);
  add_log_options(command, &options->log);
  command->callback([database] { check_together(*database); });
}

std::vector<std::string> serve_option_names() {
  ServeOptions options;
  CLI::App app;
  add_serve_options(&app, &options);
  return option_names(app);
}

Result<ServeOptions> with_environment(ServeOptions defaults) {
  ServeOptions options = std::move(defaults);
  CLI::App app;
  add_serve_options(&app, &options);
  app.callback({});  // what fits together is seen with the flags
  try {
    app.parse(std::vector<std::string>{});
  } catch (const CLI::ParseError& error) {
    return Error(ErrorCode::validation, of_variable(in_our_words(error), app));
  }
  return options;
}

}  // namespace stator
