// The requests of BatchGetItem and BatchWriteItem: blocks of keys or writes, by table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/attribute_reader.h"
#include "api/json_reader.h"
#include "api/request/item_request.h"
#include "base/result.h"

namespace stator {

// The keys that are wanted of one table, and how.
struct KeysBlock {
  std::string_view table;  // a name or an ARN
  bool has_keys = false;
  std::vector<AttributeMap> keys;
  ItemRequest request;  // ConsistentRead, projection and names
};

struct BatchGetRequest {
  std::optional<std::string_view> return_consumed_capacity;
  bool has_request_items = false;
  std::vector<KeysBlock> blocks;
};

// One element of a BatchWriteItem: exactly one of the two is present in a valid one.
struct WriteElement {
  bool has_put = false;
  bool has_delete = false;
  AttributeMap item;  // of PutRequest
  AttributeMap key;   // of DeleteRequest
};

struct WritesBlock {
  std::string_view table;  // a name or an ARN
  std::vector<WriteElement> writes;
};

struct BatchWriteRequest {
  std::optional<std::string_view> return_consumed_capacity;
  std::optional<std::string_view> return_item_collection_metrics;
  bool has_request_items = false;
  std::vector<WritesBlock> blocks;
};

// Texts belong to the JSON reader and are good until it opens the next request.
//   errors  serialization
Result<BatchGetRequest> read_batch_get(std::string_view json, JsonReader* reader);
Result<BatchWriteRequest> read_batch_write(std::string_view json, JsonReader* reader);

// Whether a request may break a constraint: check_constraints tells which.
bool is_in_doubt(const BatchGetRequest& request);
bool is_in_doubt(const BatchWriteRequest& request);

}  // namespace stator
