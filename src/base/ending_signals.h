// The signals that ask a process to end: SIGTERM, and SIGINT of a terminal's Ctrl-C.
#pragma once

#include <csignal>

namespace stator {

// Blocks them in this thread and in those that it starts, for sigwait() to take: a process that is
// PID 1 has no default action to rely on.
sigset_t block_ending_signals();

}  // namespace stator
