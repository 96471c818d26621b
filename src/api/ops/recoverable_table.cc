#include "api/ops/recoverable_table.h"

#include <string>

#include "api/arn.h"
#include "api/ops/continuous_backups.h"
#include "api/ops/table_settings.h"

namespace stator {

Result<void> check_arn(std::string_view text, std::string_view member) {
  if (parse_arn(text)) return {};
  return invalid_parameter(std::string(member) + " is not a valid ARN");
}

Result<const TableDefinition*> find_recoverable_table(const Catalog& catalog,
                                                      std::string_view name_or_arn,
                                                      const Context& context) {
  const NamedTable named = TRY(parse_table_name(name_or_arn, context.call.caller.region));
  const TableDefinition& table =
      TRY(find_backed_up_table(catalog, named, name_or_arn, context))->definition;
  if (table.recovery) return &table;
  return Error(ErrorCode::point_in_time_recovery_unavailable,
               "Point in time recovery is not enabled for table '" + table.name + "'");
}

}  // namespace stator
