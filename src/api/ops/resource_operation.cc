#include "api/ops/resource_operation.h"

#include <string>

namespace stator {
Result<NamedTable> table_of_arn(std::string_view arn, const Context& context) {
  if (!arn.starts_with("arn:")) {
    return validation_error("Invalid TableArn: Invalid ResourceArn provided as input " +
                            std::string(arn));
  }
  return parse_table_name(arn, context.call.caller.region);
}

Error resource_not_found(std::string_view arn) {
  return Error(ErrorCode::resource_not_found,
               "Requested resource not found: ResourceArn: " + std::string(arn) + " not found");
}

Result<const Table*> find_resource(const Catalog& catalog, std::string_view arn,
                                   const Context& context) {
  const NamedTable named = TRY(table_of_arn(arn, context));
  const Table* const table = find_named(catalog, named, context);
  if (table == nullptr) return resource_not_found(arn);
  return table;
}

Result<const Table*> find_changeable_resource(const Catalog& catalog, std::string_view arn,
                                              const Context& context) {
  const Table* const table = TRY(find_resource(catalog, arn, context));
  const TableStatus status = *table->definition.status_at(context.now);
  if (status == TableStatus::creating || status == TableStatus::deleting)
    return resource_not_found(arn);
  return table;
}

}  // namespace stator
