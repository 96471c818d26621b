// The requests of the data plane as their JSON gave them: typed, but not yet checked.
//
// Their members overlap so far that one reader serves GetItem, PutItem, UpdateItem, DeleteItem,
// Query and Scan; each operation takes what it knows and ignores the rest, as AWS does.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/attribute_reader.h"
#include "api/json_reader.h"
#include "api/request/legacy_request.h"
#include "base/result.h"
#include "expression/placeholders.h"

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

 private:
  static constexpr std::uint64_t bit(Member member) {
    return std::uint64_t{1} << static_cast<unsigned>(member);
  }
  std::uint64_t bits_ = 0;
};

// "TableName"
std::string_view member_name(Member member);

// What was wrong with a value of ExpressionAttributeValues, and with which.
struct PlaceholderError {
  std::string_view key;
  Error error;
};

// Texts belong to the JSON reader and are good until it opens the next request.
struct ItemRequest {
  MemberSet present;  // what was there and not null
  std::optional<std::string_view> table_name;
  std::optional<std::string_view> index_name;
  std::optional<std::string_view> condition;
  std::optional<std::string_view> update;
  std::optional<std::string_view> key_condition;
  std::optional<std::string_view> filter;
  std::optional<std::string_view> projection;
  std::optional<std::string_view> select;
  std::optional<std::string_view> return_values;
  std::optional<std::string_view> return_values_on_failure;
  std::optional<std::string_view> return_consumed_capacity;
  std::optional<std::string_view> return_item_collection_metrics;
  std::optional<std::string_view> conditional_operator;
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> segment;
  std::optional<std::int64_t> total_segments;
  bool consistent_read = false;
  bool scan_index_forward = true;
  AttributeMap item;
  AttributeMap key;
  AttributeMap exclusive_start_key;
  Placeholders placeholders;
  std::string value_bytes;  // of placeholders.values
  std::optional<PlaceholderError> value_error;
  std::unique_ptr<LegacyParameters> legacy;  // null where the request has none of them

  // Forgets everything but its memory.
  void clear();
};

// Reads the members of `known` into a cleared `request`; the bytes of `json` are padded as
// JsonReader::open wants it.
//   errors  serialization
Result<void> read_item_request(std::string_view json, MemberSet known, ValueTexts texts,
                               JsonReader* reader, ItemRequest* request);

// One member of a request whose value is not null; for requests that nest those of a table.
Result<void> read_item_member(Member member, JsonValue* value, ValueTexts texts,
                              ItemRequest* request);

// The member of that name in `known`, or nothing.
std::optional<Member> find_member(std::string_view name, MemberSet known);

// Lets placeholders.values point into value_bytes; run once all members are read.
void settle_values(ItemRequest* request);

}  // namespace stator
