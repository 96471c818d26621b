// What a write leaves behind for reads with a lag.
#pragma once

#include <span>

#include "api/engine.h"
#include "api/write_plan.h"
#include "base/result.h"
#include "storage/row_history.h"

namespace stator {

// Notes in the engine's history the rows that are about to change and that somebody reads with a
// lag. Called between deciding and committing, under the latches of the plans' rows; the result is
// held over the commit.
//   errors  internal
Result<PendingChanges> record_history(Engine* engine, std::span<const WritePlan> plans,
                                      std::span<const WriteOutcome> outcomes);

}  // namespace stator
