// The constraints of the service model on secondary indexes.
#pragma once

#include "api/constraint_errors.h"
#include "api/request/table_request.h"

namespace stator {

// Of CreateTable.
void check_indexes(const TableRequest& request, ConstraintErrors* errors);

// Of UpdateTable.
void check_index_updates(const TableRequest& request, ConstraintErrors* errors);

}  // namespace stator
