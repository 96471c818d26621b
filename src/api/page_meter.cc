#include "api/page_meter.h"

#include <algorithm>

#include "storage/row_key.h"

namespace stator {
namespace {

// The position of a row key: what stands behind its keyspace.
std::string_view position_of(std::string_view row_key) {
  return row_key.size() < kKeyspaceBytes ? std::string_view() : row_key.substr(kKeyspaceBytes);
}

const PartitionMap& partitions_of(const PagePlan& plan) {
  return plan.index != nullptr ? partitions_of(*plan.table, *plan.index) : plan.table->partitions;
}

// The places of the first and the last partition that hold keys of a range.
std::size_t first_partition(const PartitionMap& partitions, const RowRange& range) {
  const std::string_view first = position_of(range.first);
  return first.size() < kPositionHashBytes ? 0 : partitions.index_of(first);
}

std::size_t last_partition(const PartitionMap& partitions, const RowRange& range) {
  const std::string_view end = position_of(range.end);
  if (end.size() < kPositionHashBytes) return partitions.count() - 1;
  const std::size_t holder = partitions.index_of(end);
  const bool begins_at_end = partitions.partitions()[holder].position() == end;
  return begins_at_end && holder > 0 ? holder - 1 : holder;
}

}  // namespace

PageMeter::PageMeter(Engine* engine, const PagePlan& plan)
    : plan_(plan),
      partitions_(partitions_of(plan)),
      capacity_(engine->capacity.meter(*plan.table, plan.now)),
      first_(first_partition(partitions_, plan.range)),
      last_(std::max(first_, last_partition(partitions_, plan.range))),
      partition_(plan.range.backward ? last_ : first_) {}

Result<void> PageMeter::admit() const {
  if (!capacity_.is_on()) return {};
  std::string position;
  const ThrottledArms throttled =
      capacity_.admit_read(use_of({.partition = partition_, .units = 0}, &position), plan_.now);
  if (throttled.empty()) return {};
  return throttle_error(throttled);
}

void PageMeter::read_row(std::string_view row_key, std::size_t bytes) {
  move_to(partitions_.index_of(position_of(row_key)));
  bytes_ += bytes;
}

void PageMeter::read_item(std::size_t bytes) {
  item_units_ += read_units(bytes, plan_.consistency);
}

void PageMeter::finish_range() {
  move_to(plan_.range.backward ? first_ : last_);
}

Consumption PageMeter::charge() {
  close_partition();
  if (capacity_.is_on()) {
    std::vector<std::string> positions(read_.size());
    std::vector<CapacityUse> uses;
    uses.reserve(read_.size());
    for (const PartitionUnits& part : read_) {
      uses.push_back(use_of(part, &positions[uses.size()]));
    }
    // The items behind the entries of a local index lie in the same collection.
    uses.front().units += item_units_;
    capacity_.charge_read(uses, plan_.now);
    capacity_.apply_growth(plan_.now);
  }
  if (plan_.index == nullptr) return {.table = units()};
  Consumption consumed{.table = item_units_};
  consumed.add_index(plan_.index, units());
  return consumed;
}

void PageMeter::move_to(std::size_t partition) {
  while (partition_ != partition) {
    close_partition();
    partition_ += partition > partition_ ? 1U : std::size_t{0} - 1U;
  }
}

void PageMeter::close_partition() {
  read_.push_back({.partition = partition_, .units = read_units(bytes_, plan_.consistency)});
  bytes_ = 0;
}

double PageMeter::units() const {
  double sum = 0;
  for (const PartitionUnits& part : read_) sum += part.units;
  return sum;
}

CapacityUse PageMeter::use_of(const PartitionUnits& part, std::string* position) const {
  CapacityUse use{.index = plan_.index, .place = {}, .units = part.units};
  use.place.is_item = false;
  const std::string_view first = position_of(plan_.range.first);
  if (plan_.one_collection) {
    use.place.collection_bytes = place_of_row(plan_.key(), plan_.range.first).collection_bytes;
  }
  const Partition& partition = partitions_.partitions()[part.partition];
  *position = partition.position();
  if (first > *position) position->assign(first);
  use.place.position = *position;
  return use;
}

}  // namespace stator
