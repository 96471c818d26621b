#include "server/command_line.h"

#include <cstdio>
#include <span>
#include <string_view>
#include <utility>

#include "client/failures_command.h"
#include "server/check_command.h"
#include "server/ddblocal_command.h"
#include "server/healthcheck.h"
#include "server/nearest_name.h"
#include "server/serve_arguments.h"

namespace stator {
namespace {

constexpr const char* kFirstSteps =
    "First steps:\n"
    "  stator serve                      in memory, on http://127.0.0.1:8000\n"
    "  stator serve --data ./items       the items stay there\n"
    "  stator -inMemory -sharedDb        as DynamoDB Local is started; stator -help\n"
    "  aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000\n"
    "\n"
    "stator serve --help lists its options; each can be set in the environment too.";

void add_endpoint_option(CLI::App* command, std::string* endpoint) {
  command->add_option("--endpoint", *endpoint, "Where the server listens")
      ->envname("STATOR_ENDPOINT")
      ->type_name("URL")
      ->capture_default_str();
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& names) {
  const std::string_view nearest = nearest_name(typed, names);
  return nearest.empty() ? "" : ", did you mean " + std::string(nearest) + "?";
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : command.get_options()) {
    if (option->nonpositional()) names.push_back("--" + option->get_single_name());
  }
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    names.push_back(command->get_name());
  }
  return names;
}

// What is wrong with a word that `command` does not expect.
std::string unexpected(const std::string& word, const CLI::App& command) {
  const std::string name = word.substr(0, word.find('='));
  if (is_ddblocal_flag(name)) {
    return name + " is a flag of DynamoDB Local: stator " + name + " .., without " +
           command.get_name();
  }
  if (!name.starts_with('-')) return command.get_name() + " does not expect " + word;
  return name + " is not an option of " + command.get_name() +
         did_you_mean(name, option_names(command));
}

// The first word that nothing expects, in one line: an option rather than what may be its value.
std::string unexpected_word(const CLI::App& app) {
  for (const CLI::App* const command : app.get_subcommands()) {
    const std::vector<std::string> words = command->remaining();
    for (const std::string& word : words) {
      if (word.starts_with('-')) return unexpected(word, *command);
    }
    if (!words.empty()) return unexpected(words.front(), *command);
  }
  return "";
}

std::string fault_of(const CLI::App& app, const CLI::Error& error) {
  const std::vector<std::string> words = app.remaining();
  if (app.get_subcommands().empty() && !words.empty()) {
    if (words.front().starts_with('-')) return unexpected(words.front(), app);
    return words.front() + " is not a command" + did_you_mean(words.front(), command_names(app));
  }
  if (app.get_subcommands().empty()) return "no command; try: stator serve";
  const std::string unexpected = unexpected_word(app);
  return unexpected.empty() ? error.what() : unexpected;
}

}  // namespace

CommandLine::CommandLine(const ProcessStart& start)
    : start_(start), app_("stator: the DynamoDB that stays on one machine", "stator") {
  app_.set_version_flag("--version", "stator " + std::string(version()), "Say what this is");
  app_.set_help_flag("-h,--help", "This text; after a command its options");
  app_.require_subcommand(1);
  app_.footer(kFirstSteps);
  app_.failure_message([this](const CLI::App*, const CLI::Error& error) {
    return "stator: " + fault_of(app_, error) + " (stator --help tells more)\n";
  });
  add_serve();
  add_healthcheck();
  add_check();
  add_simulate();
  add_tail();
  add_failures();
  add_shell();
}

int CommandLine::run(int argument_count, const char* const* arguments) {
  try {
    app_.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return app_.exit(error) == 0 ? kExitOk : kExitCannotStart;
  }
  for (const Command& command : commands_) {
    if (command.app->parsed()) return command.run();
  }
  return kExitCannotStart;  // not reached: one command is required
}

CLI::App* CommandLine::add_command(const std::string& name, const std::string& text,
                                   std::function<int()> run) {
  CLI::App* const command = app_.add_subcommand(name, text);
  commands_.push_back({command, std::move(run)});
  return command;
}

void CommandLine::add_serve() {
  CLI::App* const command = add_command("serve", "Answer the DynamoDB protocol",
                                        [this] { return stator::serve(serve_, start_); });
  add_serve_options(command, &serve_);
}

void CommandLine::add_healthcheck() {
  CLI::App* const command =
      add_command("healthcheck", "Exit with 0 when a running server answers, else with 1", [this] {
        if (is_healthy(checked_server_.host, checked_server_.port)) return kExitOk;
        std::fputs("stator: no healthy answer\n", stderr);
        return kExitUnhealthy;
      });
  add_address_options(command, "Address where the server listens", "Its port", &checked_server_);
}

void CommandLine::add_check() {
  CLI::App* const command =
      add_command("check",
                  "Compare the indexes and streams of a directory with its tables; exit with 1 "
                  "when there are problems",
                  [this] { return run_check(checked_directory_); });
  command->add_option("--data", checked_directory_, "Directory that no server has open")
      ->envname("STATOR_DATA")
      ->type_name("DIR")
      ->required();
}

void CommandLine::add_simulate() {
  CLI::App* const command =
      add_command("simulate", "Run a described load in simulated time; report what was throttled",
                  [this] { return run_simulate(simulation_); });
  command->add_option("workload", simulation_.workload, "File that describes the load")
      ->type_name("WORKLOAD.json")
      ->required();
  command->add_option("--csv", simulation_.csv, "Also write the series there")->type_name("FILE");
  command->add_option("--html", simulation_.html, "Also write a page with charts there")
      ->type_name("FILE");
}

void CommandLine::add_tail() {
  CLI::App* const command = add_command("tail", "Print the changes of a table of a running server",
                                        [this] { return run_tail(tail_); });
  add_endpoint_option(command, &tail_.endpoint);
  command->add_flag("--from-oldest", tail_.from_oldest,
                    "Begin with the oldest change that can be read, not with the next one");
  command->add_option("table", tail_.table, "Table with a stream")->type_name("TABLE")->required();
}

void CommandLine::add_failures() {
  CLI::App* const command =
      add_command("failures", "Print the batches of changes that a running server has given up",
                  [this] { return run_failures(failures_endpoint_); });
  add_endpoint_option(command, &failures_endpoint_);
}

void CommandLine::add_shell() {
  CLI::App* const command =
      add_command("shell", "Run statements of PartiQL from a terminal or a pipe",
                  [this] { return run_shell(shell_); });
  add_endpoint_option(command, &shell_.endpoint);
  // Not from the environment: what is named there is the directory of a server that runs.
  command
      ->add_option("--data", shell_.directory,
                   "Directory that no server has open, instead of an endpoint")
      ->type_name("DIR");
  command->add_flag("--json", shell_.json, "Items as JSON, one a line, and not as tables");
}

}  // namespace stator
