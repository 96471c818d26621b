#include "capacity/token_bucket.h"

#include <algorithm>

namespace stator {

TokenBucket::TokenBucket(Flow flow, double tokens, TimePoint now)
    : flow_(flow), tokens_(std::min(tokens, flow.depth)), refilled_(now) {}

void TokenBucket::refill(TimePoint now) {
  if (now <= refilled_) return;
  const std::chrono::duration<double> passed = now - refilled_;
  tokens_ = std::min(flow_.depth, tokens_ + passed.count() * flow_.rate);
  refilled_ = now;
}

void TokenBucket::change(Flow flow, TimePoint now) {
  refill(now);
  flow_ = flow;
  tokens_ = std::min(tokens_, flow_.depth);
}

}  // namespace stator
