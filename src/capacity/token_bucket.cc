#include "capacity/token_bucket.h"

#include <algorithm>

namespace stator {

TokenBucket::TokenBucket(Flow flow, double tokens, TimePoint now)
    : flow_(flow), tokens_(tokens), refilled_(now) {}

void TokenBucket::refill(TimePoint now) {
  if (now <= refilled_) return;
  const std::chrono::duration<double> passed = now - refilled_;
  refilled_ = now;
  if (tokens_ >= flow_.depth) return;
  tokens_ = std::min(flow_.depth, tokens_ + passed.count() * flow_.rate);
}

void TokenBucket::change(Flow flow, TimePoint now) {
  refill(now);
  const bool has_surplus = tokens_ > flow_.depth;
  flow_ = flow;
  if (!has_surplus) tokens_ = std::min(tokens_, flow_.depth);
}

}  // namespace stator
