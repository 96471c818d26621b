#include "api/operations.h"
#include "api/ops/continuous_backups.h"
#include "api/ops/table_operation.h"
#include "api/request/backup_rules.h"
#include "api/request/backups_request.h"
#include "api/request/constraint_check.h"
#include "api/unsupported.h"

namespace stator {

Result<void> create_backup(const Context& context, JsonWriter*) {
  const BackupsRequest request = TRY(read_backups_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kCreateBackupRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  TRY(find_backed_up_table(*catalog, named, context));
  return not_supported("CreateBackup");
}

}  // namespace stator
