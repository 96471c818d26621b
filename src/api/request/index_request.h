// Secondary indexes as the JSON of CreateTable and UpdateTable gave them: typed, but not yet
// checked.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "api/request/shape_reader.h"
#include "base/result.h"

namespace stator {

struct ProjectionRequest {
  std::optional<std::string_view> type;
  std::optional<std::vector<std::string_view>> non_key_attributes;
};

// A local or global index, or what an UpdateTable does with one: those have some of the members.
struct IndexRequest {
  std::optional<std::string_view> name;
  std::optional<std::vector<TextPair>> key_schema;
  std::optional<ProjectionRequest> projection;
  ThroughputRequest throughput;
};

// An element of GlobalSecondaryIndexUpdates, which should have one of these.
struct IndexUpdateRequest {
  std::optional<IndexRequest> create;
  std::optional<IndexRequest> update;
  std::optional<IndexRequest> remove;
};

//   errors  serialization
Result<std::vector<IndexRequest>> read_local_indexes(JsonValue* json);
Result<std::vector<IndexRequest>> read_global_indexes(JsonValue* json);
Result<std::vector<IndexUpdateRequest>> read_index_updates(JsonValue* json);

}  // namespace stator
