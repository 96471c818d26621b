// Ctrl-C on a terminal: it ends the line that is typed, or the statement that runs, not the shell.
#pragma once

namespace stator {

// From now on a SIGINT is noted, and ends a read of this thread; a second one before
// take_interrupt() ends the process. Threads that were started before must have it blocked.
void catch_interrupts();

// Whether there was one since the last call.
bool take_interrupt();

// Keeps SIGINT from the threads that are started while it lives. A resource of one thread.
class InterruptBlock {
 public:
  InterruptBlock();
  InterruptBlock(const InterruptBlock&) = delete;
  InterruptBlock& operator=(const InterruptBlock&) = delete;
  ~InterruptBlock();
};

}  // namespace stator
