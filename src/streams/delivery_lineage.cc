#include "streams/delivery_lineage.h"

namespace stator {
namespace {

bool is_finished(std::uint32_t shard, const DeliveryCheckpoints& checkpoints) {
  const auto at = checkpoints.find(shard);
  return at != checkpoints.end() && at->second.is_finished;
}

}  // namespace

std::vector<std::uint32_t> deliverable_shards(const StreamShards& shards,
                                              const DeliveryCheckpoints& checkpoints) {
  std::vector<std::uint32_t> deliverable;
  for (const Shard& shard : shards.all()) {
    if (is_finished(shard.number, checkpoints)) continue;
    const bool waits =
        shards.find(shard.parent) != nullptr && !is_finished(shard.parent, checkpoints);
    if (!waits) deliverable.push_back(shard.number);
  }
  return deliverable;
}

DeliveryCheckpoints latest_checkpoints(
    const StreamShards& shards, const std::function<std::uint64_t(const Shard&)>& last_record) {
  DeliveryCheckpoints checkpoints;
  for (const Shard& shard : shards.all()) {
    DeliveryCheckpoint& checkpoint = checkpoints[shard.number];
    checkpoint.is_finished = !shard.is_open();
    if (shard.is_open()) checkpoint.done = last_record(shard);
  }
  return checkpoints;
}

}  // namespace stator
