// The command `stator failures`: the batches that a running server has given up and kept.
#pragma once

#include <string>

namespace stator {

// Prints a line of JSON for each, the oldest first. Returns the process's exit status, with one
// line on stderr where it is not kExitOk:
//   kExitFailed       the server refuses
//   kExitCannotStart  no stator answers at the endpoint, or the output cannot be written
int run_failures(const std::string& endpoint);

}  // namespace stator
