// The ends of invocations and discards, from the threads that see them to the one that delivers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/thread_annotations.h"
#include "streams/delivery_action.h"

namespace stator {

// The end of one action. A value.
struct Completion {
  std::string mapping;  // its UUID
  std::uint32_t shard = 0;
  std::size_t lane = 0;
  std::optional<InvocationResult> result;  // nullopt: the batch was discarded
};

// A resource; thread-safe.
class Completions {
 public:
  //   wake  called after each that is added, without locks held
  explicit Completions(std::function<void()> wake) : wake_(std::move(wake)) {}

  void add(Completion completion) {
    {
      const MutexLock lock(&mu_);
      ended_.push_back(std::move(completion));
    }
    wake_();
  }

  // All that were added since the last call, in their order.
  std::vector<Completion> take() {
    const MutexLock lock(&mu_);
    return std::exchange(ended_, {});
  }

 private:
  const std::function<void()> wake_;
  Mutex mu_;
  std::vector<Completion> ended_ GUARDED_BY(mu_);
};

}  // namespace stator
