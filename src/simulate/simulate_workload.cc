// The embedding API over simulations.
#include <fmt/format.h>

#include <utility>

#include "simulate/simulation.h"
#include "simulate/workload_reader.h"
#include "stator/simulation.h"

namespace stator {
namespace {

Result<SimulationReport> report_of(std::string_view json) {
  const Workload workload = TRY(parse_workload(json));
  return simulate(workload);
}

// A line for each resource and direction that was used.
void write_text_report(const SimulationReport& report, std::string* out) {
  fmt::format_to(std::back_inserter(*out), "{}: {} s, {} requests, {} throttled attempts\n",
                 report.workload, report.seconds, report.total.requests, report.total.throttled);
  for (const ResourceReport& resource : report.resources) {
    for (std::size_t i = 0; i < kDirections; ++i) {
      const UnitSlot& total = resource.directions[i].total;
      if (total.offered == 0) continue;
      fmt::format_to(std::back_inserter(*out),
                     "{} {}: {} units offered, {} consumed, {} throttled\n", resource.name(),
                     i == 0 ? "read" : "write", total.offered, total.consumed, total.throttled);
    }
  }
}

}  // namespace

WorkloadReports simulate_workload(std::string_view json, std::string_view file_name) {
  WorkloadReports reports;
  Result<SimulationReport> report = report_of(json);
  if (!report) {
    reports.error = std::string(file_name) + ":" + report.error().message();
    return reports;
  }
  report->workload = file_name;
  write_text_report(*report, &reports.text);
  return reports;
}

}  // namespace stator
