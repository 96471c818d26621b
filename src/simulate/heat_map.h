// A picture of partitions over time: a row for each partition, colour for how much of its limit it
// served, a mark where the limit throttled, a fork where a partition splits.
#pragma once

#include <string>

#include "simulate/partition_layout.h"
#include "simulate/report_data.h"
#include "simulate/time_axis.h"

namespace stator {

// What bounds the picture's size.
inline constexpr std::size_t kHeatRowsMost = 200;
inline constexpr std::size_t kHeatColumnsMost = 300;

struct HeatMap {
  const ResourceReport& resource;
  Direction direction = Direction::read;
  const PartitionLayout& layout;
};

// Appends the drawing and its legend.
void append_heat_map(const HeatMap& map, const TimeAxis& axis, std::string* out);

}  // namespace stator
