// The report of a simulation for a browser: one file that needs no other, and no script.
#pragma once

#include <string>

#include "simulate/report_data.h"

namespace stator {

// Charts are drawn for so many directions of tables and indexes, those that were throttled most;
// the others are in the tables. This and the bounds of heat_map.h and html_table.h bound the file.
inline constexpr std::size_t kChartsMost = 12;

// Appends the file, UTF-8. What the workload named is escaped, and a policy in the file lets
// nothing of it load or run anything.
void write_html_report(const SimulationReport& report, std::string* out);

}  // namespace stator
