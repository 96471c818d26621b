#include "api/operations.h"
#include "api/ops/empty_list.h"
#include "api/request/table_rules.h"

namespace stator {

// No table has replicas.
Result<void> list_global_tables(const Context& context, JsonWriter* json) {
  return answer_with_empty_list(context, kListGlobalTablesRules, "GlobalTables", json);
}

}  // namespace stator
