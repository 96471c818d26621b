// Whether the loads of a workload fit the tables that its CreateTable requests made.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/table.h"
#include "simulate/item_shape.h"
#include "simulate/simulated_items.h"
#include "simulate/workload.h"

namespace stator {

// Checks a table's items and all loads on it, and says how many keys they name.
//   errors  validation, "LINE: MEMBER: what is wrong"
Result<ItemSpace> check_loads(const TableSetup& setup, const std::vector<const Load*>& loads,
                              const TableDefinition& table, const ItemShape& shape);

}  // namespace stator
