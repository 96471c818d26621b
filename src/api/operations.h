// The operations by name: one row each.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "base/result.h"
#include "model/request_counters.h"

namespace stator {

// Answers a request: appends the reply's JSON.
using RunOperation = Result<void> (*)(const Context&, JsonWriter*);

enum class Service : std::uint8_t { dynamodb, streams };

struct Operation {
  std::string_view name;
  RunOperation run;
  Service service = Service::dynamodb;
  std::optional<DataOperation> counted = std::nullopt;  // by table, where it is one on items
};

// `target` is a header X-Amz-Target ("DynamoDB_20120810.PutItem") or an operation's name alone.
// Those of the Streams API are found under the prefix of DynamoDB as well as under their own
// ("DynamoDBStreams_20120810.GetRecords"), the others under theirs alone. Null when there is no
// such operation.
const Operation* find_operation(std::string_view target);

// All of them, by name.
std::span<const Operation> operations();

// The data plane.
Result<void> batch_execute_statement(const Context& context, JsonWriter* json);
Result<void> batch_get_item(const Context& context, JsonWriter* json);
Result<void> batch_write_item(const Context& context, JsonWriter* json);
Result<void> delete_item(const Context& context, JsonWriter* json);
Result<void> execute_statement(const Context& context, JsonWriter* json);
Result<void> execute_transaction(const Context& context, JsonWriter* json);
Result<void> get_item(const Context& context, JsonWriter* json);
Result<void> put_item(const Context& context, JsonWriter* json);
Result<void> query(const Context& context, JsonWriter* json);
Result<void> scan(const Context& context, JsonWriter* json);
Result<void> transact_get_items(const Context& context, JsonWriter* json);
Result<void> transact_write_items(const Context& context, JsonWriter* json);
Result<void> update_item(const Context& context, JsonWriter* json);

// The Streams API.
Result<void> describe_stream(const Context& context, JsonWriter* json);
Result<void> get_records(const Context& context, JsonWriter* json);
Result<void> get_shard_iterator(const Context& context, JsonWriter* json);
Result<void> list_streams(const Context& context, JsonWriter* json);

// The control plane.
Result<void> create_backup(const Context& context, JsonWriter* json);
Result<void> create_global_table(const Context& context, JsonWriter* json);
Result<void> create_table(const Context& context, JsonWriter* json);
Result<void> delete_backup(const Context& context, JsonWriter* json);
Result<void> delete_resource_policy(const Context& context, JsonWriter* json);
Result<void> delete_table(const Context& context, JsonWriter* json);
Result<void> describe_backup(const Context& context, JsonWriter* json);
Result<void> describe_continuous_backups(const Context& context, JsonWriter* json);
Result<void> describe_contributor_insights(const Context& context, JsonWriter* json);
Result<void> describe_endpoints(const Context& context, JsonWriter* json);
Result<void> describe_export(const Context& context, JsonWriter* json);
Result<void> describe_global_table(const Context& context, JsonWriter* json);
Result<void> describe_global_table_settings(const Context& context, JsonWriter* json);
Result<void> describe_import(const Context& context, JsonWriter* json);
Result<void> describe_kinesis_streaming_destination(const Context& context, JsonWriter* json);
Result<void> describe_limits(const Context& context, JsonWriter* json);
Result<void> describe_table(const Context& context, JsonWriter* json);
Result<void> describe_table_replica_auto_scaling(const Context& context, JsonWriter* json);
Result<void> describe_time_to_live(const Context& context, JsonWriter* json);
Result<void> disable_kinesis_streaming_destination(const Context& context, JsonWriter* json);
Result<void> enable_kinesis_streaming_destination(const Context& context, JsonWriter* json);
Result<void> export_table_to_point_in_time(const Context& context, JsonWriter* json);
Result<void> get_resource_policy(const Context& context, JsonWriter* json);
Result<void> import_table(const Context& context, JsonWriter* json);
Result<void> list_backups(const Context& context, JsonWriter* json);
Result<void> list_contributor_insights(const Context& context, JsonWriter* json);
Result<void> list_exports(const Context& context, JsonWriter* json);
Result<void> list_global_tables(const Context& context, JsonWriter* json);
Result<void> list_imports(const Context& context, JsonWriter* json);
Result<void> list_tables(const Context& context, JsonWriter* json);
Result<void> list_tags_of_resource(const Context& context, JsonWriter* json);
Result<void> put_resource_policy(const Context& context, JsonWriter* json);
Result<void> restore_table_from_backup(const Context& context, JsonWriter* json);
Result<void> restore_table_to_point_in_time(const Context& context, JsonWriter* json);
Result<void> tag_resource(const Context& context, JsonWriter* json);
Result<void> untag_resource(const Context& context, JsonWriter* json);
Result<void> update_continuous_backups(const Context& context, JsonWriter* json);
Result<void> update_contributor_insights(const Context& context, JsonWriter* json);
Result<void> update_global_table(const Context& context, JsonWriter* json);
Result<void> update_global_table_settings(const Context& context, JsonWriter* json);
Result<void> update_kinesis_streaming_destination(const Context& context, JsonWriter* json);
Result<void> update_table(const Context& context, JsonWriter* json);
Result<void> update_table_replica_auto_scaling(const Context& context, JsonWriter* json);
Result<void> update_time_to_live(const Context& context, JsonWriter* json);

}  // namespace stator
