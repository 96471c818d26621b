// GlobalSecondaryIndexUpdates, and what a switch of the billing mode means to indexes.
#pragma once

#include "api/ops/table_change.h"
#include "base/result.h"

namespace stator {

// Applies both to `change->after`, whose billing is decided, in AWS's order.
//   errors  validation, limit_exceeded
Result<void> apply_index_changes(TableChange* change);

// Whether the request creates or deletes an index, which takes its table through UPDATING.
bool has_online_index_change(const TableRequest& request);

}  // namespace stator
