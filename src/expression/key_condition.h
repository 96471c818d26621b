// Key condition expressions: a value for each partition key attribute, values for the first sort
// key attributes, and at most one other condition, on the next of them.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "expression/condition_node.h"
#include "expression/placeholders.h"
#include "model/table.h"
#include "model/value.h"

namespace stator {

enum class SortOperator { equal, less, less_equal, greater, greater_equal, between, begins_with };

// Nothing of an operator that no key condition has.
std::optional<SortOperator> sort_operator_of(ConditionOperator op);

struct SortCondition {
  SortOperator op = SortOperator::equal;
  ValueView first;
  ValueView second = {};  // between: the upper bound
};

// One condition as written: attribute, operator, operands.
struct KeyClause {
  std::string_view attribute;
  SortCondition condition;
};

// Parsed, but not yet held against a table's key. Lives in the request's arena.
struct KeyClauses {
  std::span<const KeyClause> clauses;
};

// Values of key attributes in the order of the schema.
class KeyValues {
 public:
  void push_back(ValueView value) { values_[count_++] = value; }
  std::size_t size() const { return count_; }
  ValueView operator[](std::size_t i) const { return values_[i]; }
  std::span<const ValueView> span() const { return std::span(values_).first(count_); }

 private:
  std::array<ValueView, kKeyAttributesMax> values_;
  std::size_t count_ = 0;
};

// A key condition that fits the key schema: types are right, values may still be too long or empty.
struct KeyCondition {
  KeyValues partition;                // of all HASH attributes
  KeyValues equal;                    // of the first RANGE attributes
  std::optional<SortCondition> sort;  // on the RANGE attribute behind those
};

// Before the table is looked up.
//   errors  validation, in the order and with the texts of DynamoDB
Result<KeyClauses> parse_key_condition(std::string_view text, Placeholders* placeholders,
                                       Arena* arena);

// After the table is known.
//   errors  validation: missed key schema element, unsupported, wrong type, too many conditions
Result<KeyCondition> bind_key_condition(const KeyClauses& clauses, const KeySchema& key);

// Whether a sort key value of the right type lies within the condition.
bool matches(const SortCondition& condition, ValueView sort_key);

}  // namespace stator
