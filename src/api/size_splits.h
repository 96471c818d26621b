// Which partitions of a table or an index hold more than a partition may.
#pragma once

#include <cstdint>
#include <vector>

#include "capacity/partition_heat.h"
#include "model/partition_map.h"
#include "storage/store.h"

namespace stator {

// What is there, in bytes.
struct RowBytes {
  std::uint32_t keyspace = 0;
  std::int64_t total = 0;  // of all rows, as AWS counts them
};

// Cuts of the partitions that hold more than `bytes_max`. Where the rows lie the store knows only
// roughly, so that it costs nothing to ask; it is asked only when there are enough of them.
std::vector<SplitDecision> size_splits(const Store& store, const PartitionMap& partitions,
                                       const RowBytes& rows, std::int64_t bytes_max);

}  // namespace stator
