#include "expression/condition_node.h"

#include <array>

namespace stator {

using Op = ConditionOperator;

std::string_view operator_name(ConditionOperator op) {
  constexpr std::array<std::string_view, 16> kNames = {"AND",
                                                       "OR",
                                                       "NOT",
                                                       "=",
                                                       "<>",
                                                       "<",
                                                       "<=",
                                                       ">",
                                                       ">=",
                                                       "BETWEEN",
                                                       "IN",
                                                       "attribute_exists",
                                                       "attribute_not_exists",
                                                       "attribute_type",
                                                       "begins_with",
                                                       "contains"};
  return kNames[static_cast<std::size_t>(op)];
}

Op mirrored(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater;
    case Op::less_equal:
      return Op::greater_equal;
    case Op::greater:
      return Op::less;
    case Op::greater_equal:
      return Op::less_equal;
    default:
      return op;
  }
}

std::optional<Op> condition_operator_of(Function function) {
  switch (function) {
    case Function::attribute_exists:
      return Op::attribute_exists;
    case Function::attribute_not_exists:
      return Op::attribute_not_exists;
    case Function::attribute_type:
      return Op::attribute_type;
    case Function::begins_with:
      return Op::begins_with;
    case Function::contains:
      return Op::contains;
    default:
      return std::nullopt;
  }
}

}  // namespace stator
