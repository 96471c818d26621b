// Emptying a database while it runs.
#pragma once

#include "api/engine.h"
#include "base/result.h"

namespace stator {

// Removes all tables, in every namespace and status and whatever protects them, with their streams;
// tokens of transactions, and rules of faults.
// Settings stay: the clock, modes for all tables, lags. A request that runs meanwhile ends before
// or after its table is gone.
//   errors  internal; what is gone stays gone
Result<void> reset(Engine* engine, TimePoint now);

}  // namespace stator
