// The parts of an HTML report about a table or an index: units and throttles over time, the heat of
// its partitions, its splits and its hot keys.
#pragma once

#include <string>

#include "simulate/report_data.h"
#include "simulate/time_axis.h"

namespace stator {

// Of all that were used.
void append_resources(const SimulationReport& report, const TimeAxis& axis, std::string* out);

}  // namespace stator
