// Key condition expressions: one partition key value and at most one condition on the sort key.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "expression/placeholders.h"
#include "model/table.h"
#include "model/value.h"

namespace stator {

enum class SortOperator { equal, less, less_equal, greater, greater_equal, between, begins_with };

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

// A key condition that fits the key schema: types are right, values may still be too long or empty.
struct KeyCondition {
  ValueView partition;
  std::optional<SortCondition> sort;
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
