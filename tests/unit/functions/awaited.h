// The results of invocations, which a test waits for.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "functions/invoker.h"

namespace stator::testing_support {

// Outlives what reports to it. Thread-safe.
class Awaited {
 public:
  InvocationDone done() {
    return [this](InvocationResult result) {
      const std::lock_guard lock(mu_);
      results_.push_back(std::move(result));
      changed_.notify_all();
    };
  }

  // The next result; after 20 seconds one that is none.
  InvocationResult next() {
    std::unique_lock lock(mu_);
    if (!changed_.wait_for(lock, std::chrono::seconds(20), [this] { return !results_.empty(); })) {
      return {.outcome = InvocationOutcome::not_invoked,
              .answer = "nothing came",
              .request_id = {},
              .function_error = {}};
    }
    InvocationResult first = std::move(results_.front());
    results_.pop_front();
    return first;
  }

 private:
  std::mutex mu_;
  std::condition_variable changed_;
  std::deque<InvocationResult> results_;
};

inline Invocation invocation(std::string event) {
  return {.request_id = "11111111-2222-4333-8444-555555555555",
          .function_arn = "arn:aws:lambda:us-east-1:000000000000:function:f",
          .event = std::move(event)};
}

}  // namespace stator::testing_support
