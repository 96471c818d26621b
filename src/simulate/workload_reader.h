// Reads a workload file: JSON as docs/workloads.md describes it.
#pragma once

#include <string_view>

#include "base/result.h"
#include "simulate/workload.h"

namespace stator {

// Ours: far more than a person writes.
inline constexpr std::size_t kWorkloadBytesMax = 1024 * 1024;

// Parses a whole file. What depends on the tables (whether an index exists, say) is checked once
// they are there, see SimulatedTable.
//   errors  validation, "LINE: MEMBER: what is wrong"
Result<Workload> parse_workload(std::string_view text);

}  // namespace stator
