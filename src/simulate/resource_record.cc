#include "simulate/resource_record.h"

#include <algorithm>

#include "simulate/needs.h"
#include "simulate/position_text.h"

namespace stator {
namespace {

// Sketches of a whole simulation: with a clock that stands still nothing fades.
constexpr TimePoint kNoFading{};

std::vector<KeyAttribute> joined(std::vector<KeyAttribute> a, const std::vector<KeyAttribute>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

const KeySchema& key_of(const TableDefinition& table, const IndexDefinition* index) {
  return index == nullptr ? table.key : index->key;
}

const PartitionMap& map_of(const TableDefinition& table, const IndexDefinition* index) {
  return index == nullptr ? table.partitions : index->partitions;
}

void add(const CapacityPlace& place, double amount, HotKeys* collections, HotKeys* items) {
  collections->add(place.collection(), amount, kNoFading);
  if (place.is_item && place.collection_bytes < place.position.size()) {
    items->add(place.position, amount, kNoFading);
  }
}

std::vector<HotKeyReport> top(HotKeys* keys, const std::vector<KeyAttribute>& attributes) {
  std::vector<HotKeyReport> reports;
  const double total = keys->total(kNoFading);
  for (const HotKey& key : keys->top(kHotKeysReported, kNoFading)) {
    reports.push_back({.key = position_text(key.key, attributes),
                       .amount = key.units,
                       .error = key.error,
                       .share = key.units / total});
  }
  return reports;
}

std::int64_t units_of(Direction direction, std::int64_t read, std::int64_t write) {
  return direction == Direction::read ? read : write;
}

}  // namespace

ResourceRecord::ResourceRecord(const TableDefinition& table, const IndexDefinition* index,
                               const RecordLength& length)
    : table_(table.name),
      index_(index == nullptr ? "" : index->name),
      cuts_collections_(index != nullptr || !table.has_local_indexes()),
      collection_attributes_(key_of(table, index).partition),
      item_attributes_(joined(collection_attributes_, key_of(table, index).sort)),
      series_{Series(length), Series(length)},
      partitions_(map_of(table, index), item_attributes_) {}

std::string_view ResourceRecord::indivisible(const CapacityPlace& place) const {
  return cuts_collections_ ? place.position : place.collection();
}

void ResourceRecord::offered(const RecordedUse& use, const RecordTime& time) {
  Series& asked = series(use.direction);
  asked.slots[time.slot].offered += use.units;
  asked.total.offered += use.units;
  asked.stretch.offered += use.units;
  asked.demand.add(indivisible(use.place), use.units, time.second);
}

void ResourceRecord::consumed(const RecordedUse& use, const RecordTime& time) {
  Series& served = series(use.direction);
  served.slots[time.slot].consumed += use.units;
  served.total.consumed += use.units;
  served.stretch.consumed += use.units;
  if (time.second != served.current_second) {
    served.stretch_peak = std::max(served.stretch_peak, served.second_consumed);
    served.second_consumed = 0;
    served.current_second = time.second;
  }
  served.second_consumed += use.units;
  partitions_.consumed(use.direction, use.place.position, use.units, time.slot);
  add(use.place, use.units, &used_collections_, &used_items_);
}

void ResourceRecord::throttled(const RecordedUse& use, ThrottleLimit limit, RefusedArm arm,
                               const RecordTime& time) {
  Series& refused = series(use.direction);
  for (UnitSlot* slot : {&refused.slots[time.slot], &refused.total, &refused.stretch}) {
    slot->throttled += use.units;
    if (arm == RefusedArm::event) ++slot->throttles[static_cast<std::size_t>(limit)];
  }
  if (limit == ThrottleLimit::key_range) {
    partitions_.throttled(use.direction, use.place.position, use.units, time.slot);
  }
  add(use.place, 1, &throttled_collections_, &throttled_items_);
}

ResourceRecord::Stretch ResourceRecord::take_stretch() {
  Stretch stretch;
  for (std::size_t i = 0; i < kDirections; ++i) {
    Series& each = series_[i];
    stretch.units[i] = each.stretch;
    stretch.peak_consumed[i] = std::max(each.stretch_peak, each.second_consumed);
    each.stretch = {};
    each.stretch_peak = 0;
    each.second_consumed = 0;
  }
  return stretch;
}

bool ResourceRecord::has_refused() const {
  return std::any_of(series_.begin(), series_.end(),
                     [](const Series& each) { return each.total.throttle_count() > 0; });
}

void ResourceRecord::end() {
  for (Series& each : series_) each.demand.end();
}

NeedsReport ResourceRecord::needs(Direction direction, const TableDefinition& table,
                                  const IndexDefinition* index, BurstAtStart burst,
                                  const ResourceRecord* unthrottled) const {
  const auto series = static_cast<std::size_t>(direction);
  const ResourceDemand& seen = series_[series].demand;
  const ResourceDemand& asked = unthrottled == nullptr ? seen : unthrottled->series_[series].demand;
  const ProvisionedThroughput& provisioned =
      index == nullptr ? table.throughput : index->throughput;
  const double maximum = (index == nullptr ? limits_of(table) : limits_of(table, *index))
                             .on_demand_maximum.of(direction);
  const WarmThroughput warm =
      (index == nullptr ? table.warm : index->warm).raised_to(kOnDemandWarmThroughput);
  return needs_of(
      {.direction = direction,
       .billing = table.billing,
       .burst = burst,
       .seconds = asked.seconds(),
       .total = series_[series].total,
       .was_hidden = !std::ranges::equal(seen.seconds(), asked.seconds()),
       .provisioned_now = units_of(direction, provisioned.read_units, provisioned.write_units),
       .maximum_now =
           maximum < 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(maximum)),
       .warm_now = units_of(direction, warm.read_units, warm.write_units),
       .hottest_key =
           asked.hottest_position().empty()
               ? ""
               : position_text(asked.hottest_position(),
                               cuts_collections_ ? item_attributes_ : collection_attributes_),
       .hottest_units = asked.hottest_units()});
}

HotKeysReport ResourceRecord::hot_keys() {
  return {.used_collections = top(&used_collections_, collection_attributes_),
          .used_items = top(&used_items_, item_attributes_),
          .throttled_collections = top(&throttled_collections_, collection_attributes_),
          .throttled_items = top(&throttled_items_, item_attributes_)};
}

ResourceReport ResourceRecord::report(const TableDefinition& table, const IndexDefinition* index,
                                      BurstAtStart burst, const ResourceRecord* unthrottled) {
  ResourceReport report;
  report.table = table_;
  report.index = index_;
  report.kind = index == nullptr ? ResourceKind::table : ResourceKind::index;
  report.billing = table.billing;
  for (std::size_t i = 0; i < kDirections; ++i) {
    report.directions[i] = {
        .slots = series_[i].slots,
        .total = series_[i].total,
        .needs = needs(static_cast<Direction>(i), table, index, burst, unthrottled)};
  }
  report.partitions = partitions_.partitions();
  report.splits = partitions_.splits();
  report.hot_keys = hot_keys();
  return report;
}

}  // namespace stator
