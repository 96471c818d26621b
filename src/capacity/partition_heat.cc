#include "capacity/partition_heat.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "capacity/limits.h"

namespace stator {
namespace {

// What the demand of a read counts that was refused: its cost is unknown, at least the minimum.
constexpr double kRefusedReadUnits = 0.5;

std::int64_t second_of(TimePoint now) {
  return now.time_since_epoch().count() / 1'000'000;
}

}  // namespace

HeatWindow::HeatWindow(Direction direction, std::uint64_t seed)
    : hot_units_(kHotShare * partition_flow(direction).rate), asked_(seed), served_(seed) {}

void HeatWindow::end_second(std::int64_t second) {
  if (units_ >= hot_units_) ++hot_seconds_;
  units_ = 0;
  second_ = second;
  if (second < window_end_) return;
  hot_ = hot_seconds_ >= kHotSecondsMin;
  if (hot_) return;
  restart();
}

void HeatWindow::restart() {
  window_end_ = second_ + kHeatSeconds;
  hot_seconds_ = 0;
  hot_ = false;
  asked_.clear();
  served_.clear();
}

PartitionHeat::PartitionHeat(const PartitionMap& partitions, CollectionCuts collections,
                             std::uint64_t seed)
    : collections_(collections), seed_(seed) {
  change_partitions(partitions);
}

PartitionHeat::Heat PartitionHeat::cold(std::uint32_t id) const {
  const std::uint64_t seed = seed_ + std::uint64_t{id} * kDirections;
  return {id, {HeatWindow(Direction::read, seed), HeatWindow(Direction::write, seed + 1)}};
}

void PartitionHeat::change_partitions(const PartitionMap& map) {
  std::vector<Heat> partitions;
  for (const Partition& partition : map.partitions()) {
    const auto found = std::find_if(partitions_.begin(), partitions_.end(),
                                    [&](const Heat& heat) { return heat.id == partition.id; });
    partitions.push_back(found == partitions_.end() ? cold(partition.id) : *found);
  }
  partitions_ = std::move(partitions);
}

void PartitionHeat::add_served(Direction direction, std::size_t partition,
                               std::string_view position, double units, TimePoint now) {
  HeatWindow& asked = window(direction, partition);
  asked.add(units, second_of(now));
  asked.sample_served(position, units);
  if (asked.is_hot()) [[unlikely]]
    decide(&partitions_[partition], asked);
}

void PartitionHeat::add_refused(Direction direction, std::size_t partition,
                                std::string_view position, double units, TimePoint now) {
  HeatWindow& asked = window(direction, partition);
  asked.add(std::max(units, kRefusedReadUnits), second_of(now));
  asked.sample_refused(position, units);
}

// Both directions begin again, or the other one would cut the same partition once more.
void PartitionHeat::decide(Heat* heat, const HeatWindow& hot) {
  std::optional<std::string> position = hot.cut(collections_);
  if (position) {
    decisions_.push_back({.partition = heat->id, .position = std::move(*position)});
  }
  for (HeatWindow& window : heat->windows) window.restart();
}

std::vector<SplitDecision> PartitionHeat::take_decisions() {
  return std::exchange(decisions_, {});
}

}  // namespace stator
