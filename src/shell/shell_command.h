// The command `stator shell`: PartiQL from a terminal or from a pipe.
#pragma once

#include <string>

#include "client/http_connection.h"
#include "stator/database.h"

namespace stator {

struct ShellOptions {
  std::string endpoint = "http://127.0.0.1:8000";
  std::string directory;                    // opened instead of asking the endpoint; empty: none
  Isolation isolation = Isolation::shared;  // of the directory's tables
  CredentialScope scope;                    // whose tables are meant where they are isolated
  bool json = false;                        // items as JSON, one a line, and not as tables
};

// Runs statements from standard input until it ends. Returns the process's exit status:
//   kExitOk           all succeeded; on a terminal, always
//   kExitFailed       one failed, and those after it did not run: its error is on stderr
//   kExitCannotStart  there is nobody to ask, or the output cannot be written: one line on stderr
// Called before the process has another thread.
int run_shell(const ShellOptions& options);

}  // namespace stator
