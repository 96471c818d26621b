// The embedding API over simulations.
#include <utility>

#include "simulate/report_csv.h"
#include "simulate/report_html.h"
#include "simulate/report_text.h"
#include "simulate/simulation.h"
#include "simulate/workload_reader.h"
#include "stator/simulation.h"

namespace stator {
namespace {

Result<SimulationReport> report_of(std::string_view json) {
  const Workload workload = TRY(parse_workload(json));
  return simulate(workload);
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
  write_csv_report(*report, &reports.csv);
  write_html_report(*report, &reports.html);
  return reports;
}

}  // namespace stator
