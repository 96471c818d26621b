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
constexpr std::array<FaultText, 7> kTexts = {{
    {ErrorCode::conditional_check_failed, "The conditional request failed"},
    {ErrorCode::duplicate_item, "Duplicate primary key exists in table"},
    {ErrorCode::internal, "Internal server error"},
    {ErrorCode::item_collection_size_limit_exceeded, "Collection size exceeded."},
    {ErrorCode::resource_not_found, "Requested resource not found"},
    {ErrorCode::transaction_conflict, "Transaction is ongoing for the item"},
    {ErrorCode::transaction_in_progress, "Transaction from previous request is still in progress"},
}};

std::string text_of(const FaultRule& rule, ErrorCode code) {
  if (is_throttle(code)) {
    // A throttle without a reason is one of the table.
    const ThrottleReason reason = find_throttle_reason(rule.reason).value_or(ThrottleReason());
    return std::string(throttle_text(code, reason));
  }
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
  Error error(code, rule.message.empty() ? text_of(rule, code) : rule.message);
  if (!is_throttle(code) || rule.reason.empty() || table.empty()) return error;
  std::string resource(table);
  if (!rule.index.empty()) resource.append("/index/").append(rule.index);
  return std::move(error).with_reasons({{.reason = rule.reason, .resource = std::move(resource)}});
}

}  // namespace stator
