#include "api/request/item_request.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace stator {
namespace {

// In the order of Member, which is the alphabet's.
constexpr std::array<std::string_view, 29> kMemberNames = {
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

// An object whose values are of a Java type, or AWS's error of something else in its place.
Result<JsonMembers> members_of(JsonValue* value, std::string_view value_type) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::object) return JsonMembers::of(value);
  if (kind != JsonKind::array) return type_error("Unexpected field type");
  return type_error("Unrecognized collection type java.util.Map<java.lang.String, " +
                    std::string(value_type) + ">");
}

Result<void> read_names(JsonValue* value, Placeholders* placeholders) {
  JsonMembers members = TRY(members_of(value, "java.lang.String"));
  placeholders->names.clear();
  while (TRY(members.next())) {
    const std::string_view key = members.key();
    if (TRY(members.value().kind()) == JsonKind::null) continue;
    placeholders->names.push_back({.key = key, .name = TRY(members.value().string())});
  }
  return {};
}

Result<void> read_values(JsonValue* value, ValueTexts texts, ItemRequest* request) {
  JsonMembers members = TRY(members_of(value, "com.amazonaws.dynamodb.v20120810.AttributeValue"));
  AttributeReader reader(texts);
  request->placeholders.values.clear();
  request->value_bytes.clear();
  while (TRY(members.next())) {
    const std::string_view key = members.key();
    const std::size_t start = request->value_bytes.size();
    TRY(reader.read_value(&members.value(), &request->value_bytes));
    if (std::optional<Error> error = reader.take_error(); error && !request->value_error) {
      request->value_error.emplace(PlaceholderError{key, *std::move(error)});
    }
    // The buffer may move: settle_values points the view at its place, by its length.
    request->placeholders.values.push_back(
        {.key = key, .value = ValueView(std::string_view(request->value_bytes).substr(start))});
  }
  return {};
}

Result<void> read_map(JsonValue* value, ValueTexts texts, AttributeMap* map) {
  AttributeReader reader(texts);
  map->clear();
  map->present = true;
  TRY(reader.read_item(value, &map->bytes));
  map->error = reader.take_error();
  return {};
}

Result<void> read_legacy_member(Member member, JsonValue* value, ValueTexts texts,
                                ItemRequest* request) {
  if (!request->legacy) request->legacy = std::make_unique<LegacyParameters>();
  LegacyParameters* const legacy = request->legacy.get();
  switch (member) {
    case Member::attributes_to_get:
      return read_attributes_to_get(value, legacy);
    case Member::attribute_updates:
      return read_attribute_updates(value, texts, legacy);
    case Member::expected:
      return read_conditions(value, ConditionShape::expected, texts, &legacy->expected, legacy);
    case Member::key_conditions:
      return read_conditions(value, ConditionShape::condition, texts, &legacy->key_conditions,
                             legacy);
    default:
      CHECK(member == Member::query_filter || member == Member::scan_filter);
      return read_conditions(value, ConditionShape::condition, texts, &legacy->filter, legacy);
  }
}

template <typename T>
Result<void> assign(Result<T> value, std::optional<T>* slot) {
  *slot = TRY(std::move(value));
  return {};
}

Result<void> assign(Result<bool> value, bool* slot) {
  *slot = TRY(std::move(value));
  return {};
}

}  // namespace

std::string_view member_name(Member member) {
  return kMemberNames[static_cast<std::size_t>(member)];
}

std::optional<Member> find_member(std::string_view name, MemberSet known) {
  for (std::size_t i = 0; i < kMemberNames.size(); ++i) {
    const auto member = static_cast<Member>(i);
    if (kMemberNames[i] == name && known.has(member)) return member;
  }
  return std::nullopt;
}

void ItemRequest::clear() {
  AttributeMap kept_item = std::move(item);
  AttributeMap kept_key = std::move(key);
  AttributeMap kept_start = std::move(exclusive_start_key);
  Placeholders kept_placeholders = std::move(placeholders);
  std::string kept_values = std::move(value_bytes);
  *this = ItemRequest();
  kept_item.clear();
  kept_key.clear();
  kept_start.clear();
  kept_placeholders.names.clear();
  kept_placeholders.values.clear();
  kept_values.clear();
  item = std::move(kept_item);
  key = std::move(kept_key);
  exclusive_start_key = std::move(kept_start);
  placeholders = std::move(kept_placeholders);
  value_bytes = std::move(kept_values);
}

void settle_values(ItemRequest* request) {
  std::size_t offset = 0;
  for (ValuePlaceholder& placeholder : request->placeholders.values) {
    const std::size_t size = placeholder.value.bytes().size();
    placeholder.value = ValueView(std::string_view(request->value_bytes).substr(offset, size));
    offset += size;
  }
}

Result<void> read_item_member(Member member, JsonValue* value, ValueTexts texts,
                              ItemRequest* request) {
  request->present.add(member);
  switch (member) {
    case Member::table_name:
      return assign(value->string(), &request->table_name);
    case Member::index_name:
      return assign(value->string(), &request->index_name);
    case Member::condition_expression:
      return assign(value->string(), &request->condition);
    case Member::update_expression:
      return assign(value->string(), &request->update);
    case Member::key_condition_expression:
      return assign(value->string(), &request->key_condition);
    case Member::filter_expression:
      return assign(value->string(), &request->filter);
    case Member::projection_expression:
      return assign(value->string(), &request->projection);
    case Member::select:
      return assign(value->string(), &request->select);
    case Member::return_values:
      return assign(value->string(), &request->return_values);
    case Member::return_values_on_condition_check_failure:
      return assign(value->string(), &request->return_values_on_failure);
    case Member::return_consumed_capacity:
      return assign(value->string(), &request->return_consumed_capacity);
    case Member::return_item_collection_metrics:
      return assign(value->string(), &request->return_item_collection_metrics);
    case Member::conditional_operator:
      return assign(value->string(), &request->conditional_operator);
    case Member::limit:
      return assign(value->integer(), &request->limit);
    case Member::segment:
      return assign(value->integer(), &request->segment);
    case Member::total_segments:
      return assign(value->integer(), &request->total_segments);
    case Member::consistent_read:
      return assign(value->boolean(), &request->consistent_read);
    case Member::scan_index_forward:
      return assign(value->boolean(), &request->scan_index_forward);
    case Member::item:
      return read_map(value, texts, &request->item);
    case Member::key:
      return read_map(value, texts, &request->key);
    case Member::exclusive_start_key:
      return read_map(value, texts, &request->exclusive_start_key);
    case Member::expression_attribute_names:
      return read_names(value, &request->placeholders);
    case Member::expression_attribute_values:
      return read_values(value, texts, request);
    default:
      return read_legacy_member(member, value, texts, request);
  }
}

Result<void> read_item_request(std::string_view json, MemberSet known, ValueTexts texts,
                               JsonReader* reader, ItemRequest* request) {
  JsonMembers members = TRY(reader->open(json));
  while (TRY(members.next())) {
    const auto member = find_member(members.key(), known);
    JsonValue& value = members.value();
    if (!member || TRY(value.kind()) == JsonKind::null) {
      TRY(value.skip());
    } else {
      TRY(read_item_member(*member, &value, texts, request));
    }
  }
  TRY(reader->finish());
  settle_values(request);
  return {};
}

}  // namespace stator
