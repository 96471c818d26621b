// The requests of the data plane as their JSON gave them: typed, but not yet checked.
//
// Their members overlap so far that one reader serves GetItem, PutItem, UpdateItem, DeleteItem,
// Query and Scan; each operation takes what it knows and ignores the rest, as AWS does.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/attribute_reader.h"
#include "api/json_reader.h"
#include "api/request/item_rules.h"
#include "api/request/legacy_request.h"
#include "base/result.h"
#include "expression/placeholders.h"

namespace stator {

// What was wrong with a value of ExpressionAttributeValues, and with which.
struct PlaceholderError {
  std::string_view key;
  Error error;
};

// Texts belong to the JSON reader and are good until it opens the next request.
struct ItemRequest {
  bool is_in_doubt = false;  // it may break a constraint: check_constraints tells which
  MemberSet present;         // what was there and not null
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

// Reads the members that the rules know into a cleared `request`; the bytes of `json` are padded as
// JsonReader::open wants it.
//   errors  serialization
Result<void> read_item_request(std::string_view json, const ItemRules& rules, ValueTexts texts,
                               JsonReader* reader, ItemRequest* request);

// For requests that nest those of an item: one member whose value is not null; and, when all are
// read, whether one is missing.
Result<void> read_item_member(Member member, JsonValue* value, const ItemRules& rules,
                              ValueTexts texts, ItemRequest* request);
void note_missing_members(const ItemRules& rules, ItemRequest* request);

// Lets placeholders.values point into value_bytes, and the last of equal placeholders stand; run
// once all members are read.
void settle_values(ItemRequest* request);

}  // namespace stator
