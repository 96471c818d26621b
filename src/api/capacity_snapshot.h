// What the capacity engine knows of a table and its global indexes, copied out to be shown.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "capacity/resource_capacity.h"
#include "storage/catalog.h"

namespace stator {

// Values all; by Direction where there are two.

struct PartitionSnapshot {
  std::uint32_t id = 0;
  std::vector<TokenBucket> buckets;
  std::vector<TrafficSeries::Slot> traffic;
};

// The greatest of one sketch, at most kShownHotKeys.
struct HotKeySnapshot {
  std::vector<HotKey> keys;
  double total = 0;  // units of all keys
};

struct SketchSnapshot {
  HotKeySnapshot collections;
  HotKeySnapshot items;
};

struct ResourceSnapshot {
  std::string index;  // its name; empty: the table
  PartitionMap map;
  std::array<std::vector<DirectionMeter::Level>, kDirections> levels;
  std::vector<TrafficSeries::Slot> traffic;
  std::vector<PartitionSnapshot> partitions;  // those of the map, in its order
  std::vector<PartitionSnapshot> former;      // gone, with traffic in the last hour; no buckets
  SketchSnapshot used;
  SketchSnapshot throttled;
};

struct CapacitySnapshot {
  std::shared_ptr<const Table> table;       // whose partitions these are
  std::vector<ResourceSnapshot> resources;  // the table, then its indexes by name
};

// What a resource did since it is metered.
struct ResourceTotals {
  using LimitCounts = std::array<std::uint64_t, kThrottleLimits>;

  std::string index;
  std::array<double, kDirections> consumed{};  // units
  std::array<LimitCounts, kDirections> throttled{};
  std::array<LimitCounts, kDirections> observed{};  // what would have been throttled
};

// AWS: contributors that a report shows at most.
inline constexpr std::size_t kShownHotKeys = 25;

// The caller guards the resource.
ResourceSnapshot snapshot_of(std::string index, ResourceCapacity* resource, TimePoint now);
ResourceTotals totals_of(std::string index, const ResourceCapacity& resource);

}  // namespace stator
