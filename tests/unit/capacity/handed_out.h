// What a bucket may hand out at most: a referee that knows nothing of how buckets count.
#pragma once

#include <algorithm>
#include <chrono>

#include "capacity/token_bucket.h"

namespace stator {

// In any stretch of time a bucket hands out at most rate x time + depth, and what it is owed at the
// end. Keeps the greatest excess over rate x time of all stretches that end now.
class HandedOut {
 public:
  HandedOut(TokenBucket::Flow flow, TimePoint now) : flow_(flow), last_(now) {}

  // An operation of `units` passed at `now`; whether that was right, with `tokens` held afterwards.
  bool allows(double units, double tokens, TimePoint now) {
    const std::chrono::duration<double> passed = now - last_;
    last_ = now;
    excess_ = std::max(0.0, excess_ - flow_.rate * passed.count()) + units;
    return excess_ <= flow_.depth + std::max(0.0, -tokens) + kRounding;
  }

 private:
  static constexpr double kRounding = 1e-3;

  TokenBucket::Flow flow_;
  TimePoint last_;
  double excess_ = 0;
};

}  // namespace stator
