#include "api/capacity_snapshot.h"

#include <utility>

namespace stator {
namespace {

constexpr std::array<Direction, kDirections> kBoth = {Direction::read, Direction::write};

HotKeySnapshot snapshot_of(HotKeys* sketch, TimePoint now) {
  return {.keys = sketch->top(kShownHotKeys, now), .total = sketch->total(now)};
}

SketchSnapshot snapshot_of(KeySketches* sketches, TimePoint now) {
  return {.collections = snapshot_of(&sketches->collections(), now),
          .items = snapshot_of(&sketches->items(), now)};
}

PartitionSnapshot snapshot_of(const ConsumptionLog::PartitionTraffic& partition, TimePoint now) {
  return {.id = partition.id, .buckets = {}, .traffic = partition.series.slots(now)};
}

}  // namespace

ResourceSnapshot snapshot_of(std::string index, ResourceCapacity* resource, TimePoint now) {
  ResourceSnapshot snapshot;
  snapshot.index = std::move(index);
  snapshot.map = resource->partitions();
  snapshot.traffic = resource->log().resource().slots(now);
  for (const Direction direction : kBoth) {
    snapshot.levels[static_cast<std::size_t>(direction)] = resource->meter().levels(direction, now);
  }
  for (const ConsumptionLog::PartitionTraffic& each : resource->log().partitions()) {
    PartitionSnapshot partition = snapshot_of(each, now);
    for (const Direction direction : kBoth) {
      partition.buckets.push_back(
          resource->meter().partition_bucket(direction, snapshot.partitions.size(), now));
    }
    snapshot.partitions.push_back(std::move(partition));
  }
  for (const ConsumptionLog::PartitionTraffic& each : resource->log().former()) {
    snapshot.former.push_back(snapshot_of(each, now));
  }
  snapshot.used = snapshot_of(&resource->used(), now);
  snapshot.throttled = snapshot_of(&resource->throttled(), now);
  return snapshot;
}

ResourceTotals totals_of(std::string index, const ResourceCapacity& resource) {
  ResourceTotals totals;
  totals.index = std::move(index);
  for (const Direction direction : kBoth) {
    const auto of = static_cast<std::size_t>(direction);
    totals.consumed[of] = resource.log().consumed_units(direction);
    for (std::size_t limit = 0; limit < kThrottleLimits; ++limit) {
      const auto count = [&](CapacityMode mode) {
        return resource.log().throttle_events(direction, static_cast<ThrottleLimit>(limit), mode);
      };
      totals.throttled[of][limit] = count(CapacityMode::enforce);
      totals.observed[of][limit] = count(CapacityMode::observe);
    }
  }
  return totals;
}

}  // namespace stator
