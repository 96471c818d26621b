#include "api/request/batch_request.h"

#include <algorithm>
#include <unordered_map>

#include "api/request/batch_rules.h"
#include "api/request/rule_check.h"

namespace stator {
namespace {

constexpr std::string_view kModel = "com.amazonaws.dynamodb.v20120810.";

Error no_list_of_type() {
  return type_error(
      "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class "
      "java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and "
      "java.lang.Class are in module java.base of loader 'bootstrap')");
}

// RequestItems: an object, whose values are of the Java type `value_type`.
Result<JsonMembers> request_items(JsonValue* value, std::string_view value_type) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::object) return JsonMembers::of(value);
  if (kind != JsonKind::array) return type_error("Unexpected field type");
  return type_error("Unrecognized collection type java.util.Map<java.lang.String, " +
                    std::string(value_type) + ">");
}

// A structure of the model inside a list or map, or as a member.
Result<JsonMembers> structure(JsonValue* value, std::string_view shape,
                              std::string_view scalar_text) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::object) return JsonMembers::of(value);
  if (kind != JsonKind::array) return type_error(scalar_text);
  return type_error("Unrecognized collection type class " + std::string(kModel) +
                    std::string(shape));
}

Result<JsonElements> list(JsonValue* value) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::array) return JsonElements::of(value);
  if (kind == JsonKind::object) {
    return type_error("Start of structure or map found where not expected");
  }
  return type_error("Unexpected field type");
}

Result<void> read_attributes(JsonValue* value, ValueTexts texts, AttributeMap* map) {
  AttributeReader reader(texts);
  map->clear();
  map->present = true;
  TRY(reader.read_item(value, &map->bytes));
  map->error = reader.take_error();
  return {};
}

Result<bool> skip_null(JsonValue* value) {
  if (TRY(value->kind()) != JsonKind::null) return false;
  TRY(value->skip());
  return true;
}

Result<void> read_keys(JsonValue* value, KeysBlock* block) {
  JsonElements elements = TRY(list(value));
  block->has_keys = true;
  block->keys.clear();
  while (TRY(elements.next())) {
    JsonValue& key = elements.value();
    const JsonKind kind = TRY(key.kind());
    const bool is_scalar =
        kind == JsonKind::string || kind == JsonKind::number || kind == JsonKind::boolean;
    if (is_scalar) return no_list_of_type();
    TRY(read_attributes(&key, ValueTexts::current, &block->keys.emplace_back()));
  }
  return {};
}

Result<void> read_keys_block(JsonValue* value, KeysBlock* block) {
  JsonMembers members =
      TRY(structure(value, "KeysAndAttributes", "Unexpected value type in payload"));
  while (TRY(members.next())) {
    const std::string_view name = members.key();
    JsonValue& member = members.value();
    if (TRY(skip_null(&member))) continue;
    const auto known = find_member(name, kKeysBlockRules.known);
    if (name == "Keys") {
      TRY(read_keys(&member, block));
    } else if (known) {
      TRY(read_item_member(*known, &member, kKeysBlockRules, ValueTexts::current, &block->request));
    } else {
      TRY(member.skip());
    }
  }
  settle_values(&block->request);
  return {};
}

// {"Item": ..} or {"Key": ..}; nothing of one that came before it stays.
Result<void> read_single(JsonValue* value, std::string_view shape, std::string_view wanted,
                         AttributeMap* map) {
  map->clear();
  JsonMembers members = TRY(structure(value, shape, "Unexpected field type"));
  while (TRY(members.next())) {
    const bool is_wanted = members.key() == wanted;
    JsonValue& member = members.value();
    if (TRY(skip_null(&member))) continue;
    if (is_wanted) {
      TRY(read_attributes(&member, ValueTexts::older, map));
    } else {
      TRY(member.skip());
    }
  }
  return {};
}

Result<void> read_write(JsonValue* value, WriteElement* write) {
  JsonMembers members = TRY(structure(value, "WriteRequest", "Unexpected value type in payload"));
  while (TRY(members.next())) {
    const std::string_view name = members.key();
    JsonValue& member = members.value();
    if (TRY(skip_null(&member))) continue;
    if (name == "PutRequest") {
      write->has_put = true;
      TRY(read_single(&member, name, "Item", &write->item));
    } else if (name == "DeleteRequest") {
      write->has_delete = true;
      TRY(read_single(&member, name, "Key", &write->key));
    } else {
      TRY(member.skip());
    }
  }
  return {};
}

Result<void> read_writes(JsonValue* value, WritesBlock* block) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::object) {
    return type_error("Start of structure or map found where not expected");
  }
  if (kind != JsonKind::array) return no_list_of_type();
  JsonElements elements = TRY(JsonElements::of(value));
  while (TRY(elements.next())) TRY(read_write(&elements.value(), &block->writes.emplace_back()));
  return {};
}

// Of two blocks of one table the later stands, in the place of the first.
template <typename Block, typename Read>
Result<void> read_blocks(JsonValue* value, std::string_view value_type, std::vector<Block>* blocks,
                         Read&& read) {
  std::unordered_map<std::string_view, std::size_t> places;
  JsonMembers tables = TRY(request_items(value, value_type));
  blocks->clear();
  while (TRY(tables.next())) {
    const auto [place, is_new] = places.emplace(tables.key(), blocks->size());
    if (is_new) blocks->emplace_back();
    Block& block = (*blocks)[place->second];
    if (!is_new) block = Block();
    block.table = tables.key();
    TRY(read(&tables.value(), &block));
  }
  return {};
}

}  // namespace

Result<BatchGetRequest> read_batch_get(std::string_view json, JsonReader* reader) {
  BatchGetRequest request;
  JsonMembers members = TRY(reader->open(json));
  while (TRY(members.next())) {
    const std::string_view name = members.key();
    JsonValue& value = members.value();
    if (TRY(skip_null(&value))) continue;
    if (name == "RequestItems") {
      request.has_request_items = true;
      TRY(read_blocks(&value, std::string(kModel) + "KeysAndAttributes", &request.blocks,
                      read_keys_block));
    } else if (name == "ReturnConsumedCapacity") {
      request.return_consumed_capacity = TRY(value.string());
    } else {
      TRY(value.skip());
    }
  }
  TRY(reader->finish());
  return request;
}

Result<BatchWriteRequest> read_batch_write(std::string_view json, JsonReader* reader) {
  BatchWriteRequest request;
  JsonMembers members = TRY(reader->open(json));
  while (TRY(members.next())) {
    const std::string_view name = members.key();
    JsonValue& value = members.value();
    if (TRY(skip_null(&value))) continue;
    if (name == "RequestItems") {
      request.has_request_items = true;
      TRY(read_blocks(&value, "java.util.List<" + std::string(kModel) + "WriteRequest>",
                      &request.blocks, read_writes));
    } else if (name == "ReturnConsumedCapacity") {
      request.return_consumed_capacity = TRY(value.string());
    } else if (name == "ReturnItemCollectionMetrics") {
      request.return_item_collection_metrics = TRY(value.string());
    } else {
      TRY(value.skip());
    }
  }
  TRY(reader->finish());
  return request;
}

bool is_in_doubt(const BatchGetRequest& request) {
  if (!admits(kConsumedCapacity, request.return_consumed_capacity)) return true;
  if (!admits_count(kBatchGetBlocks, request.blocks.size())) return true;
  return std::any_of(request.blocks.begin(), request.blocks.end(), [](const KeysBlock& block) {
    return block.request.is_in_doubt || !admits(kDataTableName, block.table) ||
           !admits_count(kBatchKeys, block.keys.size());
  });
}

bool is_in_doubt(const BatchWriteRequest& request) {
  if (!admits(kConsumedCapacity, request.return_consumed_capacity) ||
      !admits(kCollectionMetrics, request.return_item_collection_metrics) ||
      !admits_count(kBatchWriteBlocks, request.blocks.size())) {
    return true;
  }
  const auto is_empty = [](const WriteElement& write) {
    return (write.has_put && !write.item.present) || (write.has_delete && !write.key.present);
  };
  return std::any_of(request.blocks.begin(), request.blocks.end(), [&](const WritesBlock& block) {
    return !admits(kDataTableName, block.table) || !admits_count(kWrites, block.writes.size()) ||
           std::any_of(block.writes.begin(), block.writes.end(), is_empty);
  });
}

}  // namespace stator
