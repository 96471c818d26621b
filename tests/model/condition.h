// Conditions as trees: what they say of an item, and their text.
#pragma once

#include <string>
#include <vector>

#include "path.h"
#include "placeholders.h"
#include "value.h"

namespace stator::plain {

enum class OperandKind { path, value, size };

struct Operand {
  OperandKind kind = OperandKind::path;
  Path path = {};    // also of size
  Value value = {};  // of a literal
};

enum class Test {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  between,
  in,
  exists,
  not_exists,
  has_type,
  begins_with,
  contains,
  all,
  any,
  none,
};

// A value: a test of operands, or all, any and none of what stands below.
struct Condition {
  Test test = Test::exists;
  std::vector<Operand> operands = {};
  std::vector<Condition> inner = {};
};

// `item` has no attributes where there is no item.
bool holds(const Condition& condition, const Item& item);

std::string text_of(const Condition& condition, Placeholders* placeholders);

// " = " and the like.
std::string comparator(Test test);

// Of two values that are there.
bool compares(Test test, const Value& left, const Value& right);

}  // namespace stator::plain
