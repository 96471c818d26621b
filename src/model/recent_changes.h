// When the settings of a table were changed that AWS lets be changed only so often.
#pragma once

#include <vector>

#include "stator/clock.h"

namespace stator {

// Of each setting the moments that its limit still counts, the oldest first. A value.
struct RecentChanges {
  std::vector<TimePoint> deletion_protection;
  std::vector<TimePoint> table_class;
  std::vector<TimePoint> to_on_demand;  // from provisioned
  std::vector<TimePoint> encryption;
  bool operator==(const RecentChanges&) const = default;
};

}  // namespace stator
