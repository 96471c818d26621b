#include "expression/operand.h"

#include <array>
#include <utility>

namespace stator {
namespace {

constexpr std::array<std::pair<std::string_view, Function>, 8> kFunctions = {{
    {"attribute_exists", Function::attribute_exists},
    {"attribute_not_exists", Function::attribute_not_exists},
    {"attribute_type", Function::attribute_type},
    {"begins_with", Function::begins_with},
    {"contains", Function::contains},
    {"size", Function::size},
    {"if_not_exists", Function::if_not_exists},
    {"list_append", Function::list_append},
}};

}  // namespace

Function function_of(std::string_view name) {
  for (const auto& [known, function] : kFunctions) {
    if (known == name) return function;
  }
  return Function::unknown;
}

std::optional<AttributeType> static_type(const Operand& operand) {
  if (operand.kind == OperandKind::value && !operand.value.bytes().empty()) {
    return operand.value.type();
  }
  if (operand.is_call_of(Function::size)) return AttributeType::N;
  if (operand.is_call_of(Function::list_append)) return AttributeType::L;
  return std::nullopt;
}

}  // namespace stator
