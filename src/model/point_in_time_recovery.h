// Point-in-time recovery of a table, while it is enabled: how far back the table can be restored.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "stator/clock.h"

namespace stator {

// AWS: RecoveryPeriodInDays is 1..35.
inline constexpr std::int64_t kRecoveryDaysMax = 35;

// A value. What lies before `floor` is gone: recovery was off then, or reached back less far.
struct PointInTimeRecovery {
  TimePoint enabled{};
  TimePoint floor{};
  std::int64_t days = kRecoveryDaysMax;
  bool operator==(const PointInTimeRecovery&) const = default;

  TimePoint earliest_at(TimePoint now) const {
    return std::max(floor, now - std::chrono::days(days));
  }

  // AWS lags behind by about five minutes.
  TimePoint latest_at(TimePoint now) const {
    return std::max(enabled, now - std::chrono::minutes(5));
  }

  // Whether the table can be had as it was at a moment.
  bool reaches(TimePoint moment, TimePoint now) const {
    return moment >= earliest_at(now) && moment <= latest_at(now);
  }
};

}  // namespace stator
