#include "api/table_capacity.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "storage/row_key.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kLooksInAPartition = 16;
constexpr std::chrono::minutes kLooksApart{1};

std::size_t parts_bytes(const std::vector<KeyAttribute>& attributes, std::string_view parts) {
  std::size_t bytes = 0;
  for (const KeyAttribute& attribute : attributes) {
    bytes += key_part_bytes(attribute.type, parts.substr(bytes));
  }
  return bytes;
}

std::int64_t whole_units(double rate) {
  return std::min(static_cast<std::int64_t>(rate), kTableUnitsMax);
}

// Of an on-demand resource: what it serves at once by now, where that is more than is known.
template <typename Definition>
CapacityGrowth scaled(const Definition& definition, ResourceCapacity* capacity, TimePoint now) {
  CapacityGrowth growth;
  growth.keyspace = definition.keyspace;
  growth.partitions = capacity->meter().partitions_wanted(now);
  const UnitRates rates = capacity->meter().scaled_rates(now);
  growth.warm = {.read_units = whole_units(rates.read), .write_units = whole_units(rates.write)};
  return growth;
}

template <typename Definition>
std::optional<CapacityGrowth> growth_of(const Definition& definition, BillingMode billing,
                                        ResourceCapacity* capacity, TimePoint now) {
  CapacityGrowth growth{.keyspace = definition.keyspace, .splits = {}, .partitions = 0, .warm = {}};
  if (billing == BillingMode::pay_per_request) growth = scaled(definition, capacity, now);
  growth.splits = capacity->take_splits();
  const bool grows = !growth.splits.empty() || growth.partitions > definition.partitions.count() ||
                     definition.warm.raised_to(growth.warm) != definition.warm;
  if (!grows) return std::nullopt;
  return growth;
}

}  // namespace

CollectionCuts collection_cuts(const TableDefinition& table) {
  return table.has_local_indexes() ? CollectionCuts::never : CollectionCuts::allowed;
}

CapacityPlace place_of_row(const KeySchema& schema, std::string_view row_key) {
  const std::string_view position = row_key.substr(kKeyspaceBytes);
  const std::size_t collection =
      kPositionHashBytes + parts_bytes(schema.partition, position.substr(kPositionHashBytes));
  const std::size_t sort = parts_bytes(schema.sort, position.substr(collection));
  return {.position = position.substr(0, collection + sort), .collection_bytes = collection};
}

TableCapacity::TableCapacity(const TableDefinition& table, BurstAtStart burst, TimePoint born)
    : burst_(burst) {
  const MutexLock lock(&mu_);
  table_ = std::make_shared<const Table>(Table{table, nullptr, {}});
  resources_.push_back(resource(table.keyspace, "", limits_of(table), table.partitions, born));
  change_definition(born);
}

TableCapacity::Resource TableCapacity::resource(std::uint32_t keyspace, std::string index,
                                                const ResourceLimits& limits,
                                                const PartitionMap& partitions,
                                                TimePoint now) const {
  // A keyspace is never used twice, so it serves as the seed of what is drawn for it.
  const ResourceOptions options{.kind = index.empty() ? ResourceKind::table : ResourceKind::index,
                                .collections = CollectionCuts::allowed,
                                .burst = burst_,
                                .seed = keyspace};
  return {.size_look = {},
          .keyspace = keyspace,
          .index = std::move(index),
          .capacity = std::make_unique<ResourceCapacity>(options, limits, partitions, now)};
}

void TableCapacity::follow(const CatalogStore& catalog, const TableDefinition& table,
                           TimePoint now) {
  const MutexLock lock(&mu_);
  follow_locked(catalog, table, now);
}

void TableCapacity::follow_locked(const CatalogStore& catalog, const TableDefinition& table,
                                  TimePoint now) {
  if (&table == &table_->definition) return;
  // The request may see an older definition than the last one did: only the newest is followed.
  const CatalogSnapshot newest = catalog.snapshot();
  const auto found =
      newest->tables().find(std::pair(std::string_view(table.space), std::string_view(table.name)));
  if (found == newest->tables().end() || found->second == table_) return;
  if (found->second->definition.keyspace != table_->definition.keyspace) return;
  table_ = found->second;
  change_definition(now);
}

void TableCapacity::change_definition(TimePoint now) {
  const TableDefinition& table = table_->definition;
  resources_.front().capacity->change_definition(limits_of(table), table.partitions,
                                                 collection_cuts(table), now);
  std::vector<Resource> before;
  before.swap(resources_);
  resources_.push_back(std::move(before.front()));
  for (const IndexDefinition& index : table.indexes) {
    if (index.kind == IndexKind::global && !index.is_deleted()) change_index(index, &before, now);
  }
  std::sort(resources_.begin() + 1, resources_.end(),
            [](const Resource& a, const Resource& b) { return a.index < b.index; });
}

void TableCapacity::change_index(const IndexDefinition& index, std::vector<Resource>* before,
                                 TimePoint now) {
  const ResourceLimits limits = limits_of(table_->definition, index);
  for (Resource& each : *before) {
    if (each.keyspace != index.keyspace || each.capacity == nullptr) continue;
    each.capacity->change_definition(limits, index.partitions, CollectionCuts::allowed, now);
    resources_.push_back(std::move(each));
    return;
  }
  resources_.push_back(resource(index.keyspace, index.name, limits, index.partitions, now));
}

const TableCapacity::Resource* TableCapacity::find(const IndexDefinition* index) const {
  if (index == nullptr || index->kind == IndexKind::local) return &resources_.front();
  for (const Resource& each : resources_) {
    if (each.keyspace == index->keyspace) return &each;
  }
  return nullptr;
}

void TableCapacity::set_arms(std::span<const CapacityUse> uses) {
  arms_.clear();
  arm_uses_.clear();
  for (const CapacityUse& use : uses) {
    const Resource* const resource = find(use.index);
    if (resource == nullptr) continue;  // an index that was deleted since the request began
    arms_.push_back({.resource = resource->capacity.get(), .place = use.place, .units = use.units});
    arm_uses_.push_back(static_cast<std::size_t>(&use - uses.data()));
  }
}

ThrottledArms TableCapacity::throttled(const Throttles& throttles,
                                       const TableDefinition& table) const {
  ThrottledArms result;
  for (const Throttle& throttle : throttles) {
    const ResourceCapacity* const refused = arms_[throttle.arm].resource;
    const auto owner = std::find_if(resources_.begin(), resources_.end(),
                                    [=](const Resource& r) { return r.capacity.get() == refused; });
    result.push_back({.table = &table,
                      .index = owner->index,
                      .reason = throttle.reason,
                      .use = arm_uses_[throttle.arm]});
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const ThrottledArm& a, const ThrottledArm& b) { return a.index < b.index; });
  return result;
}

ThrottledArms TableCapacity::admit_write(const CatalogStore& catalog, const TableDefinition& table,
                                         std::span<const CapacityUse> uses, CapacityMode mode,
                                         TimePoint now) {
  const MutexLock lock(&mu_);
  follow_locked(catalog, table, now);
  set_arms(uses);
  const Throttles throttles = stator::admit_write(arms_, mode, now);
  note_growth(now);
  return throttled(throttles, table);
}

ThrottledArms TableCapacity::admit_read(const CatalogStore& catalog, const TableDefinition& table,
                                        const CapacityUse& use, CapacityMode mode, TimePoint now) {
  const MutexLock lock(&mu_);
  follow_locked(catalog, table, now);
  set_arms({&use, 1});
  const Throttles throttles = stator::admit_read(arms_, mode, now);
  note_growth(now);
  return throttled(throttles, table);
}

ThrottledArms TableCapacity::take_read(const CatalogStore& catalog, const TableDefinition& table,
                                       const CapacityUse& use, CapacityMode mode, TimePoint now) {
  const MutexLock lock(&mu_);
  follow_locked(catalog, table, now);
  set_arms({&use, 1});
  const Throttles throttles = stator::take_read(arms_, mode, now);
  note_growth(now);
  return throttled(throttles, table);
}

void TableCapacity::charge_read(const CatalogStore& catalog, const TableDefinition& table,
                                std::span<const CapacityUse> uses, CapacityMode mode,
                                TimePoint now) {
  const MutexLock lock(&mu_);
  follow_locked(catalog, table, now);
  set_arms(uses);
  stator::charge_read(arms_, mode, now);
  note_growth(now);
}

CapacitySnapshot TableCapacity::report(const CatalogStore& catalog, const TableDefinition& table,
                                       TimePoint now) {
  const MutexLock lock(&mu_);
  follow_locked(catalog, table, now);
  CapacitySnapshot report{.table = table_, .resources = {}};
  for (const Resource& each : resources_) {
    report.resources.push_back(snapshot_of(each.index, each.capacity.get(), now));
  }
  return report;
}

std::vector<ResourceTotals> TableCapacity::totals() const {
  const MutexLock lock(&mu_);
  std::vector<ResourceTotals> totals;
  for (const Resource& each : resources_) totals.push_back(totals_of(each.index, *each.capacity));
  return totals;
}

void TableCapacity::note_growth(TimePoint now) {
  const bool has_splits = std::any_of(arms_.begin(), arms_.end(), [](const CapacityArm& arm) {
    return arm.resource->has_splits();
  });
  if (has_splits || now >= next_look_) may_grow_.store(true, std::memory_order_relaxed);
}

std::vector<CapacityGrowth> TableCapacity::take_growth(TimePoint now) {
  const MutexLock lock(&mu_);
  may_grow_.store(false, std::memory_order_relaxed);
  next_look_ = now + 1s;
  const TableDefinition& table = table_->definition;
  std::vector<CapacityGrowth> growths;
  const auto add = [&](std::optional<CapacityGrowth> growth) {
    if (growth) growths.push_back(*std::move(growth));
  };
  add(growth_of(table, table.billing, resources_.front().capacity.get(), now));
  for (const IndexDefinition& index : table.indexes) {
    if (index.kind == IndexKind::local) continue;
    const Resource* const resource = find(&index);
    if (resource != nullptr) add(growth_of(index, table.billing, resource->capacity.get(), now));
  }
  return growths;
}

bool TableCapacity::take_size_look(std::uint32_t keyspace, const SizeLook& look,
                                   std::int64_t partition_bytes_max) {
  if (look.bytes <= partition_bytes_max) return false;
  const MutexLock lock(&mu_);
  for (Resource& each : resources_) {
    if (each.keyspace != keyspace) continue;
    const SizeLook& last = each.size_look;
    if (look.bytes - last.bytes < partition_bytes_max / kLooksInAPartition &&
        look.partitions == last.partitions && look.at < last.at + kLooksApart) {
      return false;
    }
    each.size_look = look;
    return true;
  }
  return false;
}

}  // namespace stator
