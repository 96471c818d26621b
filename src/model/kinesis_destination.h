// A Kinesis data stream that a table was told to send its changes to. Nothing is sent there: it is
// kept and described, so that what sets up tables finds what it asked for.
#pragma once

#include <cstdint>
#include <string>

#include "stator/clock.h"

namespace stator {

enum class TimestampPrecision : std::uint8_t { millisecond = 1, microsecond = 2 };

enum class DestinationStatus : std::uint8_t {
  active = 1,
  enabling = 2,
  disabling = 3,
  disabled = 4,
  updating = 5,
};

// A value. Refers to its stream by name alone.
struct KinesisDestination {
  std::string stream_arn;
  TimestampPrecision precision = TimestampPrecision::millisecond;
  DestinationStatus entered = DestinationStatus::enabling;  // one of enabling, disabling, updating
  TimePoint until{};                                        // what was entered ends then
  bool operator==(const KinesisDestination&) const = default;

  DestinationStatus status_at(TimePoint now) const {
    if (now < until) return entered;
    return entered == DestinationStatus::disabling ? DestinationStatus::disabled
                                                   : DestinationStatus::active;
  }
};

}  // namespace stator
