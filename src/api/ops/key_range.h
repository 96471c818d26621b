// The rows that a key condition covers.
#pragma once

#include "api/ops/read_source.h"
#include "expression/key_condition.h"
#include "storage/store.h"

namespace stator {

// Those of one item collection of the source, narrowed to the condition on the sort key.
RowRange range_of(const ReadSource& source, const KeyCondition& condition);

}  // namespace stator
