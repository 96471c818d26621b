// What a thread sleeps on until there is something to do.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <optional>

#include "base/thread_annotations.h"

namespace stator {

// A resource; wake() and stop() are for any thread, wait() for one.
class WakeUp {
 public:
  // Ends the wait that runs, or the next one. Costs an exchange where it was woken already: writers
  // call this for every record.
  void wake() {
    if (woken_.exchange(true, std::memory_order_acq_rel)) return;
    notify();
  }

  // Ends all waits.
  void stop() {
    stopped_.store(true, std::memory_order_release);
    notify();
  }

  // Sleeps until it is woken, or that long, or an hour; nullopt: until it is woken. What happened
  // before a wake() is seen after the wait that it ended.
  //   returns  false: it is stopped
  bool wait(std::optional<std::chrono::microseconds> most) {
    {
      const MutexLock lock(&mu_);
      const auto until = std::chrono::steady_clock::now() + std::min(most.value_or(kMost), kMost);
      while (!woken_.load(std::memory_order_acquire) && !stopped_.load(std::memory_order_acquire)) {
        if (changed_.wait_until(mu_, until) == std::cv_status::timeout) break;
      }
    }
    woken_.exchange(false, std::memory_order_acq_rel);
    return !stopped_.load(std::memory_order_acquire);
  }

 private:
  static constexpr std::chrono::microseconds kMost = std::chrono::hours(1);

  // Who is about to sleep has looked already, or looks after this.
  void notify() {
    { const MutexLock lock(&mu_); }
    changed_.notify_one();
  }

  Mutex mu_;  // held between looking and sleeping
  std::condition_variable_any changed_;
  std::atomic<bool> woken_{false};
  std::atomic<bool> stopped_{false};
};

}  // namespace stator
