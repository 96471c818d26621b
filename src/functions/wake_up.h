// What a thread sleeps on until there is something to do.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <optional>

#include "base/thread_annotations.h"

namespace stator {

// A resource; wake(), note() and stop() are for any thread, wait() for one.
class WakeUp {
 public:
  // Ends the wait that runs, or the next one. What happened before is seen after that wait.
  void wake() {
    if (woken_.exchange(true)) return;
    notify();
  }

  // Ends the wait that runs, or the next one, where it listens. Costs an exchange and a load where
  // it does not, or soon after the last one: writers call this for every record.
  void note() {
    if (noted_.exchange(true)) return;
    if (listens_.load()) notify();
  }

  // Ends all waits.
  void stop() {
    stopped_.store(true);
    notify();
  }

  // Sleeps until it is woken, or that long, or an hour; nullopt: until it is woken.
  //   listens  whether note() ends it: a millisecond after the last one at the earliest, for a
  //            thread that is woken by each of many records takes the time of those who write them
  //   returns  false: it is stopped
  bool wait(std::optional<std::chrono::microseconds> most, bool listens) {
    {
      const MutexLock lock(&mu_);
      const auto until = Clock::now() + std::min(most.value_or(kMost), kMost);
      if (listens) sleep_until(std::min(until, rested_));
      listens_.store(listens);
      sleep_until(until);
      listens_.store(false);
    }
    if (listens && noted_.exchange(false)) rested_ = Clock::now() + kRest;
    woken_.exchange(false);
    return !stopped_.load();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::microseconds kMost = std::chrono::hours(1);
  static constexpr std::chrono::milliseconds kRest{1};

  void sleep_until(Clock::time_point until) REQUIRES(mu_) {
    while (!is_over()) {
      if (changed_.wait_until(mu_, until) == std::cv_status::timeout) return;
    }
  }

  bool is_over() const {
    return woken_.load() || stopped_.load() || (listens_.load() && noted_.load());
  }

  // Who is about to sleep has looked already, or looks after this.
  void notify() {
    { const MutexLock lock(&mu_); }
    changed_.notify_one();
  }

  Mutex mu_;  // held between looking and sleeping
  std::condition_variable_any changed_;
  Clock::time_point rested_{};  // of the thread that waits
  std::atomic<bool> woken_{false};
  std::atomic<bool> noted_{false};
  std::atomic<bool> listens_{false};
  std::atomic<bool> stopped_{false};
};

}  // namespace stator
