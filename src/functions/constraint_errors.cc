#include "functions/constraint_errors.h"

#include <limits>

#include "api/request/rule_check.h"
#include "api/request/value_rules.h"
#include "functions/function.h"

namespace stator {

void ConstraintErrors::add(std::string_view value, std::string_view path, std::string constraint) {
  broken_.push_back({"'" + std::string(value) + "'", std::string(path), std::move(constraint)});
}

void ConstraintErrors::pattern(const std::optional<std::string_view>& value, std::string_view path,
                               bool (*matches)(std::string_view), std::string_view pattern) {
  if (!value || matches(*value)) return;
  add(*value, path, "Member must satisfy regular expression pattern: " + std::string(pattern));
}

void ConstraintErrors::require(bool present, std::string_view path) {
  if (!present) broken_.push_back({"null", std::string(path), "Member must not be null"});
}

void ConstraintErrors::one_of(const std::optional<std::string_view>& value, std::string_view path,
                              std::span<const std::string_view> allowed) {
  check(value, path, word_rule(allowed));
}

void ConstraintErrors::one_of(const std::optional<std::string_view>& value, std::string_view path,
                              std::initializer_list<std::string_view> allowed) {
  one_of(value, path, std::span(allowed.begin(), allowed.size()));
}

void ConstraintErrors::at_least(const std::optional<std::int64_t>& value, std::string_view path,
                                std::int64_t least) {
  check(value, path, integer_rule(least));
}

void ConstraintErrors::at_most(const std::optional<std::int64_t>& value, std::string_view path,
                               std::int64_t most) {
  check(value, path, integer_rule(std::numeric_limits<std::int64_t>::min(), most));
}

void ConstraintErrors::length(const std::optional<std::string_view>& value, std::string_view path,
                              std::int64_t least, std::int64_t most) {
  check(value, path, text_rule(least, most));
}

void ConstraintErrors::function_name(const std::optional<std::string_view>& value) {
  constexpr std::int64_t kLengthMax = 256;
  length(value, "functionName", 1, kLengthMax);
  pattern(value, "functionName", is_namespaced_function_name,
          "(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:"
          "\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))"
          "(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
}

void ConstraintErrors::count_at_most(const std::optional<std::vector<std::string>>& list,
                                     std::string_view path, std::size_t most) {
  if (!list || list->size() <= most) return;
  std::string value = "[";
  for (const std::string& each : *list) {
    if (value.size() > 1) value += ", ";
    value += each;
  }
  add(value + "]", path, "Member must have length less than or equal to " + std::to_string(most));
}

Result<void> ConstraintErrors::result() const {
  if (broken_.empty()) return {};
  return constraint_error(broken_);
}

void ConstraintErrors::check(const std::optional<std::string_view>& value, std::string_view path,
                             const ValueRule& rule) {
  if (!value) return;
  for (std::string& each : broken_by(rule, *value)) add(*value, path, std::move(each));
}

void ConstraintErrors::check(const std::optional<std::int64_t>& value, std::string_view path,
                             const ValueRule& rule) {
  if (!value) return;
  for (std::string& each : broken_by(rule, *value)) {
    add(std::to_string(*value), path, std::move(each));
  }
}

}  // namespace stator
