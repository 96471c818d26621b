// The requests of a simulation as JSON: what its numbers stand for.
#pragma once

#include <string>

#include "simulate/simulation.h"

namespace stator::testing_support {

// The body of the request, with the consumed capacity asked for by index.
std::string request_json(const SimulatedAttempt& attempt, const std::string& table);

}  // namespace stator::testing_support
