// What a thread sleeps on until there is something to do.
#pragma once

#include <chrono>
#include <condition_variable>
#include <optional>

#include "base/thread_annotations.h"

namespace stator {

// A resource; wake() and stop() are for any thread, wait() for one.
class WakeUp {
 public:
  // Ends the wait that runs, or the next one.
  void wake() {
    {
      const MutexLock lock(&mu_);
      woken_ = true;
    }
    changed_.notify_one();
  }

  // Ends all waits.
  void stop() {
    {
      const MutexLock lock(&mu_);
      stopped_ = true;
    }
    changed_.notify_one();
  }

  // Sleeps until it is woken, or that long; nullopt: without end.
  //   returns  false: it is stopped
  bool wait(std::optional<std::chrono::microseconds> most) {
    const MutexLock lock(&mu_);
    if (most) {
      const auto until = std::chrono::steady_clock::now() + *most;
      while (!woken_ && !stopped_) {
        if (changed_.wait_until(mu_, until) == std::cv_status::timeout) break;
      }
    } else {
      while (!woken_ && !stopped_) changed_.wait(mu_);
    }
    woken_ = false;
    return !stopped_;
  }

 private:
  Mutex mu_;
  std::condition_variable_any changed_;
  bool woken_ GUARDED_BY(mu_) = false;
  bool stopped_ GUARDED_BY(mu_) = false;
};

}  // namespace stator
