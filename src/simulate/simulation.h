// Runs a workload in simulated time.
//
//   Result<Workload> workload = parse_workload(text);
//   Result<SimulationReport> report = simulate(*workload);
//
// The same workload gives the same report, to the last bit, whatever the machine does meanwhile.
#pragma once

#include <cstdint>

#include "api/throttle_errors.h"
#include "base/result.h"
#include "simulate/report_data.h"
#include "simulate/simulated_table.h"
#include "simulate/workload.h"

namespace stator {

// An attempt of a request, as it was answered. Refers to what is good until the next one.
struct SimulatedAttempt {
  TimePoint now;
  const SimulatedRequest& request;
  const SimulatedTable& table;
  const RequestCost& cost;
  const ThrottledArms& throttled;  // empty: it ran
};

// Sees every attempt in its order.
class AttemptObserver {
 public:
  virtual ~AttemptObserver() = default;
  virtual void see(const SimulatedAttempt& attempt) = 0;
};

//   observer  may be null
//   errors    validation, "LINE: MEMBER: what is wrong", of what only the tables could show;
//   internal
Result<SimulationReport> simulate(const Workload& workload, AttemptObserver* observer = nullptr);

}  // namespace stator
