// Building the indexes that were added to tables with items in them.
#pragma once

#include "api/engine.h"

namespace stator {

// Gives each index that is not built yet the rows of its table's items, and marks it built. One
// that fails stays CREATING.
void start_backfills(Engine& engine);

}  // namespace stator
