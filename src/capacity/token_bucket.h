// A token bucket that may go into debt: admits while it holds tokens, then owes what an operation
// really cost.
//
// What it hands out in a time is at most rate x time + depth, and a debt that it waits to have paid
// before it hands out more: what the last operation cost beyond what was there.
#pragma once

#include <chrono>

#include "stator/clock.h"

namespace stator {

// Tokens are units of capacity (halves of a unit exist), the rate is units per second. A value; not
// synchronised: its owner guards it. Never fails.
class TokenBucket {
 public:
  struct Flow {
    double rate = 0;   // units per second
    double depth = 0;  // units that it saves at most
    bool operator==(const Flow&) const = default;
  };

  // Holds `tokens` at `now`. What exceeds the depth is spent and does not come back.
  TokenBucket(Flow flow, double tokens, TimePoint now);

  // Adds what has come in since the last call. A clock that stands still or goes back adds nothing.
  void refill(TimePoint now);

  // As of the last refill; below zero in debt.
  double tokens() const { return tokens_; }
  const Flow& flow() const { return flow_; }

  // Whether an operation of a cost that is not known yet may start.
  bool admits() const { return tokens_ > 0; }

  // Takes `units`; the balance may become negative.
  void charge(double units) { tokens_ -= units; }

  // Sets `units` aside for one arm of a request, and says whether the bucket bears all that it has
  // set aside. A full bucket bears anything, or what costs more than its depth could never pass.
  // Each call is followed by take() or release() of the same units once all arms are known.
  bool reserve(double units) {
    reserved_ += units;
    return tokens_ >= reserved_ || tokens_ >= flow_.depth;
  }
  void take(double units) {
    reserved_ -= units;
    tokens_ -= units;
  }
  void release(double units) { reserved_ -= units; }

  // Goes on at another rate. What was saved stays, up to the new depth; more than the old depth
  // held stays whole.
  void change(Flow flow, TimePoint now);

 private:
  Flow flow_;
  double tokens_;
  double reserved_ = 0;
  TimePoint refilled_;
};

}  // namespace stator
