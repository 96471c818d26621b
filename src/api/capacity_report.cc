#include "api/capacity_report.h"

#include <utility>

namespace stator {
namespace {

constexpr std::array<Direction, kDirections> kBoth = {Direction::read, Direction::write};

HotKeyReport report_of(HotKeys* sketch, TimePoint now) {
  return {.keys = sketch->top(kShownHotKeys, now), .total = sketch->total(now)};
}

SketchReport report_of(ResourceCapacity::Sketches* sketches, TimePoint now) {
  return {.collections = report_of(&sketches->collections, now),
          .items = report_of(&sketches->items, now)};
}

PartitionReport report_of(const ConsumptionLog::PartitionTraffic& partition, TimePoint now) {
  return {.id = partition.id, .buckets = {}, .traffic = partition.series.slots(now)};
}

}  // namespace

ResourceReport report_of(std::string index, ResourceCapacity* resource, TimePoint now) {
  ResourceReport report;
  report.index = std::move(index);
  report.map = resource->partitions();
  report.traffic = resource->log().resource().slots(now);
  for (const Direction direction : kBoth) {
    report.levels[static_cast<std::size_t>(direction)] = resource->meter().levels(direction, now);
  }
  for (const ConsumptionLog::PartitionTraffic& each : resource->log().partitions()) {
    PartitionReport partition = report_of(each, now);
    for (const Direction direction : kBoth) {
      partition.buckets.push_back(
          resource->meter().partition_bucket(direction, report.partitions.size(), now));
    }
    report.partitions.push_back(std::move(partition));
  }
  for (const ConsumptionLog::PartitionTraffic& each : resource->log().former()) {
    report.former.push_back(report_of(each, now));
  }
  report.used = report_of(&resource->used(), now);
  report.throttled = report_of(&resource->throttled(), now);
  return report;
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
