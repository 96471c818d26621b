// Asks the capacity of the tables whether decided writes may be committed.
#pragma once

#include <utility>
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

  // Charges a write whose condition has failed: AWS takes what the item that is there costs.
  //   item_bytes  its size; 0: there is none
  ThrottledArms admit_failed(const WritePlan& plan, std::size_t item_bytes);

  // Lets the tables grow by what has become due. Called last, when no row is latched.
  void finish() const;

 private:
  ThrottledArms admit(const WritePlan& plan, double table_units,
                      const std::vector<IndexWrite>& writes);
  const CapacityMeter& meter(const Table* table);

  Engine& engine_;
  const TimePoint now_;
  std::vector<std::pair<const Table*, CapacityMeter>> meters_;
  std::vector<CapacityUse> uses_;
};

}  // namespace stator
