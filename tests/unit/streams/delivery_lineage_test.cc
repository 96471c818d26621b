#include "streams/delivery_lineage.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;
using Numbers = std::vector<std::uint32_t>;

constexpr TimePoint kStart{std::chrono::hours(400'000)};

// Shards 1 and 2; 1 was cut into 3 and 4.
StreamShards cut_shards() {
  const PartitionMap before = PartitionMap::even(2, kStart);
  return StreamShards::opened(before, kStart)
      .advanced(before.split_at(hash_position(42), kStart), kStart + 1h, {});
}

TEST(DeliverableShards, LeaveChildrenForLater) {
  EXPECT_EQ(deliverable_shards(cut_shards(), {}), Numbers({1, 2}));
  EXPECT_EQ(deliverable_shards(cut_shards(), {{1, {.done = 7}}}), Numbers({1, 2}));
}

TEST(DeliverableShards, AreTheChildrenOfWhatIsFinished) {
  EXPECT_EQ(deliverable_shards(cut_shards(), {{1, {.is_finished = true}}}), Numbers({2, 3, 4}));
}

TEST(DeliverableShards, AreTheChildrenOfWhatIsGone) {
  const StreamShards later = cut_shards().without_expired(kStart + 26h, {});
  EXPECT_EQ(deliverable_shards(later, {}), Numbers({2, 3, 4}));
}

TEST(LatestCheckpoints, AreBehindWhatIsThere) {
  const auto checkpoints =
      latest_checkpoints(cut_shards(), [](const Shard& shard) { return shard.number * 100U; });
  EXPECT_TRUE(checkpoints.at(1).is_finished);
  EXPECT_EQ(checkpoints.at(2).done, 200U);
  EXPECT_EQ(checkpoints.at(3).done, 300U);
  EXPECT_EQ(deliverable_shards(cut_shards(), checkpoints), Numbers({2, 3, 4}));
}

}  // namespace
}  // namespace stator
