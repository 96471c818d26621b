// Where a clock that is moved by hand stood when its database was last used: tables, streams and
// items that expire have times from it, and it shall not begin before them.
//
//   keyspace 0 := "C" -> microseconds since the Unix epoch:u64be
#pragma once

#include <optional>

#include "base/result.h"
#include "stator/clock.h"
#include "storage/store.h"

namespace stator {

// Nothing where the machine's clock ran last.
//   errors  internal
Result<std::optional<TimePoint>> kept_clock(const Store& store);

// Nothing: the machine's clock runs from now on.
//   errors  internal
Result<void> keep_clock(Store* store, std::optional<TimePoint> now);

}  // namespace stator
