// The one error of all layers: a code, a text that a client may see, and sometimes an item, the
// limits that throttled a request, or why each action of a transaction did not run.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stator {

// A code exists where some caller acts differently; its exception name and HTTP status are in
// api/exceptions.h.
enum class ErrorCode {
  validation,
  serialization,
  unknown_operation,
  resource_not_found,
  resource_in_use,
  limit_exceeded,
  conditional_check_failed,
  item_collection_size_limit_exceeded,
  provisioned_throughput_exceeded,
  throttling,
  request_limit_exceeded,
  access_denied,
  expired_iterator,
  trimmed_data_access,
  table_not_found,
  table_already_exists,
  backup_not_found,
  export_not_found,
  import_not_found,
  global_table_not_found,
  point_in_time_recovery_unavailable,
  invalid_restore_time,
  invalid_export_time,
  policy_not_found,
  transaction_conflict,
  transaction_canceled,
  transaction_in_progress,
  idempotent_parameter_mismatch,
  duplicate_item,
  internal,  // ours or the disk's fault, never the caller's
  // Of Lambda's API:
  invalid_parameter_value,
  resource_conflict,
  request_too_large,
  invalid_request_content,
};

// One of the limits that a throttled request met.
struct ThrottlingReason {
  std::string reason;
  std::string resource;  // "TABLE" or "TABLE/index/INDEX", as an ARN ends
  bool operator==(const ThrottlingReason&) const = default;
};

// Why an action of a cancelled transaction did not run, or that it was not its fault.
struct CancellationReason {
  std::string_view code = "None";  // AWS's word
  std::string message;             // empty of None
  std::string item;                // the bytes of the item that failed a condition; may be empty
  bool operator==(const CancellationReason&) const = default;
};

// One pointer wide, so that a Result<int> is 16 bytes. Moved, not copied.
class Error {
 public:
  Error(ErrorCode code, std::string message)
      : content_(std::make_unique<Content>(Content{code, std::move(message), {}, {}, {}})) {}

  ErrorCode code() const { return content_->code; }
  const std::string& message() const { return content_->message; }

  // The bytes of the item that failed a condition, where the caller asked for it; else empty.
  const std::string& item() const { return content_->item; }

  // Of a throttled request; else empty.
  const std::vector<ThrottlingReason>& reasons() const { return content_->reasons; }

  // Of a cancelled transaction: one for each action; else empty.
  const std::vector<CancellationReason>& cancellations() const { return content_->cancellations; }

  Error with_cancellations(std::vector<CancellationReason> cancellations) && {
    content_->cancellations = std::move(cancellations);
    return std::move(*this);
  }
  Error with_reasons(std::vector<ThrottlingReason> reasons) && {
    content_->reasons = std::move(reasons);
    return std::move(*this);
  }
  Error with_item(std::string item_bytes) && {
    content_->item = std::move(item_bytes);
    return std::move(*this);
  }
  Error with_message(std::string message) && {
    content_->message = std::move(message);
    return std::move(*this);
  }

 private:
  struct Content {
    ErrorCode code;
    std::string message;
    std::string item;
    std::vector<ThrottlingReason> reasons;
    std::vector<CancellationReason> cancellations;
  };
  std::unique_ptr<Content> content_;
};

inline Error validation_error(std::string message) {
  return Error(ErrorCode::validation, std::move(message));
}

}  // namespace stator
