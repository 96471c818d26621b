// The members that requests on items may have, and sets of them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace stator {

enum class Member : std::uint8_t {
  attributes_to_get,
  attribute_updates,
  condition_expression,
  conditional_operator,
  consistent_read,
  exclusive_start_key,
  expected,
  expression_attribute_names,
  expression_attribute_values,
  filter_expression,
  index_name,
  item,
  key,
  key_condition_expression,
  key_conditions,
  limit,
  projection_expression,
  query_filter,
  return_consumed_capacity,
  return_item_collection_metrics,
  return_values,
  return_values_on_condition_check_failure,
  scan_filter,
  scan_index_forward,
  segment,
  select,
  table_name,
  total_segments,
  update_expression,
};

// A set of members.
class MemberSet {
 public:
  constexpr MemberSet() = default;
  constexpr MemberSet(std::initializer_list<Member> members) {
    for (const Member member : members) add(member);
  }
  constexpr void add(Member member) { bits_ |= bit(member); }
  constexpr void remove(Member member) { bits_ &= ~bit(member); }
  constexpr bool has(Member member) const { return (bits_ & bit(member)) != 0; }
  constexpr MemberSet operator|(MemberSet other) const {
    MemberSet either;
    either.bits_ = bits_ | other.bits_;
    return either;
  }
  constexpr MemberSet operator&(MemberSet other) const {
    MemberSet both;
    both.bits_ = bits_ & other.bits_;
    return both;
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool has_all(MemberSet others) const { return (bits_ & others.bits_) == others.bits_; }
  static constexpr MemberSet all() {
    MemberSet set;
    set.bits_ = ~std::uint64_t{0};
    return set;
  }

 private:
  static constexpr std::uint64_t bit(Member member) {
    return std::uint64_t{1} << static_cast<unsigned>(member);
  }
  std::uint64_t bits_ = 0;
};

// In the order of Member, which is the alphabet's.
inline constexpr std::array<std::string_view, 29> kMemberNames = {
    "AttributesToGet",
    "AttributeUpdates",
    "ConditionExpression",
    "ConditionalOperator",
    "ConsistentRead",
    "ExclusiveStartKey",
    "Expected",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "FilterExpression",
    "IndexName",
    "Item",
    "Key",
    "KeyConditionExpression",
    "KeyConditions",
    "Limit",
    "ProjectionExpression",
    "QueryFilter",
    "ReturnConsumedCapacity",
    "ReturnItemCollectionMetrics",
    "ReturnValues",
    "ReturnValuesOnConditionCheckFailure",
    "ScanFilter",
    "ScanIndexForward",
    "Segment",
    "Select",
    "TableName",
    "TotalSegments",
    "UpdateExpression",
};
static_assert(static_cast<std::size_t>(Member::update_expression) + 1 == kMemberNames.size());

// "TableName"
constexpr std::string_view member_name(Member member) {
  return kMemberNames[static_cast<std::size_t>(member)];
}

// The member of that name in `known`, or nothing.
constexpr std::optional<Member> find_member(std::string_view name, MemberSet known) {
  for (std::size_t i = 0; i < kMemberNames.size(); ++i) {
    const auto member = static_cast<Member>(i);
    if (kMemberNames[i] == name && known.has(member)) return member;
  }
  return std::nullopt;
}

}  // namespace stator
