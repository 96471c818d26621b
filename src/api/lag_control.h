// Changing the lags: /_stator/lag and Database::set_gsi_lag.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "api/engine.h"
#include "base/result.h"

namespace stator {

struct IndexLag {
  std::string table;
  std::string index;
  std::optional<std::chrono::milliseconds> lag;  // nullopt: as the other indexes
};

// Sets or removes the lag of one index in *lags. What was set can be removed also when the index is
// gone.
//   errors  validation: no such table, no such global secondary index
Result<void> set_index_lag(const Engine& engine, const IndexLag& change, TimePoint now, Lags* lags);

}  // namespace stator
