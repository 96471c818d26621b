// Workloads of one table "tab", put together of texts, and what comes of them.
#pragma once

#include <string>
#include <string_view>

#include "simulate/simulation.h"

namespace stator::testing_support {

// The table: with keys "pk" (S) and "sk" (N), on demand or provisioned.
std::string on_demand_table();
std::string provisioned_table(int reads, int writes);

// A table and phases; the phases begin on a line of their own.
std::string workload(const std::string& table, const std::string& phases, int seed = 1);

// A phase with one load; the load begins on the third line.
std::string phase(std::string_view duration, const std::string& load);

// A load of 50 writes a second over 100 partition keys, a unit each.
inline const std::string kPuts =
    R"("operation": "PutItem", "rate": 50, "bytes": 1000, "partition_key": {"keys": 100})";

// The report of a workload without a fault.
SimulationReport report_of(const std::string& text);

// The fault of one with.
std::string fault_of(const std::string& text);

}  // namespace stator::testing_support
