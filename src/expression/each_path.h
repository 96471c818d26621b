// The document paths of an expression, in textual order.
#pragma once

#include "expression/condition_node.h"
#include "expression/operand.h"

namespace stator {

// Calls `visit` with each path of a list of operands.
//   visit  void(const DocumentPath&)
template <typename Visit>
void for_each_path(const Operand* first, const Visit& visit) {
  for (const Operand* operand = first; operand != nullptr; operand = operand->next) {
    if (operand->kind == OperandKind::path) visit(operand->path);
    if (operand->kind == OperandKind::call) for_each_path(operand->arguments, visit);
  }
}

// The same of a condition; its depth is bounded by the parser.
template <typename Visit>
void for_each_path(const ConditionNode& node, const Visit& visit) {
  for_each_path(node.operands, visit);
  for (const ConditionNode* child = node.children; child != nullptr; child = child->next) {
    for_each_path(*child, visit);
  }
}

}  // namespace stator
