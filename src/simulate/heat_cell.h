// How much of its limit a partition served during a part of its life.
#pragma once

#include <cstddef>

#include "simulate/report_data.h"
#include "simulate/time_axis.h"

namespace stator {

inline constexpr std::size_t kHeatLevels = 10;  // colours; idle has none

struct SlotRange {
  std::size_t first = 0;
  std::size_t end = 0;
};

// A value.
struct HeatCell {
  double share = 0;  // of the partition's limit; savings make it a little more than 1
  bool is_throttled = false;
  double start = 0;  // seconds; what of the slots the partition lived
  double end = 0;

  // 0: idle; else 1 to kHeatLevels.
  std::size_t level() const;
};

HeatCell heat_cell(const PartitionReport& partition, Direction direction, const SlotRange& range,
                   const TimeAxis& axis);

// The most of its limit that it served in any slot.
double busiest_share(const PartitionReport& partition, Direction direction, const TimeAxis& axis);

// When it was cut; the end of the simulation where it was not.
double end_of(const PartitionReport& partition, const TimeAxis& axis);

}  // namespace stator
