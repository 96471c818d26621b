#include "capacity/admission.h"

#include <array>

namespace stator {
namespace {

// An arm that a level refused.
struct Refusal {
  std::size_t arm;
  CapacityLevel level;
  RefusedArm counted_as = RefusedArm::event;
};

// The partition of each arm, looked up once. Few requests have more arms than stand in place.
class ArmPartitions {
 public:
  explicit ArmPartitions(std::span<const CapacityArm> arms) {
    for (std::size_t i = 0; i < arms.size(); ++i) {
      const std::size_t partition = arms[i].resource->partition_of(arms[i].place);
      if (i < few_.size()) {
        few_[i] = partition;
      } else {
        more_.push_back(partition);
      }
    }
  }
  std::size_t operator[](std::size_t arm) const {
    return arm < few_.size() ? few_[arm] : more_[arm - few_.size()];
  }

 private:
  std::array<std::size_t, 8> few_;
  std::vector<std::size_t> more_;
};

void count_refusals(std::span<const CapacityArm> arms, const ArmPartitions& partitions,
                    const std::vector<Refusal>& refusals, Direction direction, CapacityMode mode,
                    TimePoint now) {
  for (const Refusal& refusal : refusals) {
    const CapacityArm& arm = arms[refusal.arm];
    const double units = direction == Direction::write ? arm.units : 0;
    arm.resource->count_throttled(direction, partitions[refusal.arm], arm.place, refusal.level,
                                  units, refusal.counted_as, mode, now);
  }
}

Throttles throttles_of(std::span<const CapacityArm> arms, const std::vector<Refusal>& refusals,
                       Direction direction) {
  Throttles throttles;
  for (const Refusal& refusal : refusals) {
    throttles.push_back({.arm = refusal.arm,
                         .reason = {.resource = arms[refusal.arm].resource->kind(),
                                    .direction = direction,
                                    .limit = throttle_limit(refusal.level)}});
  }
  return throttles;
}

// Two neighbouring arms of one index are those of one write: between two writes is a table's.
RefusedArm counted_as(std::span<const CapacityArm> arms, std::size_t arm,
                      const std::vector<Refusal>& before) {
  const bool is_same = !before.empty() && before.back().arm + 1 == arm &&
                       arms[arm].resource->kind() == ResourceKind::index &&
                       arms[arm].resource == arms[arm - 1].resource;
  return is_same ? RefusedArm::of_same_event : RefusedArm::event;
}

std::vector<Refusal> reserve_all(std::span<const CapacityArm> arms, const ArmPartitions& partitions,
                                 TimePoint now) {
  std::vector<Refusal> refusals;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const auto level =
        arms[i].resource->meter().reserve(Direction::write, partitions[i], arms[i].units, now);
    if (level) refusals.push_back({i, *level, counted_as(arms, i, refusals)});
  }
  return refusals;
}

// Counts the arms that do not pass; nothing is charged.
std::vector<Refusal> refuse_reads(std::span<const CapacityArm> arms,
                                  const ArmPartitions& partitions, CapacityMode mode,
                                  TimePoint now) {
  std::vector<Refusal> refusals;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const auto level = arms[i].resource->meter().refusal(Direction::read, partitions[i], now);
    if (level) refusals.push_back({i, *level});
  }
  count_refusals(arms, partitions, refusals, Direction::read, mode, now);
  return refusals;
}

}  // namespace

Throttles admit_write(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now) {
  if (mode == CapacityMode::off) return {};
  constexpr Direction kWrite = Direction::write;
  const ArmPartitions partitions(arms);
  const std::vector<Refusal> refusals = reserve_all(arms, partitions, now);
  for (std::size_t i = 0; i < arms.size(); ++i) {
    ResourceMeter& meter = arms[i].resource->meter();
    if (refusals.empty()) {
      meter.take(kWrite, partitions[i], arms[i].units);
    } else {
      meter.release(kWrite, partitions[i], arms[i].units);
    }
  }
  count_refusals(arms, partitions, refusals, kWrite, mode, now);
  if (!refusals.empty() && mode == CapacityMode::enforce) {
    return throttles_of(arms, refusals, kWrite);
  }
  for (std::size_t i = 0; i < arms.size(); ++i) {
    arms[i].resource->count_consumed(kWrite, partitions[i], arms[i].place, arms[i].units, now);
  }
  return {};
}

Throttles admit_read(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now) {
  if (mode == CapacityMode::off) return {};
  const std::vector<Refusal> refusals = refuse_reads(arms, ArmPartitions(arms), mode, now);
  if (mode == CapacityMode::observe) return {};
  return throttles_of(arms, refusals, Direction::read);
}

void charge_read(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now) {
  if (mode == CapacityMode::off) return;
  for (const CapacityArm& arm : arms) {
    const std::size_t partition = arm.resource->partition_of(arm.place);
    ResourceMeter& meter = arm.resource->meter();
    const bool would_have_run =
        mode == CapacityMode::enforce || !meter.refusal(Direction::read, partition, now);
    if (would_have_run) meter.charge(Direction::read, partition, arm.units, now);
    arm.resource->count_consumed(Direction::read, partition, arm.place, arm.units, now);
  }
}

Throttles take_read(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now) {
  if (mode == CapacityMode::off) return {};
  const ArmPartitions partitions(arms);
  const std::vector<Refusal> refusals = refuse_reads(arms, partitions, mode, now);
  if (!refusals.empty() && mode == CapacityMode::enforce) {
    return throttles_of(arms, refusals, Direction::read);
  }
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const CapacityArm& arm = arms[i];
    if (refusals.empty()) {
      arm.resource->meter().charge(Direction::read, partitions[i], arm.units, now);
    }
    arm.resource->count_consumed(Direction::read, partitions[i], arm.place, arm.units, now);
  }
  return {};
}

}  // namespace stator
