#include "api/request/rule_check.h"

#include <algorithm>

#include "base/utf8.h"

namespace stator {
namespace {

std::string_view measure_of(const ValueRule& rule) {
  const bool is_number = rule.kind == ValueKind::integer || rule.kind == ValueKind::long_integer;
  return is_number ? "value" : "length";
}

std::string at_least(const ValueRule& rule) {
  return "Member must have " + std::string(measure_of(rule)) + " greater than or equal to " +
         std::to_string(rule.least);
}

std::string at_most(const ValueRule& rule) {
  return "Member must have " + std::string(measure_of(rule)) + " less than or equal to " +
         std::to_string(rule.most);
}

std::string printed(std::span<const std::string_view> texts) {
  std::string text = "[";
  for (const std::string_view each : texts) {
    if (text.size() > 1) text += ", ";
    text += each;
  }
  return text + "]";
}

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// An ARN is judged where it is taken apart.
bool is_arn(const ValueRule& rule, std::string_view text) {
  return rule.kind == ValueKind::table_name && text.starts_with("arn:");
}

std::int64_t length_of(std::string_view text) {
  return static_cast<std::int64_t>(utf16_units(text));
}

// AWS tells of an empty table name its length alone.
bool breaks_pattern(const ValueRule& rule, std::string_view text) {
  if (rule.pattern == nullptr || (rule.kind == ValueKind::table_name && text.empty())) return false;
  return !rule.pattern->admits(text);
}

std::string of_pattern(const ValueRule& rule) {
  return "Member must satisfy regular expression pattern: " + std::string(rule.pattern->text);
}

}  // namespace

bool admits(const ValueRule& rule, std::string_view text) {
  if (is_arn(rule, text)) return true;
  if (!rule.words.empty()) return is_one_of(text, rule.words);
  return admits(rule, length_of(text)) && !breaks_pattern(rule, text);
}

bool admits(const ValueRule& rule, const std::vector<std::string_view>& texts) {
  return admits_count(rule, texts.size()) &&
         std::all_of(texts.begin(), texts.end(),
                     [&](std::string_view text) { return admits(*rule.element, text); });
}

std::vector<std::string> broken_by(const ValueRule& rule, std::string_view text) {
  if (is_arn(rule, text)) return {};
  if (!rule.words.empty() && !is_one_of(text, rule.words)) {
    return {"Member must satisfy enum value set: " + printed(rule.words)};
  }
  std::vector<std::string> broken;
  if (breaks_pattern(rule, text)) broken.push_back(of_pattern(rule));
  for (std::string& each : broken_by(rule, length_of(text))) {
    broken.push_back(std::move(each));
  }
  return broken;
}

std::vector<std::string> broken_by(const ValueRule& rule, std::int64_t number) {
  if (number < rule.least) return {at_least(rule)};
  if (number > rule.most) return {at_most(rule)};
  return {};
}

std::string printed_constraints(const ValueRule& rule) {
  std::string text = "[" + at_most(rule);
  if (rule.least > 0) text += ", " + at_least(rule);
  if (rule.pattern != nullptr) text.append(", ").append(of_pattern(rule));
  return text + "]";
}

}  // namespace stator
