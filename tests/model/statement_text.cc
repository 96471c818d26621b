#include "statement_text.h"

namespace stator::plain {
namespace {

// "name", a quote in it written twice.
std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + "\"";
}

std::string path_text(const Path& path) {
  std::string text;
  for (const Step& step : path) {
    if (step.index) {
      text += "[" + std::to_string(*step.index) + "]";
    } else {
      text += (text.empty() ? "" : ".") + quoted(step.name);
    }
  }
  return text;
}

std::string operand_text(const Operand& operand, std::vector<Value>* parameters) {
  if (operand.kind == OperandKind::value) {
    parameters->push_back(operand.value);
    return "?";
  }
  const std::string path = path_text(operand.path);
  return operand.kind == OperandKind::path ? path : "size(" + path + ")";
}

std::string joined(const std::vector<std::string>& parts, std::size_t first,
                   const std::string& separator) {
  std::string text;
  for (std::size_t i = first; i < parts.size(); ++i) {
    text += (i == first ? "" : separator) + parts[i];
  }
  return text;
}

std::string function_text(const char* name, const std::vector<std::string>& operands) {
  return name + ("(" + joined(operands, 0, ", ") + ")");
}

std::string test_text(Test test, const std::vector<std::string>& operands) {
  switch (test) {
    case Test::between:
      return operands[0] + " BETWEEN " + operands[1] + " AND " + operands[2];
    case Test::in:
      return operands[0] + " IN [" + joined(operands, 1, ", ") + "]";
    case Test::exists:
      return operands[0] + " IS NOT MISSING";
    case Test::not_exists:
      return operands[0] + " IS MISSING";
    case Test::begins_with:
      return function_text("begins_with", operands);
    case Test::contains:
      return function_text("contains", operands);
    default:
      return operands[0] + comparator(test) + operands[1];
  }
}

bool is_compound(const Condition& condition) {
  return condition.test == Test::all || condition.test == Test::any || condition.test == Test::none;
}

}  // namespace

std::string statement_text(const Condition& condition, std::vector<Value>* parameters) {
  std::vector<std::string> parts;
  for (const Condition& inner : condition.inner) {
    const std::string text = statement_text(inner, parameters);
    parts.push_back(is_compound(inner) ? "(" + text + ")" : text);
  }
  if (condition.test == Test::none) return "NOT " + parts[0];
  if (is_compound(condition)) {
    return joined(parts, 0, condition.test == Test::all ? " AND " : " OR ");
  }
  for (const Operand& operand : condition.operands) {
    parts.push_back(operand_text(operand, parameters));
  }
  return test_text(condition.test, parts);
}

Condition as_statement(const Condition& condition) {
  Condition meant = condition;
  for (Condition& inner : meant.inner) inner = as_statement(inner);
  if (condition.test != Test::not_equal) return meant;
  Condition all = {.test = Test::all, .inner = {meant}};
  for (const Operand& operand : condition.operands) {
    if (operand.kind == OperandKind::value) continue;
    all.inner.push_back({.test = Test::exists, .operands = {{.path = operand.path}}});
  }
  return all;
}

}  // namespace stator::plain
