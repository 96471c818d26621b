#include "expression/condition.h"

#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/utf8.h"
#include "expression/condition_node.h"
#include "model/number.h"

namespace stator {
namespace {

using Op = ConditionOperator;

std::optional<std::size_t> size_of(ValueView value) {
  switch (value.type()) {
    case AttributeType::S:
      return utf16_units(value.text());
    case AttributeType::B:
      return value.text().size();
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS:
      return value.set().count();
    case AttributeType::L:
      return value.list().count();
    case AttributeType::M:
      return value.map().count();
    default:
      return std::nullopt;
  }
}

// An operand's value for one item. The bytes of a size are its own, so it stays where it is.
class Evaluated {
 public:
  Evaluated(const Operand& operand, const MapView& item) {
    switch (operand.kind) {
      case OperandKind::path:
        value_ = find(item, operand.path);
        break;
      case OperandKind::value:
        value_ = operand.value;
        break;
      case OperandKind::call:
        set_size(*operand.arguments, item);
        break;
    }
  }
  Evaluated(const Evaluated&) = delete;
  Evaluated& operator=(const Evaluated&) = delete;

  explicit operator bool() const { return value_.has_value(); }
  // The size of a value that is there and has none.
  bool is_undefined() const { return is_undefined_; }
  ValueView operator*() const { return *value_; }
  const ValueView* operator->() const { return &*value_; }

 private:
  void set_size(const Operand& argument, const MapView& item) {
    const Evaluated measured(argument, item);
    const std::optional<std::size_t> size = measured ? size_of(*measured) : std::nullopt;
    is_undefined_ = measured && !size;
    if (!size) return;
    std::array<char, 20> digits;
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), *size);
    const Result<Number> number =
        parse_number({digits.data(), static_cast<std::size_t>(written.ptr - digits.data())});
    const std::string_view bytes = number->bytes();
    bytes_[0] = static_cast<char>(AttributeType::N);
    bytes_[1] = static_cast<char>(bytes.size());
    std::memcpy(bytes_.data() + 2, bytes.data(), bytes.size());
    value_ = ValueView({bytes_.data(), 2 + bytes.size()});
  }

  std::optional<ValueView> value_;
  bool is_undefined_ = false;
  std::array<char, 2 + Number::kBytesMax> bytes_;
};

bool is_ordered(AttributeType type) {
  return type == AttributeType::S || type == AttributeType::N || type == AttributeType::B;
}

// Negative, zero or positive; nothing when the two have no order.
std::optional<int> compare(const Evaluated& a, const Evaluated& b) {
  if (!a || !b || a->type() != b->type() || !is_ordered(a->type())) return std::nullopt;
  return a->scalar().compare(b->scalar());
}

bool matches_comparison(const ConditionNode& node, const MapView& item) {
  const Evaluated left(*node.operands, item);
  const Evaluated right(*node.operands->next, item);
  if (node.op == Op::equal) return left && right && *left == *right;
  if (node.op == Op::not_equal) {
    if (left.is_undefined() || right.is_undefined()) return false;
    return !left || !right || !(*left == *right);
  }
  const std::optional<int> order = compare(left, right);
  if (!order) return false;
  switch (node.op) {
    case Op::less:
      return *order < 0;
    case Op::less_equal:
      return *order <= 0;
    case Op::greater:
      return *order > 0;
    default:
      return *order >= 0;
  }
}

bool matches_between(const ConditionNode& node, const MapView& item) {
  const Evaluated value(*node.operands, item);
  const std::optional<int> lower = compare(value, Evaluated(*node.operands->next, item));
  if (!lower || *lower < 0) return false;
  const std::optional<int> upper = compare(value, Evaluated(*node.operands->next->next, item));
  return upper && *upper <= 0;
}

bool matches_in(const ConditionNode& node, const MapView& item) {
  const Evaluated value(*node.operands, item);
  if (!value) return false;
  for (const Operand* other = node.operands->next; other != nullptr; other = other->next) {
    const Evaluated candidate(*other, item);
    if (candidate && *candidate == *value) return true;
  }
  return false;
}

// memmem is linear in the worst case; std::string_view::find is not, and clients choose both texts.
bool has_part(std::string_view text, std::string_view part) {
  return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

bool has_element(const ListView& list, ValueView element) {
  for (ListView::Cursor c(list); c.next();) {
    if (c.value() == element) return true;
  }
  return false;
}

bool contains(ValueView whole, ValueView part) {
  switch (whole.type()) {
    case AttributeType::S:
    case AttributeType::B:
      return part.type() == whole.type() && has_part(whole.text(), part.text());
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS:
      return part.type() == element_type(whole.type()) && whole.set().contains(part.scalar());
    case AttributeType::L:
      return has_element(whole.list(), part);
    default:
      return false;
  }
}

bool begins_with(ValueView text, ValueView prefix) {
  if (text.type() != prefix.type()) return false;
  if (text.type() != AttributeType::S && text.type() != AttributeType::B) return false;
  return text.text().starts_with(prefix.text());
}

bool matches_function(const ConditionNode& node, const MapView& item) {
  const Evaluated first(*node.operands, item);
  switch (node.op) {
    case Op::attribute_exists:
      return static_cast<bool>(first);
    case Op::attribute_not_exists:
      return !first;
    case Op::attribute_type:
      return first && first->type() == node.type;
    default:
      break;
  }
  if (!first) return false;
  const Evaluated second(*node.operands->next, item);
  if (!second) return false;
  return node.op == Op::contains ? contains(*first, *second) : begins_with(*first, *second);
}

bool matches(const ConditionNode& node, const MapView& item);

// Whether some child gives `wanted`.
bool any_child(const ConditionNode& node, const MapView& item, bool wanted) {
  for (const ConditionNode* child = node.children; child != nullptr; child = child->next) {
    if (matches(*child, item) == wanted) return true;
  }
  return false;
}

bool matches(const ConditionNode& node, const MapView& item) {
  switch (node.op) {
    case Op::logical_and:
      return !any_child(node, item, false);
    case Op::logical_or:
      return any_child(node, item, true);
    case Op::logical_not:
      return !matches(*node.children, item);
    case Op::between:
      return matches_between(node, item);
    case Op::in:
      return matches_in(node, item);
    default:
      return node.op < Op::between ? matches_comparison(node, item) : matches_function(node, item);
  }
}

}  // namespace

bool Condition::matches(const MapView& attributes) const {
  return stator::matches(*root_, attributes);
}

}  // namespace stator
