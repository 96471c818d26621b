#include "shell/shell_command.h"

#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "base/exit_status.h"
#include "shell/completion.h"
#include "shell/interrupts.h"
#include "shell/line_editor.h"
#include "shell/shell.h"
#include "shell/table_keys.h"

namespace stator {
namespace {

Result<Dynamo> open(const ShellOptions& options) {
  const InterruptBlock block;  // the threads of a database leave a SIGINT to the terminal's
  if (options.directory.empty()) return dynamo_at(options.endpoint, options.scope);
  return dynamo_in(options.directory, options.isolation, options.scope);
}

void print_to(std::FILE* file, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), file);
}

std::string history_file() {
  const char* const home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? "" : std::string(home) + "/.stator_history";
}

InputLine read_script_line() {
  InputLine line;
  if (!std::getline(std::cin, line.text)) line.kind = InputLine::Kind::end;
  return line;
}

// Tables are asked for anew: another client may have made one.
WordCompletion complete_for(const Dynamo& dynamo, const Shell& shell, std::string_view before) {
  const Result<std::vector<std::string>> tables = table_names(dynamo);
  const std::string text = std::string(shell.begun()) + std::string(before);
  return complete(text, tables ? *tables : std::vector<std::string>());
}

int run_interactive(const Dynamo& dynamo, Shell* shell) {
  std::setlocale(LC_CTYPE, "");
  catch_interrupts();
  LineEditor editor(history_file(),
                    [&](std::string_view before) { return complete_for(dynamo, *shell, before); });
  std::puts("stator shell: .help tells what there is beside PartiQL");
  shell->run([&](const std::string& prompt) { return editor.read(prompt); });
  return kExitOk;
}

}  // namespace

int run_shell(const ShellOptions& options) {
  const Result<Dynamo> dynamo = open(options);
  if (!dynamo) return fail(kExitCannotStart, dynamo.error().message());
  const bool is_interactive = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  Shell shell(
      *dynamo,
      {.output = options.json ? ShellOutput::json : ShellOutput::table,
       .is_interactive = is_interactive},
      [](std::string_view text) { print_to(stdout, text); },
      [](std::string_view text) {
        std::fflush(stdout);
        print_to(stderr, text);
      });
  if (is_interactive) return run_interactive(*dynamo, &shell);
  const bool succeeded = shell.run([](const std::string&) { return read_script_line(); });
  return end_of_output(succeeded ? kExitOk : kExitFailed);
}

}  // namespace stator
