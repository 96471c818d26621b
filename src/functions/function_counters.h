// What became of the invocations of one function, whoever asked for them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "streams/delivery_action.h"

namespace stator {

// Counted on the threads on which invocations end. Thread-safe.
struct FunctionCounters {
  std::atomic<std::uint64_t> invocations{0};
  std::atomic<std::uint64_t> errors{0};      // invocations that the function failed
  std::atomic<std::uint64_t> throttles{0};   // that did not take place
  std::atomic<std::int64_t> duration_us{0};  // of all invocations, what they waited for included

  void count(InvocationOutcome outcome, std::chrono::microseconds duration) {
    if (outcome == InvocationOutcome::not_invoked) {
      throttles.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    invocations.fetch_add(1, std::memory_order_relaxed);
    duration_us.fetch_add(duration.count(), std::memory_order_relaxed);
    if (outcome == InvocationOutcome::function_error) {
      errors.fetch_add(1, std::memory_order_relaxed);
    }
  }
};

}  // namespace stator
