// The arguments of the commands that ask a running server.
#pragma once

#include <string>

#include "client/tail_command.h"
#include "shell/shell_command.h"

namespace CLI {
class App;
}

namespace stator {

void add_endpoint_option(CLI::App* command, std::string* endpoint);

// Parsing throws CLI::ParseError.
void add_tail_options(CLI::App* command, TailOptions* options);

// The same, also where two options contradict each other.
void add_shell_options(CLI::App* command, ShellOptions* options);

}  // namespace stator
