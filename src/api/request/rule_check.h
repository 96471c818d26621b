// One value held against its rule, and AWS's words for what it breaks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/request/request_rules.h"

namespace stator {

// Whether a value is as its rule wants it: a text, or an integer or a count of elements.
bool admits(const ValueRule& rule, std::string_view text);
inline bool admits(const ValueRule& rule, std::int64_t number) {
  return number >= rule.least && number <= rule.most;
}

// A list of texts: its length and each of them.
bool admits(const ValueRule& rule, const std::vector<std::string_view>& texts);

// A member that may be absent.
template <typename T>
bool admits(const ValueRule& rule, const std::optional<T>& value) {
  return !value || admits(rule, *value);
}

// The number of a list's or map's elements.
inline bool admits_count(const ValueRule& rule, std::size_t count) {
  return admits(rule, static_cast<std::int64_t>(count));
}

// The constraints that a value breaks, in AWS's order: "Member must have length greater than .."
std::vector<std::string> broken_by(const ValueRule& rule, std::string_view text);
std::vector<std::string> broken_by(const ValueRule& rule, std::int64_t number);

// All constraints of a text or a list, as AWS tells them of elements, keys and values of a map:
// "[Member must have length less than or equal to 25, Member must have ..]".
std::string printed_constraints(const ValueRule& rule);

}  // namespace stator
