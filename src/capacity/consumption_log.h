// What a resource and its partitions consumed and refused over the last hour, for reports; and how
// often each limit was hit since the start, for metrics.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "capacity/throttle_reason.h"
#include "model/partition_map.h"
#include "stator/capacity.h"

namespace stator {

struct Traffic {
  std::array<double, kDirections> consumed{};   // units, by Direction
  std::array<double, kDirections> throttled{};  // units that were asked for and refused; of a read,
                                                // whose cost nobody knows, none
  std::array<std::uint32_t, kDirections> refusals{};  // how many
  bool operator==(const Traffic&) const = default;
};

// Traffic by time of one thing: a slot for each `slot_seconds` of the last hour in which there was
// any, so that what is idle takes no memory; at most 3600 / slot_seconds slots of 48 bytes. A
// value; not synchronised. Never fails.
class TrafficSeries {
 public:
  struct Slot {
    std::int64_t second = 0;  // its first, since the epoch
    Traffic traffic;
    bool operator==(const Slot&) const = default;
  };
  static constexpr std::int64_t kKeptSeconds = 3600;

  explicit TrafficSeries(std::int64_t slot_seconds) : slot_seconds_(slot_seconds) {}

  // The slot of `now`, to be added to. A clock that goes back adds to the last slot.
  Traffic& at(TimePoint now) {
    if (now >= last_end_) [[unlikely]]
      begin_slot(now);
    return last_.traffic;
  }

  // The slots of the hour before `now`, in order of time.
  std::vector<Slot> slots(TimePoint now) const;

  std::int64_t slot_seconds() const { return slot_seconds_; }

 private:
  void begin_slot(TimePoint now);

  std::int64_t slot_seconds_;
  TimePoint last_end_ = TimePoint::min();  // of last_; min: there was none yet
  Slot last_;
  std::deque<Slot> earlier_;
};

// A value; not synchronised: its owner guards it. Partitions have slots of ten seconds, the
// resource has slots of one: 173 KB for the resource and 17 KB for each partition that is busy all
// the time.
class ConsumptionLog {
 public:
  struct PartitionTraffic {
    std::uint32_t id = 0;
    TrafficSeries series;
  };
  static constexpr std::int64_t kPartitionSlotSeconds = 10;

  explicit ConsumptionLog(const PartitionMap& partitions);

  // Partitions that are gone stay as long as they have traffic within the hour.
  void change_partitions(const PartitionMap& partitions, TimePoint now);

  void consumed(Direction direction, std::size_t partition, double units, TimePoint now);

  // A request was refused here (or, where capacity is only observed, would have been).
  //   partition  where the arm lies; it is charged with the refusal only when the limit is its own
  //   arm        the units are counted either way
  //   mode       enforce or observe
  void throttled(Direction direction, std::size_t partition, ThrottleLimit limit, double units,
                 RefusedArm arm, CapacityMode mode, TimePoint now);

  const TrafficSeries& resource() const { return resource_; }
  // Those of the map, in its order; and those that are gone, in the order in which they went.
  const std::vector<PartitionTraffic>& partitions() const { return partitions_; }
  const std::vector<PartitionTraffic>& former() const { return former_; }

  // Since the start, for counters: units, and refusals by limit; those of `observe` are what would
  // have been refused.
  double consumed_units(Direction direction) const {
    return consumed_[static_cast<std::size_t>(direction)];
  }
  std::uint64_t throttle_events(Direction direction, ThrottleLimit limit,
                                CapacityMode mode = CapacityMode::enforce) const {
    const LimitCounts& counts = mode == CapacityMode::enforce ? enforced_ : observed_;
    return counts[static_cast<std::size_t>(direction)][static_cast<std::size_t>(limit)];
  }

 private:
  using LimitCounts = std::array<std::array<std::uint64_t, kThrottleLimits>, kDirections>;

  TrafficSeries resource_{1};
  std::vector<PartitionTraffic> partitions_;
  std::vector<PartitionTraffic> former_;
  std::array<double, kDirections> consumed_{};
  LimitCounts enforced_{};
  LimitCounts observed_{};
};

}  // namespace stator
