// The command line of `stator`: its commands, their arguments, and what they run.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "client/tail_command.h"
#include "server/serve.h"
#include "server/simulate_command.h"
#include "shell/shell_command.h"

namespace stator {

// A resource: its options point into it. Used by one thread.
class CommandLine {
 public:
  explicit CommandLine(const ProcessStart& start);
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // Runs the command that the arguments name; returns the process's exit status: kExitCannotStart
  // with one line on stderr where they are wrong.
  int run(int argument_count, const char* const* arguments);

  // All commands and options, for their documents.
  const CLI::App& app() const { return app_; }

 private:
  struct Command {
    const CLI::App* app;
    std::function<int()> run;
  };

  CLI::App* add_command(const std::string& name, const std::string& text, std::function<int()> run);
  void add_serve();
  void add_healthcheck();
  void add_check();
  void add_simulate();
  void add_tail();
  void add_failures();
  void add_shell();

  const ProcessStart start_;
  CLI::App app_;
  std::vector<Command> commands_;

  ServeOptions serve_;
  HttpServerOptions checked_server_;
  std::string checked_directory_;
  SimulateOptions simulation_;
  TailOptions tail_;
  ShellOptions shell_;
  std::string failures_endpoint_ = TailOptions().endpoint;
};

}  // namespace stator
