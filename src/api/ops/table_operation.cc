#include "api/ops/table_operation.h"

#include "api/request/constraint_check.h"
#include "api/request/value_rules.h"
#include "api/table_access.h"

namespace stator {

Result<std::string_view> table_name_of(const std::optional<std::string_view>& name_or_arn,
                                       const Context& context) {
  const std::string_view name = TRY(resolve_table_name(*name_or_arn, context.call.caller.region));
  TRY(check_table_name(name, kControlTableName));
  return name;
}

Result<const Table*> find_any_table(const Catalog& catalog, std::string_view name,
                                    const Context& context) {
  const Table* const table = catalog.find(space_of(context.call.caller), name, context.now);
  if (table != nullptr) return table;
  return Error(ErrorCode::resource_not_found,
               "Requested resource not found: Table: " + std::string(name) + " not found");
}

Error in_use(const std::string& text) {
  return Error(ErrorCode::resource_in_use,
               "Attempt to change a resource which is still in use: " + text);
}

void write_table_reply(const TableDescriptionView& table, JsonWriter* json) {
  json->begin_object();
  json->member("TableDescription");
  write_table_description(table, json);
  json->end_object();
}

}  // namespace stator
