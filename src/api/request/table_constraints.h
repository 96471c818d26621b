// What AWS checks of a control-plane request before it looks at any table: the constraints of the
// service model, in its order and words.
#pragma once

#include "api/request/table_request.h"
#include "base/result.h"

namespace stator {

// The table's name is not among these: it is checked first and alone (check_table_name).
//   errors  validation
Result<void> check_create_table_constraints(const TableRequest& request);
Result<void> check_update_table_constraints(const TableRequest& request);
Result<void> check_list_tables_constraints(const ListTablesRequest& request);

// Refuses what would otherwise be ignored: members whose features stator does not have yet.
//   errors  validation
Result<void> check_supported(const TableRequest& request);

}  // namespace stator
