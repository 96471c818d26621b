#include "api/operations.h"
#include "api/ops/table_plan.h"
#include "api/request/constraint_check.h"
#include "api/request/transfer_rules.h"
#include "api/unsupported.h"

namespace stator {

// The table that it would create is checked as CreateTable checks it.
Result<void> import_table(const Context& context, JsonWriter*) {
  const TableRequest request =
      TRY(read_import_table_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kImportRules, context));
  const TableDefinition planned = TRY(plan_table(request, *request.table_name, context));
  TRY(check_supported(request));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  TRY(check_room(*catalog, planned, context.now));
  return not_supported("ImportTable");
}

}  // namespace stator
