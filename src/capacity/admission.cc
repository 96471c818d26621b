#include "capacity/admission.h"

namespace stator {
namespace {

// An arm that a level refused.
struct Refusal {
  std::size_t arm;
  CapacityLevel level;
};

std::size_t partition_of(const CapacityArm& arm) {
  return arm.resource->partition_of(arm.place);
}

void count_refusals(std::span<const CapacityArm> arms, const std::vector<Refusal>& refusals,
                    Direction direction, TimePoint now) {
  for (const Refusal& refusal : refusals) {
    const CapacityArm& arm = arms[refusal.arm];
    const double units = direction == Direction::write ? arm.units : 0;
    arm.resource->count_throttled(direction, partition_of(arm), arm.place, refusal.level, units,
                                  now);
  }
}

Throttles throttles_of(std::span<const CapacityArm> arms, const std::vector<Refusal>& refusals,
                       Direction direction, CapacityMode mode) {
  Throttles throttles;
  if (mode != CapacityMode::enforce) return throttles;
  for (const Refusal& refusal : refusals) {
    throttles.push_back({.arm = refusal.arm,
                         .reason = {.resource = arms[refusal.arm].resource->kind(),
                                    .direction = direction,
                                    .limit = throttle_limit(refusal.level)}});
  }
  return throttles;
}

void count_writes(std::span<const CapacityArm> arms, TimePoint now) {
  for (const CapacityArm& arm : arms) {
    arm.resource->count_consumed(Direction::write, partition_of(arm), arm.place, arm.units, now);
  }
}

}  // namespace

Throttles admit_write(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now) {
  if (mode == CapacityMode::off) return {};
  constexpr Direction kWrite = Direction::write;
  std::vector<Refusal> refusals;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const auto level =
        arms[i].resource->meter().reserve(kWrite, partition_of(arms[i]), arms[i].units, now);
    if (level) refusals.push_back({i, *level});
  }
  for (const CapacityArm& arm : arms) {
    ResourceMeter& meter = arm.resource->meter();
    if (refusals.empty()) {
      meter.take(kWrite, partition_of(arm), arm.units);
    } else {
      meter.release(kWrite, partition_of(arm), arm.units);
    }
  }
  count_refusals(arms, refusals, kWrite, now);
  if (refusals.empty() || mode == CapacityMode::observe) count_writes(arms, now);
  return throttles_of(arms, refusals, kWrite, mode);
}

Throttles admit_read(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now) {
  if (mode == CapacityMode::off) return {};
  std::vector<Refusal> refusals;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const auto level =
        arms[i].resource->meter().refusal(Direction::read, partition_of(arms[i]), now);
    if (level) refusals.push_back({i, *level});
  }
  count_refusals(arms, refusals, Direction::read, now);
  return throttles_of(arms, refusals, Direction::read, mode);
}

void charge_read(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now) {
  if (mode == CapacityMode::off) return;
  for (const CapacityArm& arm : arms) {
    const std::size_t partition = partition_of(arm);
    ResourceMeter& meter = arm.resource->meter();
    const bool would_have_run =
        mode == CapacityMode::enforce || !meter.refusal(Direction::read, partition, now);
    if (would_have_run) meter.charge(Direction::read, partition, arm.units, now);
    arm.resource->count_consumed(Direction::read, partition, arm.place, arm.units, now);
  }
}

}  // namespace stator
