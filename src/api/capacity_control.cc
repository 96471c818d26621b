#include "api/capacity_control.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace stator {
namespace {

template <typename Definition>
void grow(const CapacityGrowth& growth, TimePoint now, Definition* definition) {
  for (const SplitDecision& split : growth.splits) {
    definition->partitions = definition->partitions.split_at(split.position, now);
  }
  definition->partitions = definition->partitions.grown_to(growth.partitions, now);
  definition->warm = definition->warm.raised_to(growth.warm);
}

void grow(const std::vector<CapacityGrowth>& growths, TimePoint now, TableDefinition* table) {
  for (const CapacityGrowth& growth : growths) {
    if (growth.keyspace == table->keyspace) grow(growth, now, table);
    for (IndexDefinition& index : table->indexes) {
      if (growth.keyspace == index.keyspace) grow(growth, now, &index);
    }
  }
}

}  // namespace

ThrottledArms CapacityMeter::admit_write(std::span<const CapacityUse> uses, TimePoint now) const {
  if (!is_on()) return {};
  return capacity_->admit_write(*catalog_, *table_, uses, mode_, now);
}

ThrottledArms CapacityMeter::admit_read(const CapacityUse& use, TimePoint now) const {
  if (!is_on()) return {};
  return capacity_->admit_read(*catalog_, *table_, use, mode_, now);
}

void CapacityMeter::charge_read(std::span<const CapacityUse> uses, TimePoint now) const {
  if (is_on()) capacity_->charge_read(*catalog_, *table_, uses, mode_, now);
}

void CapacityMeter::apply_growth(TimePoint now) const {
  if (!is_on() || !capacity_->may_grow()) return;
  const std::vector<CapacityGrowth> growths = capacity_->take_growth(now);
  if (growths.empty()) return;
  const TableDefinition& seen = *table_;
  const auto put = catalog_->put([&](const Catalog& catalog) -> Result<TableDefinition> {
    const auto found =
        catalog.tables().find(std::pair(std::string_view(seen.space), std::string_view(seen.name)));
    if (found == catalog.tables().end() || found->second->definition.keyspace != seen.keyspace) {
      return Error(ErrorCode::resource_not_found, "the table is gone");
    }
    TableDefinition definition = found->second->definition;
    grow(growths, now, &definition);
    return definition;
  });
  // A table that is gone needs no partitions, and a store that fails says so to whoever writes: a
  // partition that stays hot asks again.
  if (!put) return;
}

void CapacityControl::open(CatalogStore* catalog, CapacityMode mode, BurstAtStart burst,
                           TimePoint now) {
  catalog_ = catalog;
  opened_ = now;
  burst_ = burst;
  set_mode(mode);
}

CapacityControl::Entry& CapacityControl::entry(const TableDefinition& table) {
  const auto found = entries_.find(table.keyspace);
  if (found != entries_.end()) return found->second;
  forget_entries();
  Entry& made = entries_[table.keyspace];
  made.name = table.name;
  return made;
}

void CapacityControl::forget_entries() {
  std::unordered_set<std::uint32_t> known;
  const CatalogSnapshot catalog = catalog_->snapshot();
  for (const auto& [name, table] : catalog->tables()) known.insert(table->definition.keyspace);
  std::erase_if(entries_, [&](const auto& each) { return !known.contains(each.first); });
  update_any();
}

void CapacityControl::update_any() {
  const bool any = mode_ != CapacityMode::off ||
                   std::any_of(entries_.begin(), entries_.end(), [](const auto& each) {
                     return each.second.own.value_or(CapacityMode::off) != CapacityMode::off;
                   });
  any_.store(any, std::memory_order_relaxed);
}

std::shared_ptr<TableCapacity> CapacityControl::capacity_of(const TableDefinition& table,
                                                            TimePoint now, Entry* entry) const {
  if (entry->capacity == nullptr) {
    // It has been idle since it was there.
    const TimePoint born = std::min(now, std::max(opened_, table.created));
    entry->capacity = std::make_shared<TableCapacity>(table, burst_, born);
  }
  return entry->capacity;
}

CapacityMeter CapacityControl::meter(const TableDefinition& table, TimePoint now) {
  if (!any_.load(std::memory_order_relaxed)) return {};
  const MutexLock lock(&mu_);
  Entry& known = entry(table);
  const CapacityMode mode = known.own.value_or(mode_);
  if (mode == CapacityMode::off) return {};
  return {&table, capacity_of(table, now, &known), mode, catalog_};
}

void CapacityControl::table_changed(const TableDefinition& before, const TableDefinition& after,
                                    TimePoint now) {
  std::shared_ptr<TableCapacity> capacity;
  if (!any_.load(std::memory_order_relaxed)) return;
  {
    const MutexLock lock(&mu_);
    capacity = capacity_of(before, now, &entry(before));
  }
  capacity->follow(*catalog_, after, now);
}

void CapacityControl::set_mode(CapacityMode mode) {
  const MutexLock lock(&mu_);
  mode_ = mode;
  update_any();
}

Result<void> CapacityControl::set_mode(std::string_view space, std::string_view table,
                                       std::optional<CapacityMode> mode, TimePoint now) {
  const CatalogSnapshot catalog = catalog_->snapshot();
  const Table* const found = catalog->find(space, table, now);
  if (found == nullptr) return validation_error("no such table: " + std::string(table));
  const MutexLock lock(&mu_);
  entry(found->definition).own = mode;
  update_any();
  return {};
}

CapacityMode CapacityControl::mode(const TableDefinition& table) const {
  const MutexLock lock(&mu_);
  const auto found = entries_.find(table.keyspace);
  return found == entries_.end() ? mode_ : found->second.own.value_or(mode_);
}

std::shared_ptr<TableCapacity> CapacityControl::capacity(const TableDefinition& table,
                                                         TimePoint now) {
  const MutexLock lock(&mu_);
  return capacity_of(table, now, &entry(table));
}

std::shared_ptr<TableCapacity> CapacityControl::known_capacity(const TableDefinition& table) const {
  const MutexLock lock(&mu_);
  const auto found = entries_.find(table.keyspace);
  return found == entries_.end() ? nullptr : found->second.capacity;
}

CapacityModes CapacityControl::modes() const {
  const MutexLock lock(&mu_);
  CapacityModes modes{.mode = mode_, .tables = {}};
  for (const auto& [keyspace, entry] : entries_) {
    if (entry.own) modes.tables.push_back({entry.name, *entry.own});
  }
  std::sort(modes.tables.begin(), modes.tables.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return modes;
}

}  // namespace stator
