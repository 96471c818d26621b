// The command `stator failures`: the batches that a running server has given up and kept.
#pragma once

#include <string>

namespace stator {

// Prints a line of JSON for each, the oldest first. Returns the process's exit status: 0, or 1 with
// one line on stderr where the server does not answer.
int run_failures(const std::string& endpoint);

}  // namespace stator
