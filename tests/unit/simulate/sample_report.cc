#include "sample_report.h"

#include <chrono>

namespace stator {
namespace {

constexpr auto kWrite = static_cast<std::size_t>(Direction::write);

UnitSlot slot(double offered, double consumed, std::uint64_t key_range_throttles) {
  UnitSlot made;
  made.offered = offered;
  made.consumed = consumed;
  made.throttled = static_cast<double>(key_range_throttles);
  made.throttles[static_cast<std::size_t>(ThrottleLimit::key_range)] = key_range_throttles;
  return made;
}

PartitionSlot written(double consumed, double throttled) {
  PartitionSlot made;
  made.consumed[kWrite] = consumed;
  made.throttled[kWrite] = throttled;
  return made;
}

std::vector<PartitionReport> partitions() {
  PartitionReport parent;
  parent.id = 1;
  parent.end = 1;
  parent.ended = 2;
  parent.ended_by = PartitionEnd::split_for_heat;
  parent.slots = {written(500, 0), written(1000, 600)};
  PartitionReport low;
  low.id = 2;
  low.parent = 1;
  low.end = 0.25;
  low.born = 2;
  low.first_slot = 2;
  low.slots = {written(750, 0), written(250, 0)};
  PartitionReport high;
  high.id = 3;
  high.parent = 1;
  high.first = 0.25;
  high.end = 1;
  high.born = 2;
  high.first_slot = 2;
  high.slots = {written(750, 0)};
  return {parent, low, high};
}

NeedsReport needs() {
  NeedsReport made;
  made.verdict = NeedsVerdict::spread_keys;
  made.mean_units = 962.5;
  made.peak_units = 1600;
  made.provisioned_units = 1500;
  made.provisioned_now = 5000;
  made.hottest_key = "pk=\"a\"";
  made.hottest_units = 800;
  made.partition_limit = 1000;
  return made;
}

ResourceReport orders() {
  ResourceReport table;
  table.table = "orders";
  DirectionReport& writes = table.directions[kWrite];
  writes.slots = {slot(500, 500, 0), slot(1600, 1000, 600), slot(1500, 1500, 0), slot(250, 250, 0)};
  writes.total = slot(3850, 3250, 600);
  writes.needs = needs();
  table.directions[0].slots.resize(4);
  table.partitions = partitions();
  table.splits = {{.second = 2,
                   .cause = PartitionEnd::split_for_heat,
                   .parent = 1,
                   .children = {2, 3},
                   .at = "0.2500"}};
  table.hot_keys.used_collections = {
      {.key = "pk=\"a\"", .amount = 2000, .error = 10, .share = 0.6154},
      {.key = "pk=\"b\"", .amount = 12, .error = 11, .share = 0.0037}};
  table.hot_keys.throttled_collections = {
      {.key = "pk=\"a\"", .amount = 600, .error = 0, .share = 1}};
  return table;
}

PhaseReport phase() {
  PhaseReport made;
  made.name = "rush";
  made.seconds = 4;
  LoadReport load;
  load.name = "put";
  load.table = "orders";
  load.total = {.requests = 3850, .succeeded = 3250, .given_up = 600, .throttled = 600};
  load.wait.p99_ms = 12.5;
  made.loads = {load};
  PhaseResource used;
  used.offered[kWrite] = 962.5;
  used.consumed[kWrite] = 812.5;
  used.throttled[kWrite] = 150;
  used.peak_consumed[kWrite] = 1500;
  used.partitions = 2;
  made.resources = {used};
  return made;
}

}  // namespace

SimulationReport sample_report() {
  SimulationReport report;
  report.workload = "rush.json";
  report.title = "A rush";
  report.seed = 7;
  report.start = TimePoint(std::chrono::hours(24));
  report.seconds = 4;
  report.slots = 4;
  report.total = {.requests = 3850, .succeeded = 3250, .given_up = 600, .throttled = 600};
  report.request_slots = {{.requests = 500, .succeeded = 500},
                          {.requests = 1600, .succeeded = 1000, .given_up = 600, .throttled = 600},
                          {.requests = 1500, .succeeded = 1500},
                          {.requests = 250, .succeeded = 250}};
  report.phases = {phase()};
  report.resources = {orders()};
  return report;
}

ResourceReport idle_index() {
  ResourceReport index;
  index.table = "orders";
  index.index = "by_status";
  index.kind = ResourceKind::index;
  for (DirectionReport& each : index.directions) each.slots.resize(4);
  PartitionReport whole;
  whole.id = 1;
  whole.end = 1;
  index.partitions = {whole};
  return index;
}

}  // namespace stator
