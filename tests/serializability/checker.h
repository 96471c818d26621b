// Whether there is an order of the operations of a history in which each saw what those before it
// did, and which is theirs in time: strict serializability.
#pragma once

#include <string>
#include <vector>

#include "history.h"

namespace stator::serializability {

// What is wrong with a history; empty: there is such an order. Names the operations of a cycle.
std::vector<std::string> check(const History& history);

}  // namespace stator::serializability
