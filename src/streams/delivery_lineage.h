// In which order the shards of a stream are delivered, and where a new mapping begins.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "streams/delivery_checkpoint.h"
#include "streams/stream_shards.h"

namespace stator {

// By the numbers of the shards; one that is not there begins with its first record.
using DeliveryCheckpoints = std::map<std::uint32_t, DeliveryCheckpoint>;

// The shards that may be delivered now: not finished, and their parent is, or is gone.
std::vector<std::uint32_t> deliverable_shards(const StreamShards& shards,
                                              const DeliveryCheckpoints& checkpoints);

// Where a mapping that starts with LATEST begins: behind what is there. (With TRIM_HORIZON it
// begins without checkpoints.)
//   last_record  the last record that readers of an open shard can see
DeliveryCheckpoints latest_checkpoints(
    const StreamShards& shards, const std::function<std::uint64_t(const Shard&)>& last_record);

}  // namespace stator
