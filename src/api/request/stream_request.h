// The requests of the Streams API as their JSON gave them: typed, but not yet checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "api/json_reader.h"
#include "base/result.h"

namespace stator {

struct ShardFilterRequest {
  std::optional<std::string_view> type;
  std::optional<std::string_view> shard_id;
};

// Texts belong to the JSON reader and are good until it opens the next request. Each operation
// knows some of the members.
struct StreamRequest {
  std::optional<std::string_view> stream_arn;
  std::optional<std::string_view> table_name;
  std::optional<std::int64_t> limit;
  std::optional<std::string_view> exclusive_start_stream_arn;
  std::optional<std::string_view> exclusive_start_shard_id;
  std::optional<ShardFilterRequest> shard_filter;
  std::optional<std::string_view> shard_id;
  std::optional<std::string_view> shard_iterator_type;
  std::optional<std::string_view> sequence_number;
  std::optional<std::string_view> shard_iterator;
};

// Each reads one request whose bytes are padded as JsonReader::open wants it.
//   errors  serialization
Result<StreamRequest> read_list_streams_request(std::string_view json, JsonReader* reader);
Result<StreamRequest> read_describe_stream_request(std::string_view json, JsonReader* reader);
Result<StreamRequest> read_get_shard_iterator_request(std::string_view json, JsonReader* reader);
Result<StreamRequest> read_get_records_request(std::string_view json, JsonReader* reader);

}  // namespace stator
