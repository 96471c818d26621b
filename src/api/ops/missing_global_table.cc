// The operations on a global table of version 2017.11.29 that is there: none ever is.
#include <string>

#include "api/operations.h"
#include "api/request/constraint_check.h"
#include "api/request/global_table_request.h"
#include "api/request/global_table_rules.h"

namespace stator {
namespace {

Result<void> look_for_global_table(const Context& context, const RequestRules& rules) {
  const GlobalTableRequest request =
      TRY(read_global_table_request(context.json, &context.scratch.reader));
  TRY(check_constraints(rules, context));
  return Error(ErrorCode::global_table_not_found,
               "Global table not found: Global table with name: '" + std::string(*request.name) +
                   "' does not exist.");
}

}  // namespace

Result<void> describe_global_table(const Context& context, JsonWriter*) {
  return look_for_global_table(context, kDescribeGlobalTableRules);
}

Result<void> describe_global_table_settings(const Context& context, JsonWriter*) {
  return look_for_global_table(context, kDescribeGlobalTableSettingsRules);
}

Result<void> update_global_table(const Context& context, JsonWriter*) {
  return look_for_global_table(context, kUpdateGlobalTableRules);
}

Result<void> update_global_table_settings(const Context& context, JsonWriter*) {
  return look_for_global_table(context, kUpdateGlobalTableSettingsRules);
}

}  // namespace stator
