#include "api/fault_errors.h"

#include <array>

#include "api/exceptions.h"
#include "api/throttle_errors.h"

namespace stator {
namespace {

struct FaultText {
  ErrorCode code;
  std::string_view text;
};

// AWS's texts, where it has one that fits every request.
constexpr std::array<FaultText, 10> kTexts = {{
    {ErrorCode::conditional_check_failed, "The conditional request failed"},
    {ErrorCode::duplicate_item, "Duplicate primary key exists in table"},
    {ErrorCode::internal, "Internal server error"},
    {ErrorCode::item_collection_size_limit_exceeded, "Collection size exceeded."},
    {ErrorCode::provisioned_throughput_exceeded,
     "The level of configured provisioned throughput for the table was exceeded. Consider "
     "increasing your provisioning level with the UpdateTable API."},
    {ErrorCode::request_limit_exceeded,
     "Throughput exceeds the current throughput limit for your account. Please contact AWS "
     "Support at https://aws.amazon.com/support request a limit increase"},
    {ErrorCode::resource_not_found, "Requested resource not found"},
    {ErrorCode::throttling,
     "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically "
     "scaling your table or index so please try again shortly. If exceptions persist, check if "
     "you have a hot key: "
     "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
     "bp-partition-key-design.html"},
    {ErrorCode::transaction_conflict, "Transaction is ongoing for the item"},
    {ErrorCode::transaction_in_progress, "Transaction from previous request is still in progress"},
}};

std::string text_of(ErrorCode code) {
  for (const FaultText& row : kTexts) {
    if (row.code == code) return std::string(row.text);
  }
  return "";
}

}  // namespace

std::optional<ErrorCode> find_fault_error(std::string_view name) {
  for (const ExceptionRow& row : kExceptions) {
    const bool is_dynamodb = !row.space.empty();  // Lambda's have none
    if (row.name != name || !is_dynamodb) continue;
    if (row.code != ErrorCode::transaction_canceled) return row.code;
  }
  return std::nullopt;
}

Error fault_error(const FaultRule& rule, ErrorCode code, std::string_view table) {
  Error error(code, rule.message.empty() ? text_of(code) : rule.message);
  if (!is_throttle(code) || rule.reason.empty() || table.empty()) return error;
  return std::move(error).with_reasons({{.reason = rule.reason, .resource = std::string(table)}});
}

}  // namespace stator
