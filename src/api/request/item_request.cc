#include "api/request/item_request.h"

#include <algorithm>

#include "api/request/rule_check.h"
#include "base/check.h"

namespace stator {
namespace {

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

Result<void> read_values(JsonValue* value, ValueTexts texts, ValueNesting nesting,
                         ItemRequest* request) {
  JsonMembers members = TRY(members_of(value, "com.amazonaws.dynamodb.v20120810.AttributeValue"));
  AttributeReader reader(texts, nesting);
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

// Whether a text of an entry, which all are told by the entry's only rule, is as it should be.
bool admits_entry(const ValueRule& entries, const std::optional<std::string_view>& text) {
  const MemberRule& member = entries.element->members.front();
  return text ? admits(*member.value, *text) : member.need == Need::optional;
}

bool admits_conditions(const ValueRule& rule, const std::vector<LegacyCondition>& conditions) {
  return std::all_of(conditions.begin(), conditions.end(), [&](const LegacyCondition& condition) {
    return admits_entry(rule, condition.comparison);
  });
}

bool admits_legacy(Member member, const ValueRule& rule, const LegacyParameters& legacy) {
  switch (member) {
    case Member::attributes_to_get:
      return admits(rule, legacy.attributes_to_get);
    case Member::attribute_updates:
      return std::all_of(
          legacy.attribute_updates.begin(), legacy.attribute_updates.end(),
          [&](const LegacyUpdate& update) { return admits_entry(rule, update.action); });
    case Member::expected:
      return admits_conditions(rule, legacy.expected);
    case Member::key_conditions:
      return admits_conditions(rule, legacy.key_conditions);
    default:
      return admits_conditions(rule, legacy.filter);
  }
}

Result<void> assign(Result<bool> value, bool* slot) {
  *slot = TRY(std::move(value));
  return {};
}

// Reads one member's value into its slot, and holds it against its rule.
class MemberReader {
 public:
  MemberReader(const ValueRule* rule, JsonValue* value, ItemRequest* request)
      : rule_(rule), value_(*value), request_(*request) {}

  Result<void> text(std::optional<std::string_view>* slot) {
    return checked(value_.string(), slot);
  }
  Result<void> integer(std::optional<std::int64_t>* slot) {
    return checked(value_.integer(), slot);
  }

 private:
  template <typename T>
  Result<void> checked(Result<T> value, std::optional<T>* slot) {
    *slot = TRY(std::move(value));
    if (rule_ != nullptr && !admits(*rule_, **slot)) request_.is_in_doubt = true;
    return {};
  }

  const ValueRule* const rule_;
  JsonValue& value_;
  ItemRequest& request_;
};

}  // namespace

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
  request->placeholders.keep_last();
}

Result<void> read_item_member(Member member, JsonValue* value, const ItemRules& rules,
                              ValueTexts texts, ItemRequest* request) {
  request->present.add(member);
  const ValueRule* const rule = rules.values[static_cast<std::size_t>(member)];
  MemberReader reader(rule, value, request);
  switch (member) {
    case Member::table_name:
      return reader.text(&request->table_name);
    case Member::index_name:
      return reader.text(&request->index_name);
    case Member::condition_expression:
      return reader.text(&request->condition);
    case Member::update_expression:
      return reader.text(&request->update);
    case Member::key_condition_expression:
      return reader.text(&request->key_condition);
    case Member::filter_expression:
      return reader.text(&request->filter);
    case Member::projection_expression:
      return reader.text(&request->projection);
    case Member::select:
      return reader.text(&request->select);
    case Member::return_values:
      return reader.text(&request->return_values);
    case Member::return_values_on_condition_check_failure:
      return reader.text(&request->return_values_on_failure);
    case Member::return_consumed_capacity:
      return reader.text(&request->return_consumed_capacity);
    case Member::return_item_collection_metrics:
      return reader.text(&request->return_item_collection_metrics);
    case Member::conditional_operator:
      return reader.text(&request->conditional_operator);
    case Member::limit:
      return reader.integer(&request->limit);
    case Member::segment:
      return reader.integer(&request->segment);
    case Member::total_segments:
      return reader.integer(&request->total_segments);
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
      return read_values(value, texts, rules.nesting, request);
    default:
      TRY(read_legacy_member(member, value, texts, request));
      request->is_in_doubt |= rule != nullptr && !admits_legacy(member, *rule, *request->legacy);
      return {};
  }
}

void note_missing_members(const ItemRules& rules, ItemRequest* request) {
  if (!request->present.has_all(rules.required)) request->is_in_doubt = true;
}

Result<void> read_item_request(std::string_view json, const ItemRules& rules, ValueTexts texts,
                               JsonReader* reader, ItemRequest* request) {
  JsonMembers members = TRY(reader->open(json));
  while (TRY(members.next())) {
    const auto member = find_member(members.key(), rules.known);
    JsonValue& value = members.value();
    if (!member || TRY(value.kind()) == JsonKind::null) {
      TRY(value.skip());
    } else {
      TRY(read_item_member(*member, &value, rules, texts, request));
    }
  }
  TRY(reader->finish());
  note_missing_members(rules, request);
  settle_values(request);
  return {};
}

}  // namespace stator
