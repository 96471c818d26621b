// The token buckets of one table or global secondary index: what it may consume, and what it did.
//
// Each direction has, in the order in which they are checked:
//
//   account        on demand     40,000 units a second, the quota of one table or index
//   max_on_demand  on demand     the OnDemandThroughput maximum, 300 seconds saved
//   provisioned    provisioned   the provisioned rate P, 300 seconds saved. One bucket for the
//   whole
//                                resource: that is burst and instant adaptive capacity at once, for
//                                a hot partition takes what the others leave
//   scaled         on demand     the greater of warm throughput and twice the previous peak
//   partition      always        3000 read or 1000 write units a second
//
// AWS retains "unused" capacity and does not document what a new resource has: BurstAtStart says
// whether it begins with the 300 seconds or with one of them. The buckets with a depth of one
// second are full either way.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "capacity/limits.h"
#include "capacity/previous_peak.h"
#include "capacity/throttle_reason.h"
#include "capacity/token_bucket.h"
#include "model/partition_map.h"
#include "stator/capacity.h"

namespace stator {

enum class CapacityLevel : std::uint8_t { account, max_on_demand, provisioned, scaled, partition };

// As ThrottlingReasons tell it.
constexpr ThrottleLimit throttle_limit(CapacityLevel level) {
  switch (level) {
    case CapacityLevel::account:
      return ThrottleLimit::account;
    case CapacityLevel::max_on_demand:
      return ThrottleLimit::max_on_demand;
    case CapacityLevel::provisioned:
      return ThrottleLimit::provisioned;
    case CapacityLevel::scaled:
    case CapacityLevel::partition:
      break;
  }
  return ThrottleLimit::key_range;
}

// One direction of a resource: its buckets but those of its partitions. A value; not synchronised.
class DirectionMeter {
 public:
  struct Level {
    CapacityLevel level;
    TokenBucket bucket;
  };

  DirectionMeter(Direction direction, const ResourceLimits& limits, BurstAtStart burst,
                 TimePoint now);

  // What was saved at a level that remains stays.
  void change_limits(const ResourceLimits& limits, TimePoint now);

  // Units per second that an on-demand resource serves at once.
  double scaled_rate() const;
  double previous_peak() const { return peak_.per_second(); }

  void advance(TimePoint now);
  void count(double units) { peak_.add(units); }

  // In the order of checks; refilled by advance().
  std::vector<Level>& levels() { return levels_; }

 private:
  void make_levels(TimePoint now);
  void keep_or_make(CapacityLevel level, TokenBucket::Flow flow, TimePoint now,
                    std::vector<Level>* levels) const;

  const Direction direction_;
  ResourceLimits limits_;
  BurstAtStart burst_;
  PreviousPeak peak_;
  std::vector<Level> levels_;
};

// A value; not synchronised: its owner guards it. `partition` is a place in the map's partitions().
// Never fails: whoever asks with a place that the map does not have is wrong.
class ResourceMeter {
 public:
  ResourceMeter(const ResourceLimits& limits, const PartitionMap& partitions, BurstAtStart burst,
                TimePoint now);

  void change_limits(const ResourceLimits& limits, TimePoint now);

  // A partition that remains keeps its buckets; a child begins with what its parent held.
  void change_partitions(const PartitionMap& partitions, TimePoint now);

  // --- Writes, whose cost is known: reserve on every arm of a request, then take or release each.

  // Sets units aside at all levels; the first level that does not bear them, if any.
  std::optional<CapacityLevel> reserve(Direction direction, std::size_t partition, double units,
                                       TimePoint now);
  void take(Direction direction, std::size_t partition, double units);
  void release(Direction direction, std::size_t partition, double units);

  // --- Reads, whose cost is known afterwards.

  // The first level that holds no tokens, if any.
  std::optional<CapacityLevel> refusal(Direction direction, std::size_t partition, TimePoint now);
  // May leave a debt at any level.
  void charge(Direction direction, std::size_t partition, double units, TimePoint now);

  // --- What the owner acts on and reports.

  // The partitions that this resource should have by now, so that an on-demand one serves twice its
  // peak (at most the account's quota); see PartitionMap::grown_to.
  std::uint32_t partitions_wanted(TimePoint now);

  // What an on-demand resource serves at once. The owner keeps it as warm throughput, which
  // survives a restart and a change of billing mode.
  UnitRates scaled_rates(TimePoint now);

  // The buckets of the resource as of `now`, in the order of checks.
  std::vector<DirectionMeter::Level> levels(Direction direction, TimePoint now);

  // The bucket of one partition as of `now`.
  TokenBucket partition_bucket(Direction direction, std::size_t partition, TimePoint now) const;

 private:
  struct PartitionBuckets {
    std::uint32_t id;
    std::array<TokenBucket, kDirections> buckets;
  };

  DirectionMeter& meter(Direction direction) {
    return directions_[static_cast<std::size_t>(direction)];
  }
  TokenBucket& bucket(Direction direction, std::size_t partition) {
    return partitions_[partition].buckets[static_cast<std::size_t>(direction)];
  }
  const PartitionBuckets* find(std::uint32_t id) const;
  // Those of the partition, or of its nearest ancestor that has some; null where there are none.
  const PartitionBuckets* find_lineage(const PartitionMap& map, const Partition& partition) const;

  BillingMode billing_;
  BurstAtStart burst_;
  std::array<DirectionMeter, kDirections> directions_;
  std::vector<PartitionBuckets> partitions_;  // in the order of the map's
};

}  // namespace stator
