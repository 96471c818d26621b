// The parameters of requests that expressions have replaced, as their JSON gave them: typed, but
// not yet checked.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/attribute_reader.h"
#include "api/json_reader.h"
#include "base/result.h"
#include "model/value.h"

namespace stator {

// An entry of Expected, KeyConditions, QueryFilter or ScanFilter.
struct LegacyCondition {
  std::string_view attribute;
  std::optional<std::string_view> comparison;  // ComparisonOperator
  std::optional<bool> exists;                  // Expected alone
  bool has_list = false;                       // AttributeValueList
  bool has_value = false;                      // Value, of Expected alone
  std::vector<ValueView> values;               // of either
  std::optional<Error> value_error;            // the first thing wrong with a value
};

// An entry of AttributeUpdates.
struct LegacyUpdate {
  std::string_view attribute;
  std::optional<std::string_view> action;
  std::optional<ValueView> value;
  std::optional<Error> value_error;
};

// In the order of the request; of two entries with one name the later stands, in the place of the
// first. Neither copied nor moved: its views point into it.
struct LegacyParameters {
  LegacyParameters() = default;
  LegacyParameters(const LegacyParameters&) = delete;
  LegacyParameters& operator=(const LegacyParameters&) = delete;

  std::vector<std::string_view> attributes_to_get;
  std::vector<LegacyUpdate> attribute_updates;
  std::vector<LegacyCondition> expected;
  std::vector<LegacyCondition> key_conditions;
  std::vector<LegacyCondition> filter;  // QueryFilter or ScanFilter
  std::deque<std::string> value_bytes;  // one string a value
};

// Which structure of AWS's model the entries of a map of conditions have.
enum class ConditionShape { condition, expected };

// Each reads a member's value that is not null.
//   errors  serialization
Result<void> read_attributes_to_get(JsonValue* value, LegacyParameters* parameters);
Result<void> read_attribute_updates(JsonValue* value, ValueTexts texts,
                                    LegacyParameters* parameters);
Result<void> read_conditions(JsonValue* value, ConditionShape shape, ValueTexts texts,
                             std::vector<LegacyCondition>* conditions,
                             LegacyParameters* parameters);

}  // namespace stator
