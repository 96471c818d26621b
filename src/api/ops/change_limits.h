// How often AWS lets the settings of a table be changed.
#pragma once

#include "api/ops/table_change.h"
#include "base/result.h"

namespace stator {

// Counts the settings that the change gives other values.
//   errors  limit_exceeded, throttling: one of them was changed too often of late
Result<void> count_changes(TableChange* change);

}  // namespace stator
