#include "capacity/resource_capacity.h"

namespace stator {
namespace {

// AWS: Contributor Insights ranks accessed keys by 3 x WCU + RCU.
constexpr double kWriteUnitWeight = 3;

}  // namespace

ResourceCapacity::ResourceCapacity(const ResourceOptions& options, const ResourceLimits& limits,
                                   const PartitionMap& partitions, TimePoint now)
    : kind_(options.kind),
      partitions_(partitions),
      meter_(limits, partitions, options.burst, now),
      heat_(partitions, options.collections, options.seed),
      log_(partitions),
      used_(options.seed),
      throttled_(options.seed) {}

void ResourceCapacity::change_definition(const ResourceLimits& limits,
                                         const PartitionMap& partitions, CollectionCuts collections,
                                         TimePoint now) {
  meter_.change_limits(limits, now);
  heat_.change_collections(collections);
  if (partitions == partitions_) return;
  partitions_ = partitions;
  meter_.change_partitions(partitions, now);
  heat_.change_partitions(partitions);
  log_.change_partitions(partitions, now);
}

void ResourceCapacity::count_consumed(Direction direction, std::size_t partition,
                                      const CapacityPlace& place, double units, TimePoint now) {
  log_.consumed(direction, partition, units, now);
  heat_.add_served(direction, partition, place.position, units, now);
  used_.add(place, direction == Direction::write ? kWriteUnitWeight * units : units, now);
}

void ResourceCapacity::count_throttled(Direction direction, std::size_t partition,
                                       const CapacityPlace& place, CapacityLevel level,
                                       double units, RefusedArm arm, CapacityMode mode,
                                       TimePoint now) {
  log_.throttled(direction, partition, throttle_limit(level), units, arm, mode, now);
  // What is only observed is served as well, and counted there.
  if (level == CapacityLevel::partition && mode == CapacityMode::enforce) {
    heat_.add_refused(direction, partition, place.position, units, now);
  }
  throttled_.add(place, 1, now);
}

}  // namespace stator
