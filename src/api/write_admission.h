// Asks the capacity of the tables whether decided writes may be committed.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "api/engine.h"
#include "api/write_plan.h"

namespace stator {

// A resource of one request; lives no longer than its catalog snapshot.
class WriteAdmission {
 public:
  WriteAdmission(Engine* engine, TimePoint now) : engine_(*engine), now_(now) {}

  // Charges a decided write: its table, local indexes included, and each row of a global index that
  // it changes. Empty: it may be committed.
  ThrottledArms admit(const WritePlan& plan, const WriteEffect& effect);

  // Charges a write whose condition has failed.
  //   units  see failed_write_units
  ThrottledArms admit_failed(const WritePlan& plan, double units);

  // Charges the writes of one transaction, with the units of their effects: all of a table at once.
  // A table that passes is charged even where another does not: AWS takes what was attempted.
  //   returns  for each write what did not pass
  std::vector<ThrottledArms> admit_all(std::span<const WritePlan> plans,
                                       std::span<const WriteOutcome> outcomes);

  // Lets the tables grow by what has become due. Called last, when no row is latched.
  void finish() const;

 private:
  struct TableMeter {
    const Table* table;
    CapacityMeter capacity;
  };

  ThrottledArms admit(const WritePlan& plan, double table_units,
                      const std::vector<IndexWrite>& writes);
  void append_uses(const WritePlan& plan, double table_units,
                   const std::vector<IndexWrite>& writes);
  void admit_table(const Table* table, std::span<const WritePlan> plans,
                   std::span<const WriteOutcome> outcomes, std::vector<ThrottledArms>* throttled);
  const CapacityMeter& meter(const Table* table);
  const CapacityMeter& other_meter(const Table* table);

  Engine& engine_;
  const TimePoint now_;
  std::optional<TableMeter> first_;  // in place, for most requests write to one table
  std::vector<TableMeter> others_;
  std::vector<CapacityUse> uses_;
};

}  // namespace stator
