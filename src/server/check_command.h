// The command `stator check`: whether the indexes of a directory are what its items make them.
#pragma once

#include <string>

namespace stator {

// Prints a line for each problem, the first ones at least, and a last line with what was looked at
// and how many problems there are; changes nothing. Returns the process's exit status:
//   kExitOk           no problem
//   kExitFailed       problems
//   kExitCannotStart  the directory cannot be read, with nothing on stdout, or the output cannot be
//                     written: one line on stderr
int run_check(const std::string& directory);

}  // namespace stator
