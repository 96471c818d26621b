// The first part of an HTML report: how the requests fared, what the load needs, and the phases.
#pragma once

#include <string>

#include "simulate/report_data.h"
#include "simulate/time_axis.h"

namespace stator {

void append_overview(const SimulationReport& report, const TimeAxis& axis, std::string* out);

}  // namespace stator
