#include "api/ops/table_operation.h"

#include "api/request/constraint_check.h"
#include "api/request/value_rules.h"

namespace stator {

Result<NamedTable> named_table(const std::optional<std::string_view>& name_or_arn,
                               const Context& context) {
  const NamedTable named = TRY(parse_table_name(*name_or_arn, context.call.caller.region));
  TRY(check_table_name(named.name, kControlTableName));
  return named;
}

Error table_not_found(std::string_view name) {
  return Error(ErrorCode::resource_not_found,
               "Requested resource not found: Table: " + std::string(name) + " not found");
}

Result<const Table*> find_any_table(const Catalog& catalog, const NamedTable& named,
                                    const Context& context) {
  const Table* const table = find_named(catalog, named, context);
  if (table == nullptr) return table_not_found(named.name);
  return table;
}

Result<const Table*> find_ready_table(const Catalog& catalog, const NamedTable& named,
                                      const Context& context) {
  const Table* const table = TRY(find_any_table(catalog, named, context));
  const TableStatus status = *table->definition.status_at(context.now);
  if (status != TableStatus::creating && status != TableStatus::deleting) return table;
  return table_not_found(named.name);
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
