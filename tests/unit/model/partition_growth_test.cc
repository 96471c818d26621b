#include "model/partition_map.h"

#include <gtest/gtest.h>

#include <set>

namespace stator {
namespace {

constexpr TimePoint kThen{std::chrono::seconds(1)};
constexpr TimePoint kNow{std::chrono::seconds(2)};

TEST(PartitionGrowth, GrowsByCuttingEachPartitionInTwo) {
  const PartitionMap map = PartitionMap::even(4, kThen).grown_to(5, kNow);
  ASSERT_EQ(map.count(), 8U);
  std::set<std::uint32_t> ids;
  for (std::size_t i = 0; i < 8; ++i) {
    const Partition& partition = map.partitions()[i];
    EXPECT_EQ(partition.parent, i / 2 + 1);
    EXPECT_EQ(partition.born, kNow);
    EXPECT_GT(partition.id, 4U);
    ids.insert(partition.id);
    EXPECT_EQ(map.index_of(partition.first_hash), i);
    if (i > 0) {
      EXPECT_EQ(map.index_of(partition.first_hash - 1), i - 1);
    }
  }
  EXPECT_EQ(ids.size(), 8U);
}

TEST(PartitionGrowth, KeepsTheBoundsOfThePartitionsThatItCuts) {
  const PartitionMap before = PartitionMap::even(3, kThen);
  const PartitionMap after = before.grown_to(6, kNow);
  ASSERT_EQ(after.count(), 6U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(after.partitions()[2 * i].first_hash, before.partitions()[i].first_hash);
  }
  EXPECT_EQ(after.index_of(UINT64_MAX), 5U);
}

TEST(PartitionGrowth, DoublesAgainUntilThereAreEnough) {
  EXPECT_EQ(PartitionMap::even(1, kThen).grown_to(4, kNow).count(), 4U);
  EXPECT_EQ(PartitionMap::even(3, kThen).grown_to(7, kNow).count(), 12U);
}

TEST(PartitionGrowth, NeverShrinks) {
  const PartitionMap map = PartitionMap::even(4, kThen);
  EXPECT_EQ(map.grown_to(1, kNow), map);
}

TEST(PartitionCount, SharesAPartitionBetweenReadsAndWritesThatAreProvisioned) {
  EXPECT_EQ(partitions_for_provisioned(1, 1), 1U);
  EXPECT_EQ(partitions_for_provisioned(3000, 0), 1U);
  EXPECT_EQ(partitions_for_provisioned(1500, 500), 1U);
  EXPECT_EQ(partitions_for_provisioned(1501, 500), 2U);
  EXPECT_EQ(partitions_for_provisioned(0, 3200), 4U);
}

TEST(PartitionCount, TakesTheGreaterOfReadsAndWritesForWarmThroughput) {
  EXPECT_EQ(partitions_for_warm(12000, 4000), 4U);
  EXPECT_EQ(partitions_for_warm(12001, 4000), 5U);
  EXPECT_EQ(partitions_for_warm(0, 0), 1U);
}

}  // namespace
}  // namespace stator
