#include "api/fault_check.h"

#include <algorithm>
#include <vector>

#include "api/fault_errors.h"
#include "api/fault_scope.h"
#include "api/json_writer.h"
#include "api/operations.h"
#include "api/request/fault_targets.h"
#include "api/request/text_patterns.h"
#include "api/throttle_errors.h"
#include "base/limits.h"
#include "capacity/throttle_reason.h"
#include "model/item.h"
#include "stator/database.h"

namespace stator {
namespace {

using std::chrono::milliseconds;

bool does_something(const FaultRule& rule) {
  return !rule.error.empty() || rule.delay > milliseconds(0) || rule.hold > milliseconds(0) ||
         rule.close != FaultClose::never || rule.unprocessed > 0;
}

// The index that a throttle's reason is about.
Result<void> check_index(const FaultRule& rule, bool is_wanted) {
  if (is_wanted && rule.index.empty()) return validation_error(rule.reason + " wants an index");
  if (!is_wanted && !rule.index.empty()) {
    return validation_error("index goes with the reasons of an index");
  }
  if (rule.index.empty() || is_name(rule.index)) return {};
  return validation_error("index is not an index's name: " + rule.index);
}

Result<void> check_error(const FaultRule& rule) {
  if (rule.error.empty()) {
    if (rule.message.empty() && rule.reason.empty()) return check_index(rule, false);
    return validation_error("message and reason go with error");
  }
  const std::optional<ErrorCode> code = find_fault_error(rule.error);
  if (!code) return validation_error("no such error: " + rule.error);
  if (rule.reason.empty()) return check_index(rule, false);
  if (!is_throttle(*code)) return validation_error("reason goes with throttles");
  const std::optional<ThrottleReason> reason = find_throttle_reason(rule.reason);
  if (!reason) return validation_error("no such reason: " + rule.reason);
  return check_index(rule, reason->resource == ResourceKind::index);
}

Result<void> check_counts(const FaultRule& rule) {
  if (rule.nth == 0) return validation_error("nth counts from 1");
  if (!(rule.probability > 0 && rule.probability <= 1)) {
    return validation_error("probability is not above 0 and at most 1");
  }
  for (const milliseconds time : {rule.after, rule.duration, rule.delay, rule.hold}) {
    if (time < milliseconds(0) || time > kDurationMax) {
      return validation_error("a time is negative, or longer than a century");
    }
  }
  return {};
}

// Whether there is an operation for a rule that names none.
bool fits_any(const FaultRule& rule) {
  const std::optional<ErrorCode> code = find_fault_error(rule.error);
  return std::any_of(operations().begin(), operations().end(), [&](const Operation& each) {
    return find_misfit(rule, each.name).empty() && (!code || can_get(each.name, *code));
  });
}

Result<void> check_operation(const FaultRule& rule) {
  if (rule.operation.empty()) {
    if (fits_any(rule)) return {};
    return validation_error("there is no operation that all of this can happen to");
  }
  const Operation* const operation = find_operation(rule.operation);
  if (operation == nullptr || operation->name != rule.operation) {
    return validation_error("no such operation: " + rule.operation);
  }
  const std::string_view misfit = find_misfit(rule, operation->name);
  if (misfit.empty()) return {};
  return validation_error(std::string(misfit) + " does not go with " + rule.operation);
}

}  // namespace

Result<void> check_fault(const FaultRule& rule) {
  if (!does_something(rule)) {
    return validation_error("error, delay, hold, close or unprocessed is missing");
  }
  if (!rule.table.empty() && !is_name(rule.table)) {
    return validation_error("table is not a table's name: " + rule.table);
  }
  TRY(check_error(rule));
  TRY(check_counts(rule));
  return check_operation(rule);
}

Result<std::string> parse_fault_key(const std::string& json) {
  if (json.empty()) return std::string();
  std::string request = R"({"TableName":"any","Key":)" + json + "}";
  request.reserve(request.size() + kBodyPadding);
  JsonReader reader;
  std::vector<FaultTarget> targets = read_fault_targets(request, &reader);
  const bool is_read = targets.size() == 1 && !targets.front().item.empty();
  if (is_read && ItemView::trusted(targets.front().item).attributes().count() > 0) {
    return std::move(targets.front().item);
  }
  return validation_error("key is not an object of attributes: " + json);
}

std::string fault_key_json(std::string_view item) {
  std::string text;
  JsonWriter json(&text);
  json.attributes(ItemView::trusted(item).attributes());
  json.finish();
  return text;
}

}  // namespace stator
