// How a command of the program ends: its exit status, and what it says on stderr.
#pragma once

#include <string_view>

namespace stator {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;       // what was asked about is not well
inline constexpr int kExitCannotStart = 2;  // or what it says cannot be written

// Prints why, in one line on stderr. Returns `status`.
int fail(int status, std::string_view why);

// Of a command that has printed all that it had to on stdout: `status`; where that did not arrive,
// kExitCannotStart and one line on stderr.
int end_of_output(int status);

}  // namespace stator
