#include "api/write_admission.h"

#include "capacity/units.h"

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

ThrottledArms WriteAdmission::admit_failed(const WritePlan& plan, std::size_t item_bytes) {
  return admit(plan, write_units(item_bytes, item_bytes), {});
}

ThrottledArms WriteAdmission::admit(const WritePlan& plan, double table_units,
                                    const std::vector<IndexWrite>& writes) {
  const CapacityMeter& capacity = meter(plan.table);
  if (!capacity.is_on()) return {};
  const TableDefinition& table = plan.table->definition;
  uses_.clear();
  uses_.push_back({.index = nullptr,
                   .place = place_of_row(table.key, plan.row_key),
                   .units = table_units + local_units(table, writes)});
  for (const IndexWrite& write : writes) {
    const IndexDefinition& index = table.indexes[write.position];
    if (index.kind == IndexKind::local) continue;
    append_use(index, write.erased, write.erased_units, &uses_);
    append_use(index, write.put, write.put_units, &uses_);
  }
  return capacity.admit_write(uses_, now_);
}

const CapacityMeter& WriteAdmission::meter(const Table* table) {
  for (const auto& [known, meter] : meters_) {
    if (known == table) return meter;
  }
  return meters_.emplace_back(table, engine_.capacity.meter(table->definition, now_)).second;
}

void WriteAdmission::finish() const {
  for (const auto& [table, meter] : meters_) meter.apply_growth(now_);
}

}  // namespace stator
