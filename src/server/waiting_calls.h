// Threads for calls that may wait, which would keep an I/O thread from its other connections.
#pragma once

#include <condition_variable>
#include <functional>

#include "base/thread_annotations.h"

namespace stator {

// A resource; thread-safe. Each call has a thread of its own: there are as many as connections
// wait, and none while nothing does.
class WaitingCalls {
 public:
  WaitingCalls() = default;
  WaitingCalls(const WaitingCalls&) = delete;
  WaitingCalls& operator=(const WaitingCalls&) = delete;
  // Waits for all of them.
  ~WaitingCalls();

  // Runs `call`, which does not throw, on another thread.
  //   errors  throws std::system_error where there is no thread to have
  void run(std::function<void()> call);

 private:
  Mutex mu_;
  std::condition_variable_any done_;
  int running_ GUARDED_BY(mu_) = 0;
};

}  // namespace stator
