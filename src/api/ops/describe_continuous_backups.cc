#include "api/operations.h"
#include "api/ops/continuous_backups.h"
#include "api/ops/table_operation.h"
#include "api/request/backups_request.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {

Result<void> describe_continuous_backups(const Context& context, JsonWriter* json) {
  const BackupsRequest request = TRY(read_backups_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDescribeContinuousBackupsRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const Table* const table = TRY(find_backed_up_table(*catalog, named, context));
  write_continuous_backups(table->definition, context.now, json);
  return {};
}

}  // namespace stator
