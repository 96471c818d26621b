#include "api/write_admission.h"

#include <algorithm>

namespace stator {
namespace {

// Local indexes take their share of the table's.
double local_units(const TableDefinition& table, const std::vector<IndexWrite>& writes) {
  double units = 0;
  for (const IndexWrite& write : writes) {
    if (table.indexes[write.position].kind == IndexKind::local) units += write.units();
  }
  return units;
}

CapacityUse table_use(const WritePlan& plan, double units) {
  const KeySchema& key = plan.table->definition.key;
  return {.index = nullptr, .place = place_of_row(key, plan.row_key), .units = units};
}

void append_use(const IndexDefinition& index, std::string_view row_key, double units,
                std::vector<CapacityUse>* uses) {
  if (row_key.empty()) return;
  uses->push_back({.index = &index, .place = place_of_row(index.key, row_key), .units = units});
}

}  // namespace

ThrottledArms WriteAdmission::admit(const WritePlan& plan, const WriteEffect& effect) {
  if (plan.expired_within) return {};  // nobody asked for it, and nobody pays
  return admit(plan, effect.units.table, effect.indexes);
}

ThrottledArms WriteAdmission::admit_failed(const WritePlan& plan, double units) {
  return admit(plan, units, {});
}

ThrottledArms WriteAdmission::admit(const WritePlan& plan, double table_units,
                                    const std::vector<IndexWrite>& writes) {
  const CapacityMeter& capacity = meter(plan.table);
  if (!capacity.is_on()) return {};
  if (writes.empty()) {
    const CapacityUse use = table_use(plan, table_units);
    return capacity.admit_write({&use, 1}, now_);
  }
  uses_.clear();
  append_uses(plan, table_units, writes);
  return capacity.admit_write(uses_, now_);
}

void WriteAdmission::append_uses(const WritePlan& plan, double table_units,
                                 const std::vector<IndexWrite>& writes) {
  const TableDefinition& table = plan.table->definition;
  uses_.push_back(table_use(plan, table_units + local_units(table, writes)));
  for (const IndexWrite& write : writes) {
    const IndexDefinition& index = table.indexes[write.position];
    if (index.kind == IndexKind::local) continue;
    append_use(index, write.erased, write.erased_units, &uses_);
    append_use(index, write.put, write.put_units, &uses_);
  }
}

std::vector<ThrottledArms> WriteAdmission::admit_all(std::span<const WritePlan> plans,
                                                     std::span<const WriteOutcome> outcomes) {
  std::vector<ThrottledArms> throttled(plans.size());
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const Table* const table = plans[i].table;
    const auto is_same = [=](const WritePlan& plan) { return plan.table == table; };
    const std::span<const WritePlan> before = plans.first(i);
    if (std::any_of(before.begin(), before.end(), is_same)) continue;
    admit_table(table, plans, outcomes, &throttled);
  }
  return throttled;
}

void WriteAdmission::admit_table(const Table* table, std::span<const WritePlan> plans,
                                 std::span<const WriteOutcome> outcomes,
                                 std::vector<ThrottledArms>* throttled) {
  const CapacityMeter& capacity = meter(table);
  if (!capacity.is_on()) return;
  uses_.clear();
  std::vector<std::size_t> writes;  // of each use: its write
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const WriteEffect& effect = outcomes[i].effect;
    if (plans[i].table != table || effect.units.table == 0) continue;
    append_uses(plans[i], effect.units.table, effect.indexes);
    writes.resize(uses_.size(), i);
  }
  for (ThrottledArm& arm : capacity.admit_write(uses_, now_)) {
    (*throttled)[writes[arm.use]].push_back(std::move(arm));
  }
}

const CapacityMeter& WriteAdmission::meter(const Table* table) {
  if (!first_) first_ = {table, engine_.capacity.meter(table->definition, now_)};
  return first_->table == table ? first_->capacity : other_meter(table);
}

const CapacityMeter& WriteAdmission::other_meter(const Table* table) {
  for (const TableMeter& known : others_) {
    if (known.table == table) return known.capacity;
  }
  others_.push_back({table, engine_.capacity.meter(table->definition, now_)});
  return others_.back().capacity;
}

void WriteAdmission::finish() const {
  if (first_) first_->capacity.apply_growth(now_);
  for (const TableMeter& other : others_) other.capacity.apply_growth(now_);
}

}  // namespace stator
