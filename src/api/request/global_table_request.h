// The requests about global tables of version 2017.11.29.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "base/result.h"

namespace stator {

// Texts belong to the JSON reader and are good until it opens the next request.
struct GlobalTableRequest {
  std::optional<std::string_view> name;  // GlobalTableName
  // The regions of ReplicationGroup; empty where an element names none.
  std::optional<std::vector<std::string_view>> regions;
};

//   errors  serialization
Result<GlobalTableRequest> read_global_table_request(std::string_view json, JsonReader* reader);

}  // namespace stator
