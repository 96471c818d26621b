// The requests of TransactWriteItems and TransactGetItems: lists of actions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "api/request/item_request.h"
#include "base/result.h"

namespace stator {

enum class ActionKind : std::uint8_t { condition_check, remove, get, put, update };

// An element of TransactItems. A valid one names one operation.
struct TransactAction {
  ActionKind kind = ActionKind::get;  // of the last operation that it names
  int operations = 0;                 // how many it names
  ItemRequest request;                // what the operation says
};

struct TransactRequest {
  bool is_in_doubt = false;  // it may break a constraint: check_constraints tells which
  std::optional<std::string_view> client_request_token;
  std::optional<std::string_view> return_consumed_capacity;
  std::optional<std::string_view> return_item_collection_metrics;
  bool has_items = false;
  std::vector<TransactAction> actions;
};

// Texts belong to the JSON reader and are good until it opens the next request.
//   errors  serialization
Result<TransactRequest> read_transact_write(std::string_view json, JsonReader* reader);
Result<TransactRequest> read_transact_get(std::string_view json, JsonReader* reader);

}  // namespace stator
