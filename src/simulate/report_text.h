// The report of a simulation for a terminal.
#pragma once

#include <string>

#include "simulate/report_data.h"

namespace stator {

// Appends tables of the phases, what each table and index was asked for and needs, splits and hot
// keys; UTF-8, lines of at most kTextReportColumns characters. Directions that nothing was asked of
// are left out.
inline constexpr std::size_t kTextReportColumns = 100;
void write_text_report(const SimulationReport& report, std::string* out);

}  // namespace stator
