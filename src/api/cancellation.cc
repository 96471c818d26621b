#include "api/cancellation.h"

#include <array>
#include <set>
#include <string>
#include <utility>

#include "api/throttle_errors.h"
#include "base/limits.h"

namespace stator {
namespace {

struct ReasonCode {
  ErrorCode error;
  std::string_view code;
};

// Source: botocore's service model, TransactionCanceledException.
constexpr std::array<ReasonCode, 9> kReasonCodes = {{
    {ErrorCode::conditional_check_failed, "ConditionalCheckFailed"},
    {ErrorCode::item_collection_size_limit_exceeded, "ItemCollectionSizeLimitExceeded"},
    {ErrorCode::transaction_conflict, "TransactionConflict"},
    {ErrorCode::provisioned_throughput_exceeded, "ProvisionedThroughputExceeded"},
    {ErrorCode::throttling, "ThrottlingError"},
    {ErrorCode::request_limit_exceeded, "ThrottlingError"},
    {ErrorCode::validation, "ValidationError"},
    {ErrorCode::resource_not_found, "ResourceNotFound"},
    {ErrorCode::duplicate_item, "DuplicateItem"},
}};

const ReasonCode* find_code(ErrorCode code) {
  for (const ReasonCode& row : kReasonCodes) {
    if (row.error == code) return &row;
  }
  return nullptr;
}

}  // namespace

Error conflict_error() {
  return Error(ErrorCode::transaction_conflict, "Transaction is ongoing for the item");
}

Error transaction_too_large() {
  return validation_error("Transaction request size cannot exceed " +
                          std::to_string(kTransactionBytesMax) + " bytes");
}

Error transaction_repeats_item() {
  return validation_error("Transaction request cannot include multiple operations on one item");
}

void count_conflict(const Table& table) {
  if (table.requests == nullptr) return;
  add_one(&table.requests->transaction_conflicts);
}

void count_cancellation(DataOperation operation, std::span<const Table* const> tables,
                        std::span<const std::optional<Error>> failures) {
  std::set<const Table*> throttled;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    if (!failures[i] || tables[i]->requests == nullptr) continue;
    RequestCounters& requests = *tables[i]->requests;
    const ErrorCode code = failures[i]->code();
    if (code == ErrorCode::conditional_check_failed) {
      add_one(&requests.conditional_check_failed);
    }
    if (is_throttle(code) && throttled.insert(tables[i]).second) {
      add_one(&requests.of(operation).throttled);
    }
  }
}

bool is_cancellation(ErrorCode code) {
  return find_code(code) != nullptr;
}

Error cancelled(std::span<std::optional<Error>> failures) {
  std::string text =
      "Transaction cancelled, please refer cancellation reasons for specific reasons [";
  std::vector<CancellationReason> reasons;
  for (const std::optional<Error>& failure : failures) {
    CancellationReason& reason = reasons.emplace_back();
    if (failure) {
      reason = {.code = find_code(failure->code())->code,
                .message = failure->message(),
                .item = failure->item()};
    }
    if (reasons.size() > 1) text += ", ";
    text += reason.code;
  }
  return Error(ErrorCode::transaction_canceled, text + "]").with_cancellations(std::move(reasons));
}

}  // namespace stator
