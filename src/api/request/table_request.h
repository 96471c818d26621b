// The requests of the control plane as their JSON gave them: typed, but not yet checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "api/request/index_request.h"
#include "api/request/shape_reader.h"
#include "base/result.h"

namespace stator {

// Texts belong to the JSON reader and are good until it opens the next request.
struct TableRequest {
  std::optional<std::string_view> table_name;
  std::optional<std::vector<TextPair>> attribute_definitions;
  std::optional<std::vector<TextPair>> key_schema;
  std::optional<std::vector<IndexRequest>> local_indexes;
  std::optional<std::vector<IndexRequest>> global_indexes;
  std::optional<std::vector<IndexUpdateRequest>> index_updates;
  std::optional<std::string_view> billing_mode;
  ThroughputRequest throughput;
  std::optional<std::string_view> table_class;
  std::optional<bool> deletion_protection;
  std::optional<std::vector<TextPair>> tags;
  bool has_stream_specification = false;
  std::optional<bool> stream_enabled;
  std::optional<std::string_view> stream_view_type;
  bool has_sse_specification = false;
  bool sse_enabled = false;
  std::optional<std::string_view> sse_type;
  std::optional<std::string_view> kms_key;          // KMSMasterKeyId: an id, an alias or an ARN
  std::optional<std::string_view> policy;           // ResourcePolicy
  std::optional<std::string_view> throughput_mode;  // another name of BillingMode's, which wins
  bool has_replica_updates = false;
  // The first member that stator does not know how to honour yet; empty if there is none.
  std::string_view unsupported;
};

struct ListTablesRequest {
  std::optional<std::string_view> exclusive_start_table_name;
  std::optional<std::int64_t> limit;
};

// Each reads one request whose bytes are padded as JsonReader::open wants it.
//   errors  serialization
Result<TableRequest> read_create_table_request(std::string_view json, JsonReader* reader);
Result<TableRequest> read_update_table_request(std::string_view json, JsonReader* reader);
// Of ImportTable: the table that it would create.
Result<TableRequest> read_import_table_request(std::string_view json, JsonReader* reader);
// DescribeTable and DeleteTable, which know TableName alone.
Result<TableRequest> read_table_name_request(std::string_view json, JsonReader* reader);
Result<ListTablesRequest> read_list_tables_request(std::string_view json, JsonReader* reader);
// Of an operation without members.
Result<void> read_empty_request(std::string_view json, JsonReader* reader);

// Refuses what would otherwise be ignored: members whose features stator does not have yet.
//   errors  validation
Result<void> check_supported(const TableRequest& request);

}  // namespace stator
