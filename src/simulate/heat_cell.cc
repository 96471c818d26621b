#include "simulate/heat_cell.h"

#include <algorithm>
#include <cmath>

#include "capacity/limits.h"

namespace stator {

double end_of(const PartitionReport& partition, const TimeAxis& axis) {
  return partition.ended.value_or(axis.seconds());
}

std::size_t HeatCell::level() const {
  const auto levels = static_cast<double>(kHeatLevels);
  return static_cast<std::size_t>(std::clamp(std::ceil(share * levels), 0.0, levels));
}

HeatCell heat_cell(const PartitionReport& partition, Direction direction, const SlotRange& range,
                   const TimeAxis& axis) {
  const auto d = static_cast<std::size_t>(direction);
  const std::size_t first = std::max(range.first, partition.first_slot);
  const std::size_t end = std::min(range.end, partition.first_slot + partition.slots.size());
  double units = 0;
  HeatCell cell;
  for (std::size_t slot = first; slot < end; ++slot) {
    const PartitionSlot& used = partition.slots[slot - partition.first_slot];
    units += used.consumed[d];
    cell.is_throttled = cell.is_throttled || used.throttled[d] > 0;
  }
  cell.start = std::max(axis.slot_start(range.first), partition.born);
  cell.end = std::min(axis.slot_start(range.end - 1) + axis.slot_seconds(range.end - 1),
                      end_of(partition, axis));
  // A partition's bucket holds a second: less than that says nothing about a rate.
  const double lived = std::max(cell.end - cell.start, kSteadySeconds);
  cell.share = units / lived / partition_flow(direction).rate;
  return cell;
}

double busiest_share(const PartitionReport& partition, Direction direction, const TimeAxis& axis) {
  double most = 0;
  for (std::size_t i = 0; i < partition.slots.size(); ++i) {
    const std::size_t slot = partition.first_slot + i;
    most = std::max(most, heat_cell(partition, direction, {slot, slot + 1}, axis).share);
  }
  return most;
}

}  // namespace stator
