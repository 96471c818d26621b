#include "simulate/simulation_record.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace stator {
namespace {

using std::chrono::seconds;

double seconds_of(std::chrono::microseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

RecordedUse recorded(const SimulationRecord::Attempt& attempt, std::size_t use) {
  return {.direction = attempt.is_write ? Direction::write : Direction::read,
          .place = attempt.cost.uses[use].place,
          .units = attempt.cost.uses[use].units};
}

void add(const SimulationRecord::Attempt& attempt, AttemptEnd end, RequestCounts* counts) {
  if (attempt.is_first) {
    ++counts->requests;
  } else {
    ++counts->retries;
  }
  if (!attempt.throttled.empty()) ++counts->throttled;
  if (end == AttemptEnd::succeeded) ++counts->succeeded;
  if (end == AttemptEnd::given_up) ++counts->given_up;
}

bool has_workers(const Workload& workload, std::string_view table) {
  for (const Phase& phase : workload.phases) {
    for (const Load& load : phase.loads) {
      if (load.table == table && load.workers) return true;
    }
  }
  return false;
}

}  // namespace

Timeline::Timeline(const Workload& workload)
    : start_(workload.start),
      seconds_(std::chrono::ceil<seconds>(workload.duration()).count()),
      slot_seconds_((seconds_ + kReportSlotsMax - 1) / kReportSlotsMax) {}

RecordLength Timeline::length() const {
  return {.seconds = static_cast<std::size_t>(seconds_),
          .slots = static_cast<std::size_t>((seconds_ + slot_seconds_ - 1) / slot_seconds_)};
}

double Timeline::seconds_at(TimePoint now) const {
  return seconds_of(now - start_);
}

RecordTime Timeline::at(TimePoint now) const {
  const std::int64_t second = (now - start_) / seconds(1);
  return {.second = static_cast<std::size_t>(second),
          .slot = static_cast<std::size_t>(second / slot_seconds_)};
}

SimulationRecord::SimulationRecord(const Workload& workload) : timeline_(workload) {
  report_.request_slots.resize(timeline_.length().slots);
}

std::size_t SimulationRecord::add_table(const TableView& table) {
  const std::size_t first = resources_.size();
  for (std::size_t i = 0; i < table.resources(); ++i) {
    resources_.emplace_back(*table.definition, table.index(i), timeline_.length());
  }
  return first;
}

void SimulationRecord::change_table(const TableView& table, bool by_settings) {
  for (std::size_t i = 0; i < table.resources(); ++i) {
    const IndexDefinition* const index = table.index(i);
    resources_[table.first_resource + i].change_partitions(
        index == nullptr ? table.definition->partitions : index->partitions, second_, by_settings);
  }
}

void SimulationRecord::move_to(TimePoint now) {
  now_ = timeline_.at(now);
  second_ = timeline_.seconds_at(now);
}

void SimulationRecord::count(const Attempt& attempt) {
  const std::size_t first = attempt.table.first_resource;
  for (std::size_t i = 0; i < attempt.cost.uses.size(); ++i) {
    ResourceRecord& resource = resources_[first + attempt.cost.resources[i]];
    const RecordedUse use = recorded(attempt, i);
    if (attempt.is_first) resource.offered(use, now_);
    if (attempt.throttled.empty()) resource.consumed(use, now_);
  }
  if (!attempt.throttled.empty()) count_refusals(attempt);
}

// Both uses of one index may have been refused, which the index counts once.
void SimulationRecord::count_refusals(const Attempt& attempt) {
  std::optional<std::size_t> last;
  for (const ThrottledArm& arm : attempt.throttled) {
    const std::size_t resource = attempt.cost.resources[arm.use];
    resources_[attempt.table.first_resource + resource].throttled(
        recorded(attempt, arm.use), arm.reason.limit,
        resource == last ? RefusedArm::of_same_event : RefusedArm::event, now_);
    last = resource;
  }
}

void SimulationRecord::count(const Attempt& attempt, AttemptEnd end) {
  add(attempt, end, &report_.total);
  add(attempt, end, &report_.request_slots[now_.slot]);
}

void SimulationRecord::end_phase(PhaseReport report) {
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    const ResourceRecord::Stretch stretch = resources_[i].take_stretch();
    PhaseResource resource;
    resource.resource = i;
    resource.peak_consumed = stretch.peak_consumed;
    resource.partitions = resources_[i].partition_count();
    for (std::size_t d = 0; d < kDirections; ++d) {
      resource.offered[d] = stretch.units[d].offered / report.seconds;
      resource.consumed[d] = stretch.units[d].consumed / report.seconds;
      resource.throttled[d] = stretch.units[d].throttled / report.seconds;
    }
    report.resources.push_back(resource);
  }
  report_.phases.push_back(std::move(report));
}

bool SimulationRecord::may_hide_demand(const Workload& workload,
                                       const std::vector<TableView>& tables) const {
  return std::any_of(tables.begin(), tables.end(), [&](const TableView& table) {
    if (table.resources() == 1 && !has_workers(workload, table.definition->name)) return false;
    const auto first = resources_.begin() + static_cast<std::ptrdiff_t>(table.first_resource);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(table.resources()),
                       [](const ResourceRecord& resource) { return resource.has_refused(); });
  });
}

void SimulationRecord::end() {
  for (ResourceRecord& resource : resources_) resource.end();
}

SimulationReport SimulationRecord::finish(const Workload& workload,
                                          const std::vector<TableView>& tables,
                                          const SimulationRecord* unthrottled) {
  report_.title = workload.title;
  report_.seed = workload.seed;
  report_.start = workload.start;
  report_.seconds = seconds_of(workload.duration());
  report_.slot_seconds = timeline_.slot_seconds();
  report_.slots = timeline_.length().slots;
  for (const TableView& table : tables) {
    for (std::size_t i = 0; i < table.resources(); ++i) {
      const std::size_t at = table.first_resource + i;
      report_.resources.push_back(
          resources_[at].report(*table.definition, table.index(i), workload.burst,
                                unthrottled == nullptr ? nullptr : &unthrottled->resources_[at]));
    }
  }
  return std::move(report_);
}

}  // namespace stator
