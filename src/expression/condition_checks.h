// What a condition may not say although its syntax allows it.
#pragma once

#include "expression/condition_node.h"
#include "expression/faults.h"
#include "expression/operand.h"

namespace stator {

// A function that no expression knows.
void check_condition_function(const Operand& call, Faults* faults);

// Arity and arguments of one call, whether it stands as a condition or as an operand.
void check_condition_call(const Operand& call, Faults* faults);

// A call in the place of an operand, where only size may stand.
void check_operand_place(const Operand& operand, Faults* faults);

// A call in the place of a condition, where size may not stand.
void check_condition_place(const Operand& call, Faults* faults);

// The operands of comparators, BETWEEN and IN.
void check_operands(const ConditionNode& node, Faults* faults);

}  // namespace stator
