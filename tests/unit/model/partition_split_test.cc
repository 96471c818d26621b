#include <gtest/gtest.h>

#include <set>

#include "model/partition_map.h"

namespace stator {
namespace {

using std::chrono_literals::operator""s;

constexpr TimePoint kThen(1s);
constexpr TimePoint kNow(2s);
constexpr TimePoint kLater(3s);

std::string position(std::uint64_t hash, std::string_view key) {
  return hash_position(hash) + std::string(key);
}

TEST(PartitionSplit, MakesTwoChildrenWithIdsOfTheirOwn) {
  const PartitionMap map = PartitionMap::even(2, kThen).split_at(hash_position(100), kNow);
  const std::vector<Partition> expected = {
      {.first_hash = 0, .id = 3, .parent = 1, .born = kNow},
      {.first_hash = 100, .id = 4, .parent = 1, .born = kNow},
      {.first_hash = std::uint64_t{1} << 63, .id = 2, .parent = 0, .born = kThen}};
  EXPECT_EQ(map.partitions(), expected);
}

TEST(PartitionSplit, RemembersThePartitionThatIsGone) {
  const PartitionMap map =
      PartitionMap().split_at(hash_position(9), kNow).split_at(hash_position(20), kLater);
  const std::vector<FormerPartition> expected = {
      {.id = 1, .parent = 0, .born = TimePoint{}, .ended = kNow},
      {.id = 3, .parent = 1, .born = kNow, .ended = kLater}};
  EXPECT_EQ(map.former(), expected);
}

TEST(PartitionSplit, InsideAHashDividesItByKey) {
  const PartitionMap map = PartitionMap().split_at(position(7, "m"), kNow);
  ASSERT_EQ(map.count(), 2U);
  EXPECT_EQ(map.partitions()[1].position(), position(7, "m"));
  EXPECT_EQ(map.index_of(position(7, "")), 0U);
  EXPECT_EQ(map.index_of(position(7, "lzzz")), 0U);
  EXPECT_EQ(map.index_of(position(7, "m")), 1U);
  EXPECT_EQ(map.index_of(position(7, "ma")), 1U);
  EXPECT_EQ(map.index_of(position(8, "")), 1U);
  EXPECT_EQ(map.index_of(std::uint64_t{7}), 0U);
  EXPECT_EQ(map.index_of(std::uint64_t{8}), 1U);
  EXPECT_EQ(map.last_hash(0), 7U);
  EXPECT_EQ(map.last_hash(1), UINT64_MAX);
}

TEST(PartitionSplit, ComparesKeysAsUnsignedBytes) {
  const PartitionMap map = PartitionMap().split_at(position(7, "\x7F"), kNow);
  EXPECT_EQ(map.index_of(position(7, "\x80")), 1U);
  EXPECT_EQ(map.index_of(position(7, "\x7E\xFF")), 0U);
}

TEST(PartitionSplit, WhereAPartitionBeginsChangesNothing) {
  const PartitionMap map = PartitionMap().split_at(position(7, "m"), kNow);
  EXPECT_EQ(map.split_at(position(7, "m"), kLater), map);
  EXPECT_EQ(map.split_at(hash_position(0), kLater), map);
}

TEST(PartitionSplit, NeverUsesAnIdTwice) {
  PartitionMap map;
  std::set<std::uint32_t> ids = {1};
  for (std::uint64_t i = 1; i <= 50; ++i) {
    map = map.split_at(position(i * 37 % 101, i % 2 == 0 ? "" : "k"), kNow);
    EXPECT_EQ(map.count(), i + 1);
    EXPECT_TRUE(PartitionMap::covers(map.partitions()));
    for (const Partition& partition : map.partitions()) ids.insert(partition.id);
    EXPECT_EQ(ids.size(), 2 * i + 1);
  }
}

TEST(PartitionSplit, ForgetsTheOldestOfTooManyThatAreGone) {
  PartitionMap map;
  for (std::uint64_t i = 1; i <= kFormerPartitionsMax + 1; ++i) {
    map = map.split_at(hash_position(i), kNow);
  }
  ASSERT_EQ(map.former().size(), kFormerPartitionsMax);
  EXPECT_NE(map.former().front().id, 1U);
  EXPECT_EQ(map.former().back().id, 2 * kFormerPartitionsMax + 1);
}

TEST(PartitionSplit, GrowthLeavesAPartitionInsideOfAHashAlone) {
  const PartitionMap cut =
      PartitionMap().split_at(position(7, "m"), kNow).split_at(position(7, "t"), kNow);
  const PartitionMap map = cut.grown_to(4, kLater);
  ASSERT_EQ(map.count(), 5U);
  EXPECT_TRUE(PartitionMap::covers(map.partitions()));
  EXPECT_EQ(map.partitions()[1].first_hash, 4U);
  EXPECT_EQ(map.partitions()[2], cut.partitions()[1]);
  EXPECT_EQ(map.partitions()[3].position(), position(7, "t"));
  EXPECT_EQ(map.former().size(), 4U);
}

}  // namespace
}  // namespace stator
