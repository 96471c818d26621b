// Experiments: a described load against a database in simulated time.
//
//   stator::WorkloadReports reports = stator::simulate_workload(json, "workload.json");
#pragma once

#include <string>
#include <string_view>

#include "stator/export.h"

namespace stator {

// What a simulation found, written for people and for programs; a value.
struct WorkloadReports {
  std::string text;   // tables for a terminal
  std::string csv;    // the series
  std::string html;   // one file without references to others
  std::string error;  // one line; empty when there are reports
};

// Runs a workload (docs/workloads.md); an hour of traffic takes seconds. The same workload gives
// the same reports.
//   file_name  what reports and errors call it
//   error      "workload.json:12: phases[1].loads[0].rate: must be a number from 0 to 1000000"
STATOR_API WorkloadReports simulate_workload(std::string_view json, std::string_view file_name);

}  // namespace stator
