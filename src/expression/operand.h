// Operands of conditions and of SET: paths, literal values, function calls and arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "expression/document_path.h"
#include "model/value.h"

namespace stator {

enum class Function : std::uint8_t {
  unknown,
  attribute_exists,
  attribute_not_exists,
  attribute_type,
  begins_with,
  contains,
  size,
  if_not_exists,
  list_append,
  plus,   // an operator, kept as a call of two arguments
  minus,  // likewise
};

// Function names are case-sensitive.
Function function_of(std::string_view name);

enum class OperandKind : std::uint8_t { path, value, call };

// A node in the request's arena.
struct Operand {
  OperandKind kind = OperandKind::path;
  Function function = Function::unknown;  // call
  std::uint32_t argument_count = 0;       // call
  DocumentPath path = {};                 // path
  ValueView value = {};                   // value; empty when its placeholder is undefined
  std::string_view name = {};             // call: as written
  const Operand* arguments = nullptr;     // call: the first
  const Operand* next = nullptr;          // in a list of operands

  bool is_call_of(Function f) const { return kind == OperandKind::call && function == f; }
};

// The type that an operand has whatever the item holds; nothing when the item decides.
std::optional<AttributeType> static_type(const Operand& operand);

}  // namespace stator
