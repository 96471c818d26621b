#include "api/operations.h"

#include <algorithm>
#include <array>

namespace stator {
namespace {

constexpr std::array kOperations = std::to_array<Operation>({
    {"BatchExecuteStatement", batch_execute_statement, Service::dynamodb,
     DataOperation::batch_execute_statement},
    {"BatchGetItem", batch_get_item, Service::dynamodb, DataOperation::batch_get_item},
    {"BatchWriteItem", batch_write_item, Service::dynamodb, DataOperation::batch_write_item},
    {"CreateBackup", create_backup},
    {"CreateGlobalTable", create_global_table},
    {"CreateTable", create_table},
    {"DeleteBackup", delete_backup},
    {"DeleteItem", delete_item, Service::dynamodb, DataOperation::delete_item},
    {"DeleteResourcePolicy", delete_resource_policy},
    {"DeleteTable", delete_table},
    {"DescribeBackup", describe_backup},
    {"DescribeContinuousBackups", describe_continuous_backups},
    {"DescribeContributorInsights", describe_contributor_insights},
    {"DescribeEndpoints", describe_endpoints},
    {"DescribeExport", describe_export},
    {"DescribeGlobalTable", describe_global_table},
    {"DescribeGlobalTableSettings", describe_global_table_settings},
    {"DescribeImport", describe_import},
    {"DescribeKinesisStreamingDestination", describe_kinesis_streaming_destination},
    {"DescribeLimits", describe_limits},
    {"DescribeStream", describe_stream, Service::streams},
    {"DescribeTable", describe_table},
    {"DescribeTableReplicaAutoScaling", describe_table_replica_auto_scaling},
    {"DescribeTimeToLive", describe_time_to_live},
    {"DisableKinesisStreamingDestination", disable_kinesis_streaming_destination},
    {"EnableKinesisStreamingDestination", enable_kinesis_streaming_destination},
    {"ExecuteStatement", execute_statement, Service::dynamodb, DataOperation::execute_statement},
    {"ExecuteTransaction", execute_transaction, Service::dynamodb,
     DataOperation::execute_transaction},
    {"ExportTableToPointInTime", export_table_to_point_in_time},
    {"GetItem", get_item, Service::dynamodb, DataOperation::get_item},
    {"GetRecords", get_records, Service::streams},
    {"GetResourcePolicy", get_resource_policy},
    {"GetShardIterator", get_shard_iterator, Service::streams},
    {"ImportTable", import_table},
    {"ListBackups", list_backups},
    {"ListContributorInsights", list_contributor_insights},
    {"ListExports", list_exports},
    {"ListGlobalTables", list_global_tables},
    {"ListImports", list_imports},
    {"ListStreams", list_streams, Service::streams},
    {"ListTables", list_tables},
    {"ListTagsOfResource", list_tags_of_resource},
    {"PutItem", put_item, Service::dynamodb, DataOperation::put_item},
    {"PutResourcePolicy", put_resource_policy},
    {"Query", query, Service::dynamodb, DataOperation::query},
    {"RestoreTableFromBackup", restore_table_from_backup},
    {"RestoreTableToPointInTime", restore_table_to_point_in_time},
    {"Scan", scan, Service::dynamodb, DataOperation::scan},
    {"TagResource", tag_resource},
    {"TransactGetItems", transact_get_items, Service::dynamodb, DataOperation::transact_get_items},
    {"TransactWriteItems", transact_write_items, Service::dynamodb,
     DataOperation::transact_write_items},
    {"UntagResource", untag_resource},
    {"UpdateContinuousBackups", update_continuous_backups},
    {"UpdateContributorInsights", update_contributor_insights},
    {"UpdateGlobalTable", update_global_table},
    {"UpdateGlobalTableSettings", update_global_table_settings},
    {"UpdateItem", update_item, Service::dynamodb, DataOperation::update_item},
    {"UpdateKinesisStreamingDestination", update_kinesis_streaming_destination},
    {"UpdateTable", update_table},
    {"UpdateTableReplicaAutoScaling", update_table_replica_auto_scaling},
    {"UpdateTimeToLive", update_time_to_live},
});

constexpr std::string_view kTargetStart = "DynamoDB_20120810.";
constexpr std::string_view kStreamsTargetStart = "DynamoDBStreams_20120810.";

}  // namespace

std::span<const Operation> operations() {
  return kOperations;
}

const Operation* find_operation(std::string_view target) {
  const bool is_for_streams = target.starts_with(kStreamsTargetStart);
  if (is_for_streams) {
    target.remove_prefix(kStreamsTargetStart.size());
  } else if (target.starts_with(kTargetStart)) {
    target.remove_prefix(kTargetStart.size());
  }
  const auto found =
      std::lower_bound(kOperations.begin(), kOperations.end(), target,
                       [](const Operation& row, std::string_view name) { return row.name < name; });
  if (found == kOperations.end() || found->name != target) return nullptr;
  return !is_for_streams || found->service == Service::streams ? &*found : nullptr;
}

}  // namespace stator
