// The command `stator tail`: the changes of a table as they happen.
#pragma once

#include <string>

#include "client/http_connection.h"

namespace stator {

struct TailOptions {
  std::string table;
  std::string endpoint = "http://127.0.0.1:8000";
  CredentialScope scope;     // whose table it is
  bool from_oldest = false;  // and not from now on
};

// Prints a line of JSON for each change, as GetRecords has it, until SIGINT or SIGTERM, or the
// stream ends. Returns the process's exit status, with one line on stderr where it is not kExitOk:
//   kExitFailed       the table has no stream, or the server refuses or is gone later
//   kExitCannotStart  nobody answers at the endpoint, or stdout takes no more
// Called before the process has another thread.
int run_tail(const TailOptions& options);

}  // namespace stator
