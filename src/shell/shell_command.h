// The command `stator shell`: PartiQL from a terminal or from a pipe.
#pragma once

#include <string>

namespace stator {

struct ShellOptions {
  std::string endpoint = "http://127.0.0.1:8000";
  std::string directory;  // opened instead of asking the endpoint; empty: none
  bool json = false;      // items as JSON, one a line, and not as tables
};

// Runs statements from standard input until it ends. Returns the process's exit status:
//   0  all succeeded; on a terminal, always
//   1  one failed, and those after it did not run: its error is on stderr
//   2  there is nobody to ask: one line on stderr
// Called before the process has another thread.
int run_shell(const ShellOptions& options);

}  // namespace stator
