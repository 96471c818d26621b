// When the requests of a load begin.
#pragma once

#include <chrono>
#include <optional>

#include "base/random.h"
#include "simulate/workload.h"

namespace stator {

// Times from the start of a phase on, each at or after the one before. A value. Never fails.
//
// A rate that changes is a steady one on a stretched clock: the n-th request begins when the
// integral of the rate has come to the n-th point of an even or random sequence of one a second.
class ArrivalTimes {
 public:
  ArrivalTimes(const Rate& rate, Arrivals arrivals, std::chrono::microseconds duration,
               Random random);

  // Nothing once the phase is over.
  std::optional<std::chrono::microseconds> next();

 private:
  // The time when so many requests have begun; past the end when they never will.
  double seconds_of(double requests) const;

  double from_;
  double slope_;  // of the rate, per second
  double seconds_;
  double total_;  // requests of the phase
  Arrivals arrivals_;
  Random random_;
  double point_ = 0;
  bool begun_ = false;
};

}  // namespace stator
