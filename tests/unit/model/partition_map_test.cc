#include "model/partition_map.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using std::chrono_literals::operator""s;

TEST(PartitionMap, IsOnePartitionAtFirst) {
  const PartitionMap map;
  ASSERT_EQ(map.count(), 1U);
  for (const std::uint64_t hash : {std::uint64_t{0}, std::uint64_t{1} << 63, UINT64_MAX}) {
    EXPECT_EQ(map.index_of(hash), 0U);
  }
}

TEST(PartitionMap, EvenRangesHaveIdsFromOneAndABirthButNoParent) {
  const TimePoint born(7s);
  const PartitionMap map = PartitionMap::even(4, born);
  ASSERT_EQ(map.count(), 4U);
  for (std::size_t i = 0; i < map.count(); ++i) {
    EXPECT_EQ(map.partitions()[i].id, i + 1);
    EXPECT_EQ(map.partitions()[i].parent, 0U);
    EXPECT_EQ(map.partitions()[i].born, born);
  }
}

TEST(PartitionMap, EvenRangesAreOfEqualWidthAndCoverAllHashes) {
  for (const std::uint32_t count : {1U, 2U, 3U, 4U, 54U}) {
    const PartitionMap map = PartitionMap::even(count, TimePoint{});
    ASSERT_EQ(map.count(), count);
    EXPECT_EQ(map.partitions().front().first_hash, 0U);
    EXPECT_EQ(map.index_of(0), 0U);
    EXPECT_EQ(map.index_of(UINT64_MAX), count - 1);
    for (std::size_t i = 1; i < count; ++i) {
      const std::uint64_t start = map.partitions()[i].first_hash;
      const std::uint64_t width = start - map.partitions()[i - 1].first_hash;
      EXPECT_LE(width - UINT64_MAX / count, 1U);  // what a count that divides 2^64 leaves over
      EXPECT_EQ(map.index_of(start - 1), i - 1);
      EXPECT_EQ(map.index_of(start), i);
    }
  }
}

TEST(PartitionMap, OfKeptPartitionsKeepsThem) {
  const std::vector<Partition> partitions = {
      {.first_hash = 0, .id = 3, .parent = 1, .born = TimePoint(1s)},
      {.first_hash = 100, .id = 4, .parent = 1, .born = TimePoint(1s)},
      {.first_hash = 5000, .id = 2, .parent = 0, .born = TimePoint{}}};
  const PartitionMap map = PartitionMap::of(partitions);
  EXPECT_EQ(map.partitions(), partitions);
  EXPECT_EQ(map.index_of(99), 0U);
  EXPECT_EQ(map.index_of(100), 1U);
  EXPECT_EQ(map.index_of(4999), 1U);
}

TEST(PartitionMap, IsAValue) {
  EXPECT_EQ(PartitionMap::even(4, TimePoint{}), PartitionMap::even(4, TimePoint{}));
  EXPECT_NE(PartitionMap::even(4, TimePoint{}), PartitionMap::even(3, TimePoint{}));
  EXPECT_NE(PartitionMap::even(4, TimePoint{}), PartitionMap::even(4, TimePoint(1s)));
}

}  // namespace
}  // namespace stator
