#include "api/description_parts.h"
#include "api/operations.h"
#include "api/ops/table_operation.h"
#include "api/request/backups_request.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {

// No table has replicas.
Result<void> describe_table_replica_auto_scaling(const Context& context, JsonWriter* json) {
  const BackupsRequest request = TRY(read_backups_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDescribeReplicaAutoScalingRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const Table* const table = TRY(find_any_table(*catalog, named, context));
  json->begin_object();
  json->member("TableAutoScalingDescription");
  json->begin_object();
  json->member("TableName", table->definition.name);
  json->member("TableStatus", status_name(*table->definition.status_at(context.now)));
  json->member("Replicas");
  json->begin_array();
  json->end_array();
  json->end_object();
  json->end_object();
  return {};
}

}  // namespace stator
