// Everything that the capacity engine knows of one table or global secondary index.
#pragma once

#include <string_view>
#include <vector>

#include "capacity/consumption_log.h"
#include "capacity/key_sketches.h"
#include "capacity/limits.h"
#include "capacity/partition_heat.h"
#include "capacity/resource_meter.h"
#include "capacity/throttle_reason.h"
#include "model/partition_map.h"

namespace stator {

struct ResourceOptions {
  ResourceKind kind = ResourceKind::table;
  CollectionCuts collections = CollectionCuts::allowed;  // never: of a table with local indexes
  BurstAtStart burst = BurstAtStart::none;
  std::uint64_t seed = 1;  // of the samples that splits are decided on
};

// Buckets, heat, sketches and log of one resource, kept in step. A resource in the sense of
// ownership, not a value: requests refer to it while they run.
//
// Not synchronised: the owner guards it. Arms of one request are mostly of one table and its
// indexes, so one mutex for these is enough; a request over several tables takes their mutexes in
// the order of the tables' names. Never fails.
//
// What the owner does beside requests (admission.h):
//   - change_definition after the catalog changed, with the new limits and partitions
//   - take_splits and partitions_wanted about once a second, or when has_splits says so; it cuts or
//     grows the PartitionMap, publishes the definition, and calls change_definition
class ResourceCapacity {
 public:
  ResourceCapacity(const ResourceOptions& options, const ResourceLimits& limits,
                   const PartitionMap& partitions, TimePoint now);
  ResourceCapacity(const ResourceCapacity&) = delete;
  ResourceCapacity& operator=(const ResourceCapacity&) = delete;

  void change_definition(const ResourceLimits& limits, const PartitionMap& partitions,
                         CollectionCuts collections, TimePoint now);

  ResourceKind kind() const { return kind_; }
  const PartitionMap& partitions() const { return partitions_; }
  std::size_t partition_of(const CapacityPlace& place) const {
    return partitions_.index_of(place.position);
  }

  ResourceMeter& meter() { return meter_; }
  const ConsumptionLog& log() const { return log_; }

  // Records units that were consumed: in log, sketches and heat. The buckets are the caller's.
  void count_consumed(Direction direction, std::size_t partition, const CapacityPlace& place,
                      double units, TimePoint now);

  // Records a refusal: in log and sketches, and in heat when it was the partition's.
  //   units  0 of a read, whose cost nobody knows
  //   mode   enforce or observe
  void count_throttled(Direction direction, std::size_t partition, const CapacityPlace& place,
                       CapacityLevel level, double units, RefusedArm arm, CapacityMode mode,
                       TimePoint now);

  bool has_splits() const { return heat_.has_decisions(); }
  std::vector<SplitDecision> take_splits() { return heat_.take_decisions(); }

  // Used ones are weighed as Contributor Insights does, three for a write unit and one for a read
  // unit; throttled ones count requests.
  KeySketches& used() { return used_; }
  KeySketches& throttled() { return throttled_; }

 private:
  ResourceKind kind_;
  PartitionMap partitions_;
  ResourceMeter meter_;
  PartitionHeat heat_;
  ConsumptionLog log_;
  KeySketches used_;
  KeySketches throttled_;
};

}  // namespace stator
