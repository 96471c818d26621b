// A small report made by hand, for tests of what is written from one.
#pragma once

#include "simulate/report_data.h"

namespace stator {

// Four seconds of writes to the table "orders", which has one partition, throttled in the second
// second and cut in two after two seconds.
SimulationReport sample_report();

// An index of it that nothing was asked of, as a second resource.
ResourceReport idle_index();

}  // namespace stator
