// CloudWatch Contributor Insights of one table or global secondary index: whether it is on, and
// which keys it is to tell of.
#pragma once

#include <cstdint>

#include "stator/clock.h"

namespace stator {

enum class InsightsMode : std::uint8_t { accessed_and_throttled_keys = 1, throttled_keys = 2 };

enum class InsightsStatus : std::uint8_t { enabling, enabled, disabling, disabled };

// A value; what has never been enabled has none.
struct ContributorInsights {
  InsightsMode mode = InsightsMode::accessed_and_throttled_keys;
  bool enabled = false;
  TimePoint changed{};  // when this was asked for
  TimePoint until{};    // ENABLING or DISABLING ends then
  bool operator==(const ContributorInsights&) const = default;

  InsightsStatus status_at(TimePoint now) const {
    if (enabled) return now < until ? InsightsStatus::enabling : InsightsStatus::enabled;
    return now < until ? InsightsStatus::disabling : InsightsStatus::disabled;
  }
};

}  // namespace stator
