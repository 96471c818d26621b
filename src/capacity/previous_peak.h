// The previous peak of an on-demand resource: twice of it is served at once.
//
// AWS: "if you exceed double your previous peak within 30 minutes, throttling can occur"; a level
// that held becomes the previous peak. Here a level is the average of a minute (the grain of AWS's
// own metrics), and it counts from 30 minutes after that minute on, for ever: partitions, which are
// what the peak left behind, are never merged.
#pragma once

#include <array>
#include <cstdint>

#include "stator/clock.h"

namespace stator {

// Of one direction. A value of fixed size; not synchronised: its owner guards it. Never fails.
class PreviousPeak {
 public:
  explicit PreviousPeak(TimePoint now) : minute_(minute_of(now)) {}

  // Moves to the minute of `now`; whether the peak rose. A clock that goes back changes nothing.
  bool advance(TimePoint now) {
    const std::int64_t minute = minute_of(now);
    return minute > minute_ && advance_to(minute);
  }

  // Counts units that were consumed in the minute of the last advance().
  void add(double units) { units_[slot(minute_)] += units; }

  // Units per second.
  double per_second() const { return peak_; }

 private:
  static constexpr std::int64_t kMinutes = 31;  // the one under way and 30 that do not count yet

  static std::int64_t minute_of(TimePoint now) {
    return now.time_since_epoch().count() / 60'000'000;
  }
  static std::size_t slot(std::int64_t minute) {
    return static_cast<std::size_t>(minute % kMinutes);
  }
  bool advance_to(std::int64_t minute);

  std::array<double, kMinutes> units_{};
  std::int64_t minute_;
  double peak_ = 0;
};

}  // namespace stator
