// Conditions of the parameters that expressions have replaced (Expected, KeyConditions,
// QueryFilter, ScanFilter): translated into what expressions are parsed into.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "expression/condition.h"
#include "expression/key_condition.h"
#include "model/value.h"

namespace stator {

// DynamoDB's ComparisonOperator.
enum class Comparison : std::uint8_t {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  between,
  in,
  null,
  not_null,
  begins_with,
  contains,
  not_contains,
};

// "EQ", "NE", .. "NOT_CONTAINS", or nothing for any other text.
std::optional<Comparison> comparison_of(std::string_view name);

// Whether a key condition can use it.
bool is_indexable(Comparison comparison);

// A test of one attribute. `values` are as many as the comparison takes, of types that it takes.
struct AttributeTest {
  std::string_view attribute;
  Comparison comparison = Comparison::equal;
  std::span<const ValueView> values;
};

// DynamoDB's ConditionalOperator.
enum class Conjunction : std::uint8_t { all, any };

// The condition that all or any of the tests hold. A missing attribute fails every test but NE and
// NULL.
//   tests  at least one; with what they point at, as good as the condition
Condition condition_of(std::span<const AttributeTest> tests, Conjunction conjunction, Arena* arena);

// The same tests, all indexable, as a key condition.
KeyClauses key_clauses_of(std::span<const AttributeTest> tests, Arena* arena);

}  // namespace stator
