#include "capacity/consumption_log.h"

#include <algorithm>

namespace stator {
namespace {

std::int64_t second_of(TimePoint now) {
  return now.time_since_epoch().count() / 1'000'000;
}

}  // namespace

void TrafficSeries::begin_slot(TimePoint now) {
  const std::int64_t second = second_of(now);
  if (last_end_ != TimePoint::min()) earlier_.push_back(last_);
  while (!earlier_.empty() && earlier_.front().second <= second - kKeptSeconds) {
    earlier_.pop_front();
  }
  last_ = {.second = second / slot_seconds_ * slot_seconds_, .traffic = {}};
  last_end_ = TimePoint(std::chrono::seconds(last_.second + slot_seconds_));
}

std::vector<TrafficSeries::Slot> TrafficSeries::slots(TimePoint now) const {
  const std::int64_t after = second_of(now) - kKeptSeconds;
  const auto first = std::find_if(earlier_.begin(), earlier_.end(),
                                  [after](const Slot& slot) { return slot.second > after; });
  std::vector<Slot> slots(first, earlier_.end());
  if (last_end_ != TimePoint::min() && last_.second > after) slots.push_back(last_);
  return slots;
}

ConsumptionLog::ConsumptionLog(const PartitionMap& partitions) {
  change_partitions(partitions, TimePoint{});
}

void ConsumptionLog::change_partitions(const PartitionMap& map, TimePoint now) {
  std::vector<PartitionTraffic> partitions;
  for (const Partition& partition : map.partitions()) {
    const auto found =
        std::find_if(partitions_.begin(), partitions_.end(),
                     [&](const PartitionTraffic& each) { return each.id == partition.id; });
    if (found == partitions_.end()) {
      partitions.push_back({partition.id, TrafficSeries(kPartitionSlotSeconds)});
    } else {
      partitions.push_back(std::move(*found));
      partitions_.erase(found);
    }
  }
  std::move(partitions_.begin(), partitions_.end(), std::back_inserter(former_));
  std::erase_if(former_,
                [now](const PartitionTraffic& each) { return each.series.slots(now).empty(); });
  partitions_ = std::move(partitions);
}

void ConsumptionLog::consumed(Direction direction, std::size_t partition, double units,
                              TimePoint now) {
  const auto of = static_cast<std::size_t>(direction);
  resource_.at(now).consumed[of] += units;
  partitions_[partition].series.at(now).consumed[of] += units;
  consumed_[of] += units;
}

void ConsumptionLog::throttled(Direction direction, std::size_t partition, ThrottleLimit limit,
                               double units, RefusedArm arm, CapacityMode mode, TimePoint now) {
  const auto of = static_cast<std::size_t>(direction);
  const bool is_event = arm == RefusedArm::event;
  const auto add = [&](TrafficSeries* series) {
    Traffic& traffic = series->at(now);
    traffic.throttled[of] += units;
    if (is_event) ++traffic.refusals[of];
  };
  add(&resource_);
  if (limit == ThrottleLimit::key_range) add(&partitions_[partition].series);
  if (!is_event) return;
  auto& events = mode == CapacityMode::enforce ? enforced_ : observed_;
  ++events[of][static_cast<std::size_t>(limit)];
}

}  // namespace stator
