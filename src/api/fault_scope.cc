#include "api/fault_scope.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "api/batch_statement_codes.h"
#include "api/cancellation.h"
#include "api/throttle_errors.h"

namespace stator {
namespace {

using Name = std::string_view;
using std::chrono::milliseconds;

// What may meet a transaction, and be one.
constexpr std::array<Name, 9> kWrites = {
    "BatchExecuteStatement", "BatchWriteItem",     "DeleteItem",
    "ExecuteStatement",      "ExecuteTransaction", "PutItem",
    "TransactGetItems",      "TransactWriteItems", "UpdateItem"};
constexpr std::array<Name, 4> kSingleWrites = {"DeleteItem", "ExecuteStatement", "PutItem",
                                               "UpdateItem"};
constexpr std::array<Name, 4> kReads = {"BatchGetItem", "GetItem", "Query", "Scan"};
constexpr std::array<Name, 2> kWithoutKey = {"Query", "Scan"};
constexpr std::array<Name, 2> kWithoutCondition = {"BatchWriteItem", "TransactGetItems"};
constexpr std::array<Name, 3> kStatements = {"BatchExecuteStatement", "ExecuteStatement",
                                             "ExecuteTransaction"};
constexpr std::array<Name, 2> kWithToken = {"ExecuteTransaction", "TransactWriteItems"};
constexpr std::array<Name, 13> kTableChanges = {"CreateTable",
                                                "DeleteResourcePolicy",
                                                "DeleteTable",
                                                "DisableKinesisStreamingDestination",
                                                "EnableKinesisStreamingDestination",
                                                "ImportTable",
                                                "PutResourcePolicy",
                                                "TagResource",
                                                "UntagResource",
                                                "UpdateKinesisStreamingDestination",
                                                "UpdateTable",
                                                "UpdateTableReplicaAutoScaling",
                                                "UpdateTimeToLive"};
constexpr std::array<Name, 3> kPolicies = {"DeleteResourcePolicy", "GetResourcePolicy",
                                           "PutResourcePolicy"};
constexpr std::array<Name, 21> kNeverNotFound = {"CreateBackup",
                                                 "CreateGlobalTable",
                                                 "CreateTable",
                                                 "DeleteBackup",
                                                 "DescribeBackup",
                                                 "DescribeContinuousBackups",
                                                 "DescribeEndpoints",
                                                 "DescribeExport",
                                                 "DescribeGlobalTable",
                                                 "DescribeGlobalTableSettings",
                                                 "DescribeImport",
                                                 "DescribeLimits",
                                                 "ExportTableToPointInTime",
                                                 "ImportTable",
                                                 "ListBackups",
                                                 "ListTables",
                                                 "RestoreTableFromBackup",
                                                 "RestoreTableToPointInTime",
                                                 "UpdateContinuousBackups",
                                                 "UpdateGlobalTable",
                                                 "UpdateGlobalTableSettings"};
// Their requests name no table that faults look for; that of GetRecords is inside its iterator.
constexpr std::array<Name, 17> kWithoutTable = {"CreateGlobalTable",
                                                "DeleteBackup",
                                                "DescribeBackup",
                                                "DescribeEndpoints",
                                                "DescribeExport",
                                                "DescribeGlobalTable",
                                                "DescribeGlobalTableSettings",
                                                "DescribeImport",
                                                "DescribeLimits",
                                                "GetRecords",
                                                "ImportTable",
                                                "ListGlobalTables",
                                                "ListTables",
                                                "RestoreTableFromBackup",
                                                "RestoreTableToPointInTime",
                                                "UpdateGlobalTable",
                                                "UpdateGlobalTableSettings"};

// An exception of few operations, and one of them.
struct RareError {
  ErrorCode code;
  Name operation;
};
constexpr RareError kRareErrors[] = {
    {ErrorCode::table_not_found, "CreateBackup"},
    {ErrorCode::table_not_found, "CreateGlobalTable"},
    {ErrorCode::table_not_found, "DescribeContinuousBackups"},
    {ErrorCode::table_not_found, "ExportTableToPointInTime"},
    {ErrorCode::table_not_found, "RestoreTableToPointInTime"},
    {ErrorCode::table_not_found, "UpdateContinuousBackups"},
    {ErrorCode::table_already_exists, "RestoreTableFromBackup"},
    {ErrorCode::table_already_exists, "RestoreTableToPointInTime"},
    {ErrorCode::backup_not_found, "DeleteBackup"},
    {ErrorCode::backup_not_found, "DescribeBackup"},
    {ErrorCode::backup_not_found, "RestoreTableFromBackup"},
    {ErrorCode::export_not_found, "DescribeExport"},
    {ErrorCode::import_not_found, "DescribeImport"},
    {ErrorCode::global_table_not_found, "DescribeGlobalTable"},
    {ErrorCode::global_table_not_found, "DescribeGlobalTableSettings"},
    {ErrorCode::global_table_not_found, "UpdateGlobalTable"},
    {ErrorCode::global_table_not_found, "UpdateGlobalTableSettings"},
    {ErrorCode::point_in_time_recovery_unavailable, "ExportTableToPointInTime"},
    {ErrorCode::point_in_time_recovery_unavailable, "RestoreTableToPointInTime"},
    {ErrorCode::invalid_restore_time, "RestoreTableToPointInTime"},
    {ErrorCode::invalid_export_time, "ExportTableToPointInTime"},
    {ErrorCode::expired_iterator, "GetRecords"},
    {ErrorCode::trimmed_data_access, "GetRecords"},
    {ErrorCode::trimmed_data_access, "GetShardIterator"},
};

template <typename Names>
bool has(const Names& names, Name operation) {
  return std::find(names.begin(), names.end(), operation) != names.end();
}

bool is_rare(ErrorCode code) {
  return std::any_of(std::begin(kRareErrors), std::end(kRareErrors),
                     [&](const RareError& each) { return each.code == code; });
}

bool has_rare(Name operation, ErrorCode code) {
  return std::any_of(std::begin(kRareErrors), std::end(kRareErrors), [&](const RareError& each) {
    return each.code == code && each.operation == operation;
  });
}

bool is_on_items(Name operation) {
  return has(kWrites, operation) || has(kReads, operation);
}

// Of errors that TransactWriteItems gives to the whole request and ExecuteTransaction does not.
bool is_of_statements(ErrorCode code) {
  return code == ErrorCode::resource_not_found || code == ErrorCode::duplicate_item;
}

}  // namespace

bool can_get(std::string_view operation, ErrorCode code) {
  if (is_throttle(code)) return is_on_items(operation);
  switch (code) {
    case ErrorCode::transaction_conflict:
      return has(kWrites, operation);
    case ErrorCode::conditional_check_failed:
      return has(kWrites, operation) && !has(kWithoutCondition, operation);
    case ErrorCode::item_collection_size_limit_exceeded:
      return has(kWrites, operation) && operation != "TransactGetItems";
    case ErrorCode::duplicate_item:
      return has(kStatements, operation);
    case ErrorCode::transaction_in_progress:
    case ErrorCode::idempotent_parameter_mismatch:
      return has(kWithToken, operation);
    case ErrorCode::resource_in_use:
      return has(kTableChanges, operation);
    case ErrorCode::limit_exceeded:
      return has(kTableChanges, operation) || operation == "GetRecords";
    case ErrorCode::resource_not_found:
      return !has(kNeverNotFound, operation);
    case ErrorCode::policy_not_found:
      return has(kPolicies, operation);
    default:
      return !is_rare(code) || has_rare(operation, code);
  }
}

bool is_of_items(std::string_view operation, ErrorCode code) {
  if (code == ErrorCode::validation || code == ErrorCode::internal) return false;
  if (leaves_unprocessed(operation)) {
    return code == ErrorCode::transaction_conflict || is_throttle(code);
  }
  if (operation == "BatchExecuteStatement") return find_statement_code(code).has_value();
  if (operation == "ExecuteTransaction") return is_cancellation(code);
  return operation.starts_with("Transact") && is_cancellation(code) && !is_of_statements(code);
}

bool is_of_condition(std::string_view operation, ErrorCode code) {
  return code == ErrorCode::conditional_check_failed && has(kSingleWrites, operation);
}

bool leaves_unprocessed(std::string_view operation) {
  return operation == "BatchGetItem" || operation == "BatchWriteItem";
}

std::string_view find_misfit(const FaultRule& rule, std::string_view operation) {
  if (!rule.table.empty() && has(kWithoutTable, operation)) return "table";
  if (!rule.key.empty() && (!is_on_items(operation) || has(kWithoutKey, operation))) return "key";
  if (rule.hold > milliseconds(0) && !has(kWrites, operation)) return "hold";
  if (rule.unprocessed > 0 && !leaves_unprocessed(operation)) return "unprocessed";
  return "";
}

}  // namespace stator
