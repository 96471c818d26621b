// What may not happen while indexes are created, updated or deleted.
#pragma once

#include "api/ops/table_change.h"
#include "base/result.h"
#include "model/table.h"

namespace stator {

// Whether the indexes that a request names are there, and nothing that goes on stands against the
// change.
//   errors  resource_in_use; resource_not_found, validation, limit_exceeded: of indexes
Result<void> check_not_busy(const TableChange& change);

//   errors  resource_in_use: an index is not ACTIVE
Result<void> check_indexes_allow_deletion(const TableDefinition& table, TimePoint now);

}  // namespace stator
