// Which partitions of a table or an index hold more than a partition may.
#pragma once

#include <cstdint>
#include <vector>

#include "capacity/partition_heat.h"
#include "model/partition_map.h"
#include "model/table.h"
#include "storage/store.h"

namespace stator {

// The rows of a table or an index. Refers to its definition.
struct KeptRows {
  std::uint32_t keyspace;
  const KeySchema& key;
  CollectionCuts collections;
  std::int64_t bytes;  // of all rows, as AWS counts them
};

// Cuts of the partitions that hold more than `bytes_max`: in the middle of the hashes, over which
// bytes lie evenly; where they do not, in the middle of the bytes, between two item collections or,
// if these may be cut, inside of one. A partition of one key only is left.
//
// Rows of up to 64 MiB are all read; of more the store knows only roughly where they lie, so that
// it costs next to nothing to ask. When to look: see TableCapacity::take_size_look.
std::vector<SplitDecision> size_splits(const Store& store, const PartitionMap& partitions,
                                       const KeptRows& rows, std::int64_t bytes_max);

}  // namespace stator
