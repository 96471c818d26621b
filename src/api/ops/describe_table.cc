#include "api/operations.h"
#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {

Result<void> describe_table(const Context& context, JsonWriter* json) {
  const TableRequest request = TRY(read_table_name_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDescribeTableRules, context));
  const NamedTable named = TRY(named_table(request, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const Table* const table = TRY(find_any_table(*catalog, named, context));
  const TableStatus status = *table->definition.status_at(context.now);
  json->begin_object();
  json->member("Table");
  write_table_description(describe(*table, status, context.call.caller.region, context.now), json);
  json->end_object();
  return {};
}

}  // namespace stator
