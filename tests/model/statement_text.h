// Conditions in PartiQL's words.
#pragma once

#include <string>
#include <vector>

#include "condition.h"

namespace stator::plain {

// What stands behind WHERE; each value is a parameter, in the order of the text.
std::string statement_text(const Condition& condition, std::vector<Value>* parameters);

// The condition as PartiQL means it: nothing is unequal to what is missing.
Condition as_statement(const Condition& condition);

}  // namespace stator::plain
