#include "condition.h"

#include <algorithm>
#include <optional>

namespace stator::plain {
namespace {

std::size_t utf16_units(const std::string& utf8) {
  std::size_t units = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

// What size() says: nothing of a scalar without a length.
std::optional<std::size_t> length_of(const Value& value) {
  switch (value.type) {
    case Type::S:
      return utf16_units(value.text);
    case Type::B:
      return value.text.size();
    case Type::N:
    case Type::BOOL:
    case Type::NUL:
      return std::nullopt;
    case Type::M:
      return value.map.size();
    default:
      return value.list.size();
  }
}

std::optional<Value> value_of(const Operand& operand, const Item& item) {
  if (operand.kind == OperandKind::value) return operand.value;
  const Value* const found = find(item, operand.path);
  if (found == nullptr) return std::nullopt;
  if (operand.kind == OperandKind::path) return *found;
  const std::optional<std::size_t> length = length_of(*found);
  if (!length) return std::nullopt;
  return number_value(parse_decimal(std::to_string(*length)));
}

bool contains(const Value& whole, const Value& part) {
  if (whole.type == Type::L || is_set(whole.type)) {
    return std::find(whole.list.begin(), whole.list.end(), part) != whole.list.end();
  }
  if (whole.type != Type::S && whole.type != Type::B) return false;
  return whole.type == part.type && whole.text.find(part.text) != std::string::npos;
}

bool begins_with(const Value& whole, const Value& start) {
  if (whole.type != Type::S && whole.type != Type::B) return false;
  return whole.type == start.type && whole.text.starts_with(start.text);
}

bool holds_of(Test test, const std::vector<Value>& values) {
  switch (test) {
    case Test::between:
      return compares(Test::greater_equal, values[0], values[1]) &&
             compares(Test::less_equal, values[0], values[2]);
    case Test::has_type:
      return type_name(values[0].type) == values[1].text;
    case Test::begins_with:
      return begins_with(values[0], values[1]);
    case Test::contains:
      return contains(values[0], values[1]);
    default:
      return compares(test, values[0], values[1]);
  }
}

bool is_one_of(const Condition& condition, const Item& item) {
  const std::optional<Value> first = value_of(condition.operands[0], item);
  return first && std::any_of(condition.operands.begin() + 1, condition.operands.end(),
                              [&](const Operand& other) { return value_of(other, item) == first; });
}

// Whether it is the size of a value that is there and has none.
bool is_undefined(const Operand& operand, const Item& item) {
  if (operand.kind == OperandKind::value || operand.kind == OperandKind::path) return false;
  const Value* const found = find(item, operand.path);
  return found != nullptr && !length_of(*found);
}

bool tests(const Condition& condition, const Item& item) {
  const bool is_there = value_of(condition.operands[0], item).has_value();
  if (condition.test == Test::exists) return is_there;
  if (condition.test == Test::not_exists) return !is_there;
  if (condition.test == Test::in) return is_one_of(condition, item);
  const bool has_undefined =
      std::any_of(condition.operands.begin(), condition.operands.end(),
                  [&](const Operand& operand) { return is_undefined(operand, item); });
  if (has_undefined) return false;
  std::vector<Value> values;
  for (const Operand& operand : condition.operands) {
    const std::optional<Value> value = value_of(operand, item);
    if (!value) return condition.test == Test::not_equal;
    values.push_back(*value);
  }
  return holds_of(condition.test, values);
}

std::string text_of(const Operand& operand, Placeholders* placeholders) {
  if (operand.kind == OperandKind::value) return placeholders->value(operand.value);
  const std::string path = placeholders->path(operand.path);
  return operand.kind == OperandKind::path ? path : "size(" + path + ")";
}

std::string function_name(Test test) {
  switch (test) {
    case Test::exists:
      return "attribute_exists";
    case Test::not_exists:
      return "attribute_not_exists";
    case Test::has_type:
      return "attribute_type";
    case Test::begins_with:
      return "begins_with";
    default:
      return "contains";
  }
}

bool is_compound(const Condition& condition) {
  return condition.test == Test::all || condition.test == Test::any;
}

std::string inner_text(const Condition& condition, Placeholders* placeholders) {
  const std::string text = text_of(condition, placeholders);
  return is_compound(condition) ? "(" + text + ")" : text;
}

std::string joined(const std::vector<std::string>& parts, const std::string& separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

}  // namespace

bool compares(Test test, const Value& left, const Value& right) {
  if (test == Test::equal) return left == right;
  if (test == Test::not_equal) return !(left == right);
  const bool ordered = left.type == Type::S || left.type == Type::N || left.type == Type::B;
  if (!ordered || left.type != right.type) return false;
  const std::strong_ordering order = compare_scalars(left, right);
  if (test == Test::less) return order < 0;
  if (test == Test::less_equal) return order <= 0;
  return test == Test::greater ? order > 0 : order >= 0;
}

bool holds(const Condition& condition, const Item& item) {
  const auto inner = [&](const Condition& below) { return holds(below, item); };
  switch (condition.test) {
    case Test::all:
      return std::all_of(condition.inner.begin(), condition.inner.end(), inner);
    case Test::any:
      return std::any_of(condition.inner.begin(), condition.inner.end(), inner);
    case Test::none:
      return !holds(condition.inner[0], item);
    default:
      return tests(condition, item);
  }
}

std::string comparator(Test test) {
  switch (test) {
    case Test::equal:
      return " = ";
    case Test::not_equal:
      return " <> ";
    case Test::less:
      return " < ";
    case Test::less_equal:
      return " <= ";
    case Test::greater:
      return " > ";
    default:
      return " >= ";
  }
}

std::string text_of(const Condition& condition, Placeholders* placeholders) {
  std::vector<std::string> parts;
  for (const Condition& below : condition.inner) parts.push_back(inner_text(below, placeholders));
  for (const Operand& operand : condition.operands) parts.push_back(text_of(operand, placeholders));
  switch (condition.test) {
    case Test::all:
      return joined(parts, " AND ");
    case Test::any:
      return joined(parts, " or ");
    case Test::none:
      return "NOT " + parts[0];
    case Test::between:
      return parts[0] + " BETWEEN " + parts[1] + " AND " + parts[2];
    case Test::in:
      return parts[0] + " IN (" + joined({parts.begin() + 1, parts.end()}, ", ") + ")";
    case Test::exists:
    case Test::not_exists:
    case Test::has_type:
    case Test::begins_with:
    case Test::contains:
      return function_name(condition.test) + "(" + joined(parts, ", ") + ")";
    default:
      return parts[0] + comparator(condition.test) + parts[1];
  }
}

}  // namespace stator::plain
