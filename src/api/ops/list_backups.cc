#include "api/operations.h"
#include "api/ops/table_operation.h"
#include "api/request/backups_request.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {

// There are no backups; a table that is not there has none either.
Result<void> list_backups(const Context& context, JsonWriter* json) {
  const BackupsRequest request = TRY(read_backups_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kListBackupsRules, context));
  if (request.table_name) TRY(named_table(request.table_name, context));
  json->begin_object();
  json->member("BackupSummaries");
  json->begin_array();
  json->end_array();
  json->end_object();
  return {};
}

}  // namespace stator
