#include "capacity/previous_peak.h"

#include <algorithm>

namespace stator {

bool PreviousPeak::advance_to(std::int64_t minute) {
  const double before = peak_;
  const std::int64_t steps = std::min(minute - minute_, kMinutes);
  minute_ = minute;
  for (std::int64_t step = steps - 1; step >= 0; --step) {
    double& ended = units_[slot(minute - step)];
    peak_ = std::max(peak_, ended / 60);
    ended = 0;
  }
  return peak_ > before;
}

}  // namespace stator
