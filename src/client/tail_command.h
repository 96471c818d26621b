// The command `stator tail`: the changes of a table as they happen.
#pragma once

#include <string>

namespace stator {

struct TailOptions {
  std::string table;
  std::string endpoint = "http://127.0.0.1:8000";
  bool from_oldest = false;  // and not from now on
};

// Prints a line of JSON for each change, as GetRecords has it, until SIGINT or SIGTERM, or the
// stream ends. Returns the process's exit status: 0, or 1 with one line on stderr where the server
// does not answer or the table has no stream. Called before the process has another thread.
int run_tail(const TailOptions& options);

}  // namespace stator
