// The exceptions that clients see: one row for each code of ErrorCode, and the transport's own.
//
// Source: botocore's service model of DynamoDB; AWS's answers for the namespaces.
#pragma once

#include <array>
#include <string_view>

#include "base/error.h"

namespace stator {

inline constexpr std::string_view kServiceNamespace = "com.amazonaws.dynamodb.v20120810#";
inline constexpr std::string_view kValidateNamespace = "com.amazon.coral.validate#";
inline constexpr std::string_view kCoralNamespace = "com.amazon.coral.service#";
inline constexpr std::string_view kAvailabilityNamespace = "com.amazon.coral.availability#";

// What stands in an error's body and status line.
struct ExceptionRow {
  ErrorCode code;
  std::string_view space;
  std::string_view name;
  int status;
  std::string_view text_member;          // "message", or "Message" where AWS writes it so
  std::string_view reasons_member = {};  // of throttled requests; the case is AWS's as well
};

inline constexpr std::array<ExceptionRow, 34> kExceptions = {{
    {ErrorCode::validation, kValidateNamespace, "ValidationException", 400, "message"},
    {ErrorCode::serialization, kCoralNamespace, "SerializationException", 400, "Message"},
    {ErrorCode::unknown_operation, kCoralNamespace, "UnknownOperationException", 400, "message"},
    {ErrorCode::resource_not_found, kServiceNamespace, "ResourceNotFoundException", 400, "message"},
    {ErrorCode::resource_in_use, kServiceNamespace, "ResourceInUseException", 400, "message"},
    {ErrorCode::limit_exceeded, kServiceNamespace, "LimitExceededException", 400, "message"},
    {ErrorCode::conditional_check_failed, kServiceNamespace, "ConditionalCheckFailedException", 400,
     "message"},
    {ErrorCode::item_collection_size_limit_exceeded, kServiceNamespace,
     "ItemCollectionSizeLimitExceededException", 400, "message"},
    {ErrorCode::provisioned_throughput_exceeded, kServiceNamespace,
     "ProvisionedThroughputExceededException", 400, "message", "ThrottlingReasons"},
    {ErrorCode::throttling, kAvailabilityNamespace, "ThrottlingException", 400, "message",
     "throttlingReasons"},
    {ErrorCode::request_limit_exceeded, kServiceNamespace, "RequestLimitExceeded", 400, "message",
     "ThrottlingReasons"},
    {ErrorCode::access_denied, kCoralNamespace, "AccessDeniedException", 400, "Message"},
    {ErrorCode::expired_iterator, kServiceNamespace, "ExpiredIteratorException", 400, "message"},
    {ErrorCode::trimmed_data_access, kServiceNamespace, "TrimmedDataAccessException", 400,
     "message"},
    {ErrorCode::table_not_found, kServiceNamespace, "TableNotFoundException", 400, "message"},
    {ErrorCode::table_already_exists, kServiceNamespace, "TableAlreadyExistsException", 400,
     "message"},
    {ErrorCode::backup_not_found, kServiceNamespace, "BackupNotFoundException", 400, "message"},
    {ErrorCode::export_not_found, kServiceNamespace, "ExportNotFoundException", 400, "message"},
    {ErrorCode::import_not_found, kServiceNamespace, "ImportNotFoundException", 400, "message"},
    {ErrorCode::global_table_not_found, kServiceNamespace, "GlobalTableNotFoundException", 400,
     "message"},
    {ErrorCode::point_in_time_recovery_unavailable, kServiceNamespace,
     "PointInTimeRecoveryUnavailableException", 400, "message"},
    {ErrorCode::invalid_restore_time, kServiceNamespace, "InvalidRestoreTimeException", 400,
     "message"},
    {ErrorCode::invalid_export_time, kServiceNamespace, "InvalidExportTimeException", 400,
     "message"},
    {ErrorCode::policy_not_found, kServiceNamespace, "PolicyNotFoundException", 400, "message"},
    {ErrorCode::transaction_conflict, kServiceNamespace, "TransactionConflictException", 400,
     "message"},
    {ErrorCode::transaction_canceled, kServiceNamespace, "TransactionCanceledException", 400,
     "Message"},
    {ErrorCode::transaction_in_progress, kServiceNamespace, "TransactionInProgressException", 400,
     "Message"},
    {ErrorCode::idempotent_parameter_mismatch, kServiceNamespace,
     "IdempotentParameterMismatchException", 400, "Message"},
    {ErrorCode::duplicate_item, kServiceNamespace, "DuplicateItemException", 400, "message"},
    {ErrorCode::internal, kServiceNamespace, "InternalServerError", 500, "message"},
    {ErrorCode::invalid_parameter_value, {}, "InvalidParameterValueException", 400, "Message"},
    {ErrorCode::resource_conflict, {}, "ResourceConflictException", 409, "Message"},
    {ErrorCode::request_too_large, {}, "RequestTooLargeException", 413, "Message"},
    {ErrorCode::invalid_request_content, {}, "InvalidRequestContentException", 400, "Message"},
}};

constexpr const ExceptionRow& exception_of(ErrorCode code) {
  return kExceptions[static_cast<std::size_t>(code)];
}

constexpr bool exceptions_are_in_order() {
  for (std::size_t i = 0; i < kExceptions.size(); ++i) {
    if (static_cast<std::size_t>(kExceptions[i].code) != i) return false;
  }
  return true;
}
static_assert(exceptions_are_in_order());

}  // namespace stator
