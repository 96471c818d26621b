// Rules of values that stand in the requests of several operations. Words are in the order in which
// AWS prints them.
#pragma once

#include "api/request/request_rules.h"
#include "api/request/text_patterns.h"
#include "base/limits.h"

namespace stator {

constexpr ValueRule text_rule(std::int64_t least, std::int64_t most) {
  return {.kind = ValueKind::text, .least = least, .most = most};
}

constexpr ValueRule pattern_rule(const TextPattern* pattern, std::int64_t least = 0,
                                 std::int64_t most = kNoBound) {
  return {.kind = ValueKind::text, .least = least, .most = most, .pattern = pattern};
}

constexpr ValueRule word_rule(std::span<const std::string_view> words) {
  return {.kind = ValueKind::text, .words = words};
}

constexpr ValueRule integer_rule(std::int64_t least, std::int64_t most = kNoBound) {
  return {.kind = ValueKind::integer, .least = least, .most = most};
}

constexpr ValueRule long_rule(std::int64_t least, std::int64_t most = kNoBound) {
  return {.kind = ValueKind::long_integer, .least = least, .most = most};
}

constexpr ValueRule list_rule(const ValueRule* element, std::int64_t least = 0,
                              std::int64_t most = kNoBound) {
  return {.kind = ValueKind::list, .least = least, .most = most, .element = element};
}

constexpr ValueRule map_rule(const ValueRule* value) {
  return {.kind = ValueKind::map, .element = value};
}

constexpr ValueRule structure_rule(std::span<const MemberRule> members,
                                   std::string_view java_class = {}) {
  return {.kind = ValueKind::structure, .members = members, .java_class = java_class};
}

inline constexpr ValueRule kAnyValue = {};

// ---- Values of a type and no constraint ----

inline constexpr ValueRule kAnyText = text_rule(0, kNoBound);
inline constexpr ValueRule kAnyInteger = integer_rule(kNoLowerBound);
inline constexpr ValueRule kAnyLong = long_rule(kNoLowerBound);
inline constexpr ValueRule kReal = {.kind = ValueKind::real};
inline constexpr ValueRule kBoolean = {.kind = ValueKind::boolean};

// ---- Names ----

// AWS's control plane wants three characters of a table's name where its data plane takes one.
inline constexpr ValueRule kDataTableName = {.kind = ValueKind::table_name,
                                             .least = 1,
                                             .most = kTableNameBytesMax,
                                             .pattern = &kNamePattern};
inline constexpr ValueRule kControlTableName = {.kind = ValueKind::table_name,
                                                .least = kTableNameBytesMin,
                                                .most = kTableNameBytesMax,
                                                .pattern = &kNamePattern};

inline constexpr MemberRule kDataTableMember = {"TableName", &kDataTableName, Need::required,
                                                Told::alone};
inline constexpr MemberRule kControlTableMember = {"TableName", &kControlTableName, Need::required,
                                                   Told::alone};

// Of a table, an index or a backup, where no ARN stands in its place.
inline constexpr ValueRule kPlainName =
    pattern_rule(&kNamePattern, kTableNameBytesMin, kTableNameBytesMax);
inline constexpr ValueRule kKeyAttributeName = text_rule(1, kKeyNameBytesMax);

// ---- Options of several operations ----

inline constexpr std::string_view kConsumedCapacityWords[] = {"INDEXES", "TOTAL", "NONE"};
inline constexpr ValueRule kConsumedCapacity = word_rule(kConsumedCapacityWords);

inline constexpr std::string_view kCollectionMetricsWords[] = {"SIZE", "NONE"};
inline constexpr ValueRule kCollectionMetrics = word_rule(kCollectionMetricsWords);

inline constexpr std::string_view kReturnOnFailureWords[] = {"ALL_OLD", "NONE"};
inline constexpr ValueRule kReturnOnFailure = word_rule(kReturnOnFailureWords);

inline constexpr ValueRule kRequestToken = text_rule(1, kRequestTokenLengthMax);
inline constexpr ValueRule kPositiveInteger = integer_rule(1);
inline constexpr ValueRule kPositiveLong = long_rule(1);

inline constexpr ValueRule kAttributeName = text_rule(0, kAttributeNameBytesMax);
inline constexpr ValueRule kAttributesToGet = list_rule(&kAttributeName, 1);

}  // namespace stator
