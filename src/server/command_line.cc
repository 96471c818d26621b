#include "server/command_line.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "client/failures_command.h"
#include "server/argument_faults.h"
#include "server/check_command.h"
#include "server/client_arguments.h"
#include "server/healthcheck.h"
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

// "help" and "help serve" are "--help" and "serve --help". The last one first, as the parser wants.
std::vector<std::string> words_of(int argument_count, const char* const* arguments) {
  std::vector<std::string> words(arguments + 1, arguments + argument_count);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    words.emplace_back("--help");
  }
  std::reverse(words.begin(), words.end());
  return words;
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
    app_.parse(words_of(argument_count, arguments));
    check_values(app_);
  } catch (const CLI::ParseError& error) {
    return app_.exit(error) == 0 ? end_of_output(kExitOk) : kExitCannotStart;
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
        return kExitFailed;
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
  add_tail_options(command, &tail_);
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
  add_shell_options(command, &shell_);
}

}  // namespace stator
