#include "api/legacy_conditions.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace stator {
namespace {

constexpr std::size_t kKeyConditionsMax = 2;  // AWS: a partition key and a sort key

Error invalid(std::string text) {
  return validation_error("One or more parameter values were invalid: " + std::move(text));
}

Error invalid_for(const LegacyCondition& condition, std::string text) {
  return invalid(std::move(text) + " for Attribute: " + std::string(condition.attribute));
}

bool takes(Comparison comparison, std::size_t count) {
  switch (comparison) {
    case Comparison::null:
    case Comparison::not_null:
      return count == 0;
    case Comparison::between:
      return count == 2;
    case Comparison::in:
      return count > 0;
    default:
      return count == 1;
  }
}

bool takes(Comparison comparison, AttributeType type) {
  switch (comparison) {
    case Comparison::equal:
    case Comparison::not_equal:
      return true;
    case Comparison::begins_with:
      return type == AttributeType::S || type == AttributeType::B;
    default:
      return type == AttributeType::S || type == AttributeType::N || type == AttributeType::B;
  }
}

Result<void> check_types(const LegacyCondition& condition, Comparison comparison) {
  if (condition.values.empty()) return {};
  const AttributeType type = condition.values[0].type();
  const bool same = std::all_of(condition.values.begin(), condition.values.end(),
                                [type](ValueView value) { return value.type() == type; });
  if (!same) return invalid("AttributeValues inside AttributeValueList must be of same type");
  if (takes(comparison, type)) return {};
  return invalid("ComparisonOperator " + std::string(*condition.comparison) + " is not valid for " +
                 std::string(type_name(type)) + " AttributeValue type");
}

// Which members of an entry of Expected without ComparisonOperator go together.
Result<void> check_exists(const LegacyCondition& condition) {
  if (condition.has_list) {
    return invalid_for(condition, "AttributeValueList can only be used with a ComparisonOperator");
  }
  if (condition.exists.value_or(true) == condition.has_value) return {};
  if (condition.has_value) {
    return invalid_for(condition, "Value cannot be used when Exists is false");
  }
  return invalid_for(condition, condition.exists ? "Value must be provided when Exists is true"
                                                 : "Value must be provided when Exists is null");
}

Result<void> check_members(const LegacyCondition& condition) {
  if (condition.has_list && condition.has_value) {
    return invalid_for(condition, "Value and AttributeValueList cannot be used together");
  }
  if (!condition.comparison) return check_exists(condition);
  if (condition.exists) {
    return invalid_for(condition, "Exists and ComparisonOperator cannot be used together");
  }
  const bool needs_value = !takes(*comparison_of(*condition.comparison), std::size_t{0});
  if (!needs_value || condition.has_list || condition.has_value) return {};
  return invalid_for(condition,
                     "Value or AttributeValueList must be used with ComparisonOperator: " +
                         std::string(*condition.comparison));
}

}  // namespace

Result<void> check_test(const LegacyCondition& condition) {
  if (condition.value_error) return validation_error(condition.value_error->message());
  const Comparison comparison = *comparison_of(*condition.comparison);
  if (!takes(comparison, condition.values.size())) {
    return invalid("Invalid number of argument(s) for the " + std::string(*condition.comparison) +
                   " ComparisonOperator");
  }
  TRY(check_types(condition, comparison));
  if (comparison != Comparison::between ||
      condition.values[0].scalar() <= condition.values[1].scalar()) {
    return {};
  }
  return validation_error(
      "The BETWEEN condition was provided a range where the lower bound is greater than the upper "
      "bound");
}

Result<void> check_expected(const LegacyCondition& condition) {
  TRY(check_members(condition));
  if (condition.comparison) return check_test(condition);
  if (condition.value_error) return validation_error(condition.value_error->message());
  return {};
}

Result<void> check_key_conditions(const std::vector<LegacyCondition>& conditions) {
  if (conditions.empty() || conditions.size() > kKeyConditionsMax) {
    return validation_error("Conditions can be of length 1 or 2 only");
  }
  for (const LegacyCondition& condition : conditions) TRY(check_test(condition));
  return {};
}

Result<void> check_indexable(const std::vector<LegacyCondition>& conditions) {
  for (const LegacyCondition& condition : conditions) {
    if (is_indexable(*comparison_of(*condition.comparison))) continue;
    return validation_error("Attempted conditional constraint is not an indexable operation");
  }
  return {};
}

AttributeTest test_of(const LegacyCondition& condition) {
  AttributeTest test{.attribute = condition.attribute,
                     .comparison = Comparison::equal,
                     .values = condition.values};
  if (condition.comparison) {
    test.comparison = *comparison_of(*condition.comparison);
  } else if (condition.values.empty()) {
    test.comparison = Comparison::null;  // Exists is false
  }
  return test;
}

}  // namespace stator
