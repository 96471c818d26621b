#include "api/throttle_errors.h"

#include <algorithm>
#include <utility>

namespace stator {
namespace {

constexpr std::string_view kTableProvisioned =
    "The level of configured provisioned throughput for the table was exceeded. Consider "
    "increasing your provisioning level with the UpdateTable API.";
constexpr std::string_view kIndexProvisioned =
    "The level of configured provisioned throughput for one or more global secondary indexes of "
    "the table was exceeded. Consider increasing your provisioning level for the "
    "under-provisioned global secondary indexes with the UpdateTable API.";
constexpr std::string_view kTableOnDemand =
    "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically "
    "scaling your table or index so please try again shortly. If exceptions persist, check if you "
    "have a hot key: "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";
constexpr std::string_view kIndexOnDemand =
    "Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB "
    "is automatically scaling your index so please try again shortly.";
constexpr std::string_view kMaximum =
    "Throughput exceeds the maximum OnDemandThroughput configured on table or index";
constexpr std::string_view kAccountQuota =
    "Throughput exceeds the current throughput limit for your account. Please contact AWS Support "
    "at https://aws.amazon.com/support request a limit increase";

ErrorCode code_of(const ThrottledArm& arm) {
  switch (arm.reason.limit) {
    case ThrottleLimit::max_on_demand:
      return ErrorCode::throttling;
    case ThrottleLimit::account:
      return ErrorCode::request_limit_exceeded;
    case ThrottleLimit::key_range:
      if (arm.table->billing == BillingMode::pay_per_request) return ErrorCode::throttling;
      break;
    case ThrottleLimit::provisioned:
      break;
  }
  return ErrorCode::provisioned_throughput_exceeded;
}

ThrottlingReason reason_of(const ThrottledArm& arm) {
  std::string resource = arm.table->name;
  if (!arm.index.empty()) resource.append("/index/").append(arm.index);
  return {.reason = std::string(arm.reason.name()), .resource = std::move(resource)};
}

}  // namespace

std::string_view throttle_text(ErrorCode code, const ThrottleReason& reason) {
  const bool is_index = reason.resource == ResourceKind::index;
  switch (code) {
    case ErrorCode::throttling:
      if (reason.limit == ThrottleLimit::max_on_demand) return kMaximum;
      return is_index ? kIndexOnDemand : kTableOnDemand;
    case ErrorCode::request_limit_exceeded:
      return kAccountQuota;
    default:
      return is_index ? kIndexProvisioned : kTableProvisioned;
  }
}

void add_reason(ThrottlingReason reason, std::vector<ThrottlingReason>* reasons) {
  const bool known = std::find(reasons->begin(), reasons->end(), reason) != reasons->end();
  if (!known) reasons->push_back(std::move(reason));
}

bool is_throttle(ErrorCode code) {
  return code == ErrorCode::provisioned_throughput_exceeded || code == ErrorCode::throttling ||
         code == ErrorCode::request_limit_exceeded;
}

Error throttle_error(const ThrottledArms& arms) {
  std::vector<ThrottlingReason> reasons;
  for (const ThrottledArm& arm : arms) add_reason(reason_of(arm), &reasons);
  const ErrorCode code = code_of(arms.front());
  return Error(code, std::string(throttle_text(code, arms.front().reason)))
      .with_reasons(std::move(reasons));
}

}  // namespace stator
