#include "api/batch_statement_codes.h"

#include <array>

namespace stator {
namespace {

struct StatementCode {
  ErrorCode error;
  std::string_view code;
};

// Source: botocore's service model, BatchStatementErrorCodeEnum.
constexpr std::array<StatementCode, 11> kStatementCodes = {{
    {ErrorCode::conditional_check_failed, "ConditionalCheckFailed"},
    {ErrorCode::item_collection_size_limit_exceeded, "ItemCollectionSizeLimitExceeded"},
    {ErrorCode::request_limit_exceeded, "RequestLimitExceeded"},
    {ErrorCode::validation, "ValidationError"},
    {ErrorCode::provisioned_throughput_exceeded, "ProvisionedThroughputExceeded"},
    {ErrorCode::transaction_conflict, "TransactionConflict"},
    {ErrorCode::throttling, "ThrottlingError"},
    {ErrorCode::internal, "InternalServerError"},
    {ErrorCode::resource_not_found, "ResourceNotFound"},
    {ErrorCode::access_denied, "AccessDenied"},
    {ErrorCode::duplicate_item, "DuplicateItem"},
}};

}  // namespace

std::optional<std::string_view> find_statement_code(ErrorCode code) {
  for (const StatementCode& row : kStatementCodes) {
    if (row.error == code) return row.code;
  }
  return std::nullopt;
}

}  // namespace stator
