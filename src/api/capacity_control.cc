#include "api/capacity_control.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "api/size_splits.h"
#include "api/table_access.h"

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

void add_size_splits(const CapacityOptions& options, const TableDefinition& seen, TimePoint now,
                     TableCapacity* capacity, std::vector<CapacityGrowth>* growths) {
  const CatalogSnapshot catalog = options.catalog->snapshot();
  const Table* const table = catalog->find_same(seen);
  if (table == nullptr) return;
  const auto add = [&](const PartitionMap& partitions, const KeptRows& rows) {
    const bool is_due = capacity->take_size_look(
        rows.keyspace, {.bytes = rows.bytes, .partitions = partitions.count(), .at = now},
        options.partition_bytes_max);
    if (!is_due) return;
    std::vector<SplitDecision> splits =
        size_splits(*options.store, partitions, rows, options.partition_bytes_max);
    if (splits.empty()) return;
    growths->push_back(
        {.keyspace = rows.keyspace, .splits = std::move(splits), .partitions = 0, .warm = {}});
  };
  const TableDefinition& definition = table->definition;
  add(definition.partitions, {.keyspace = definition.keyspace,
                              .key = definition.key,
                              .collections = collection_cuts(definition),
                              .bytes = table->statistics->bytes});
  for (std::size_t i = 0; i < definition.indexes.size(); ++i) {
    const IndexDefinition& index = definition.indexes[i];
    if (index.kind == IndexKind::local) continue;
    add(index.partitions, {.keyspace = index.keyspace,
                           .key = index.key,
                           .collections = CollectionCuts::allowed,
                           .bytes = table->index_statistics[i]->bytes});
  }
}

}  // namespace

ThrottledArms CapacityMeter::admit_write(std::span<const CapacityUse> uses, TimePoint now) const {
  if (!is_on()) return {};
  return capacity_->admit_write(*options_->catalog, *table_, uses, mode_, now);
}

ThrottledArms CapacityMeter::admit_read(const CapacityUse& use, TimePoint now) const {
  if (!is_on()) return {};
  return capacity_->admit_read(*options_->catalog, *table_, use, mode_, now);
}

ThrottledArms CapacityMeter::take_read(const CapacityUse& use, TimePoint now) const {
  if (!is_on()) return {};
  return capacity_->take_read(*options_->catalog, *table_, use, mode_, now);
}

void CapacityMeter::charge_read(std::span<const CapacityUse> uses, TimePoint now) const {
  if (is_on()) capacity_->charge_read(*options_->catalog, *table_, uses, mode_, now);
}

void CapacityMeter::apply_growth(TimePoint now) const {
  if (!is_on() || !capacity_->may_grow()) return;
  std::vector<CapacityGrowth> growths = capacity_->take_growth(now);
  add_size_splits(*options_, *table_, now, capacity_.get(), &growths);
  if (growths.empty()) return;
  const auto put = options_->catalog->put([&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table = catalog.find_same(*table_);
    if (table == nullptr) return Error(ErrorCode::resource_not_found, "the table is gone");
    TableDefinition definition = table->definition;
    grow(growths, now, &definition);
    return definition;
  });
  // A table that is gone needs no partitions, and a store that fails says so to whoever writes: a
  // partition that stays hot asks again.
  if (!put) return;
}

void CapacityControl::open(const CapacityOptions& options, TimePoint now) {
  options_ = options;
  opened_ = now;
  set_mode(options.mode);
}

CapacityControl::Entry& CapacityControl::entry(const TableDefinition& table) {
  const auto found = entries_.find(table.keyspace);
  if (found != entries_.end()) return found->second;
  forget_entries();
  Entry& made = entries_[table.keyspace];
  made.name = qualified_name(table.space, table.name);
  return made;
}

void CapacityControl::forget_entries() {
  std::unordered_set<std::uint32_t> known;
  const CatalogSnapshot catalog = options_.catalog->snapshot();
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
    entry->capacity = std::make_shared<TableCapacity>(table, options_.burst, born);
  }
  return entry->capacity;
}

CapacityMeter CapacityControl::meter(const TableDefinition& table, TimePoint now) {
  if (!any_.load(std::memory_order_relaxed)) return {};
  const MutexLock lock(&mu_);
  Entry& known = entry(table);
  const CapacityMode mode = known.own.value_or(mode_);
  if (mode == CapacityMode::off) return {};
  return {&table, capacity_of(table, now, &known), mode, &options_};
}

void CapacityControl::table_changed(const TableDefinition& before, const TableDefinition& after,
                                    TimePoint now) {
  std::shared_ptr<TableCapacity> capacity;
  if (!any_.load(std::memory_order_relaxed)) return;
  {
    const MutexLock lock(&mu_);
    capacity = capacity_of(before, now, &entry(before));
  }
  capacity->follow(*options_.catalog, after, now);
}

void CapacityControl::set_mode(CapacityMode mode) {
  const MutexLock lock(&mu_);
  mode_ = mode;
  update_any();
}

Result<void> CapacityControl::set_mode(std::string_view qualified, std::optional<CapacityMode> mode,
                                       TimePoint now) {
  const CatalogSnapshot catalog = options_.catalog->snapshot();
  const auto [space, name] = parse_qualified_name(qualified);
  const Table* const found = catalog->find(space, name, now);
  if (found == nullptr) return validation_error("no such table: " + std::string(qualified));
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
