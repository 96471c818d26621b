// The tree of a condition.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "expression/operand.h"
#include "model/value.h"

namespace stator {

enum class ConditionOperator : std::uint8_t {
  logical_and,
  logical_or,
  logical_not,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  between,
  in,
  attribute_exists,
  attribute_not_exists,
  attribute_type,
  begins_with,
  contains,
};

// As errors print it: "AND", "<=", "BETWEEN", "attribute_exists".
std::string_view operator_name(ConditionOperator op);

// "5 < a" is "a > 5": the operator with its operands exchanged.
ConditionOperator mirrored(ConditionOperator op);

// Of the functions that are conditions.
std::optional<ConditionOperator> condition_operator_of(Function function);

// A node in the request's arena. AND, OR and NOT have children, all others operands.
struct ConditionNode {
  ConditionOperator op = ConditionOperator::equal;
  AttributeType type = AttributeType::S;    // attribute_type: the one asked for
  const ConditionNode* children = nullptr;  // the first
  const Operand* operands = nullptr;        // the first
  const ConditionNode* next = nullptr;      // among the children of its parent
};

}  // namespace stator
