#include "streams/stream_shards.h"

#include <gtest/gtest.h>

#include <set>

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart{std::chrono::milliseconds(1'414'562'045'508)};
constexpr ShardTimes kTimes;

std::vector<std::uint32_t> numbers_of_open(const StreamShards& shards) {
  std::vector<std::uint32_t> numbers;
  for (const Shard& shard : shards.all()) {
    if (shard.is_open()) numbers.push_back(shard.number);
  }
  return numbers;
}

std::vector<std::uint32_t> parents_of_open(const StreamShards& shards) {
  std::vector<std::uint32_t> parents;
  for (const Shard& shard : shards.all()) {
    if (shard.is_open()) parents.push_back(shard.parent);
  }
  return parents;
}

using Numbers = std::vector<std::uint32_t>;

TEST(StreamShards, OpenOneForEachPartition) {
  const auto shards = StreamShards::opened(PartitionMap::even(4, kStart), kStart);
  EXPECT_EQ(numbers_of_open(shards), Numbers({1, 2, 3, 4}));
  EXPECT_EQ(parents_of_open(shards), Numbers({0, 0, 0, 0}));
  EXPECT_EQ(shards.open_shard_of(3)->number, 3U);
  EXPECT_EQ(shards.open_shard_of(5), nullptr);
}

TEST(StreamShards, HaveIdsOfAwsShape) {
  const auto shards = StreamShards::opened(PartitionMap(), kStart);
  EXPECT_EQ(shard_id(shards.all()[0]), "shardId-00000001414562045508-00000001");
  EXPECT_EQ(shards.find("shardId-00000001414562045508-00000001"), &shards.all()[0]);
  EXPECT_EQ(shards.find("shardId-00000001414562045509-00000001"), nullptr);
  EXPECT_EQ(shards.find(""), nullptr);
}

TEST(StreamShards, StayAsTheyAreWhenNothingIsDue) {
  const PartitionMap map = PartitionMap::even(2, kStart);
  const auto shards = StreamShards::opened(map, kStart);
  EXPECT_EQ(shards.advanced(map, kStart + 4h - 1us, kTimes), shards);
}

TEST(StreamShards, RollOverToOneChildAfterFourHours) {
  const PartitionMap map = PartitionMap::even(2, kStart);
  const TimePoint later = kStart + 4h;
  const auto shards = StreamShards::opened(map, kStart).advanced(map, later, kTimes);
  EXPECT_EQ(numbers_of_open(shards), Numbers({3, 4}));
  EXPECT_EQ(parents_of_open(shards), Numbers({1, 2}));
  EXPECT_EQ(shards.find(1U)->closed, later);
  EXPECT_EQ(shards.find(3U)->created, later);
  EXPECT_EQ(shards.find(3U)->generation, 1U);
  EXPECT_EQ(shards.next_rollover(kTimes), later + 4h);
}

TEST(StreamShards, OfAPartitionThatIsCutHaveAChildForEachHalf) {
  const PartitionMap before = PartitionMap::even(2, kStart);
  const PartitionMap after = before.split_at(hash_position(42), kStart + 1h);
  const auto shards = StreamShards::opened(before, kStart).advanced(after, kStart + 1h, kTimes);
  EXPECT_EQ(numbers_of_open(shards), Numbers({2, 3, 4}));
  EXPECT_EQ(parents_of_open(shards), Numbers({0, 1, 1}));
  EXPECT_FALSE(shards.find(1U)->is_open());
  EXPECT_EQ(shards.open_shard_of(after.partitions()[0].id)->number, 3U);
  EXPECT_EQ(shards.open_shard_of(after.partitions()[1].id)->number, 4U);
}

TEST(StreamShards, OfAPartitionThatWasCutTwiceMeanwhileHaveNoMissingLinks) {
  const PartitionMap before = PartitionMap::even(1, kStart);
  const PartitionMap after = before.grown_to(2, kStart + 1s).grown_to(4, kStart + 2s);
  const auto shards = StreamShards::opened(before, kStart).advanced(after, kStart + 1h, kTimes);
  EXPECT_EQ(parents_of_open(shards), Numbers({1, 1, 1, 1}));
  for (const Partition& partition : after.partitions()) {
    EXPECT_NE(shards.open_shard_of(partition.id), nullptr);
  }
}

TEST(StreamShards, KeepTheOrderOfTheirIdsWhenTheClockIsSetBack) {
  const PartitionMap map = PartitionMap::even(1, kStart);
  const PartitionMap cut = map.grown_to(2, kStart);
  const auto shards = StreamShards::opened(map, kStart).advanced(cut, kStart - 1h, kTimes);
  EXPECT_LT(shard_id(shards.all()[0]), shard_id(shards.all()[1]));
  EXPECT_LT(shard_id(shards.all()[1]), shard_id(shards.all()[2]));
}

TEST(StreamShards, AreAllClosedWhenTheStreamIsDisabled) {
  const auto shards =
      StreamShards::opened(PartitionMap::even(2, kStart), kStart).closed(kStart + 1s);
  EXPECT_EQ(numbers_of_open(shards), Numbers());
  EXPECT_EQ(shards.find(2U)->closed, kStart + 1s);
  EXPECT_EQ(shards.next_rollover(kTimes), std::nullopt);
  EXPECT_EQ(shards.closed(kStart + 2s), shards);
}

TEST(StreamShards, GoADayAfterTheyWereClosed) {
  const PartitionMap map = PartitionMap::even(1, kStart);
  const auto shards = StreamShards::opened(map, kStart).advanced(map, kStart + 4h, kTimes);
  EXPECT_EQ(shards.without_expired(kStart + 28h, kTimes), shards);
  const auto left = shards.without_expired(kStart + 28h + 1us, kTimes);
  EXPECT_EQ(left.find(1U), nullptr);
  EXPECT_EQ(left.find(2U)->parent, 1U) << "a child still names its parent";
}

Numbers numbers_of(const std::vector<const Shard*>& shards) {
  Numbers numbers;
  for (const Shard* const shard : shards) numbers.push_back(shard->number);
  return numbers;
}

TEST(StreamShards, AreListedAfterAnyId) {
  const auto shards = StreamShards::opened(PartitionMap::even(3, kStart), kStart);
  EXPECT_EQ(numbers_of(shards.after("")), Numbers({1, 2, 3}));
  EXPECT_EQ(numbers_of(shards.after(shard_id(shards.all()[1]))), Numbers({3}));
  EXPECT_EQ(numbers_of(shards.after("shardId-00000001414562045508-00000001x")), Numbers({2, 3}));
  EXPECT_EQ(numbers_of(shards.after("shardId-9")), Numbers());
}

TEST(StreamShards, AreListedAsChildren) {
  const PartitionMap map = PartitionMap::even(2, kStart);
  const auto shards = StreamShards::opened(map, kStart)
                          .advanced(map.split_at(hash_position(42), kStart), kStart + 1h, kTimes);
  EXPECT_EQ(numbers_of(shards.children_of(1)), Numbers({3, 4}));
  EXPECT_EQ(numbers_of(shards.children_of(2)), Numbers());
}

TEST(StreamShards, RememberHowFarTheyAreTrimmed) {
  const auto shards = StreamShards::opened(PartitionMap(), kStart);
  EXPECT_EQ(shards.trimmed(1, 7).trimmed(1, 5).find(1U)->trimmed, 7U);
  EXPECT_EQ(shards.trimmed(2, 7), shards);
}

TEST(StreamShards, AreRefusedWhenTheyAreOutOfOrder) {
  EXPECT_TRUE(StreamShards::of({{.number = 2, .parent = 1}, {.number = 3, .parent = 2}}));
  EXPECT_FALSE(StreamShards::of({{.number = 2}, {.number = 2}}));
  EXPECT_FALSE(StreamShards::of({{.number = 2, .parent = 2}}));
  EXPECT_FALSE(StreamShards::of({{.number = 0}}));
}

// Every record of an item must come after the item's earlier ones for whoever walks the lineage.
TEST(StreamShards, FollowAnyHistoryOfCutsWithOneOpenShardForEachPartition) {
  PartitionMap map = PartitionMap::even(2, kStart);
  auto shards = StreamShards::opened(map, kStart);
  TimePoint now = kStart;
  for (std::uint64_t step = 0; step < 60; ++step) {
    now += 37min;
    if (step % 3 == 0) map = map.split_at(hash_position(step * 0x9E3779B97F4A7C15U), now);
    shards = shards.advanced(map, now, kTimes).without_expired(now, kTimes);
    ASSERT_EQ(numbers_of_open(shards).size(), map.count());
    std::set<std::string> ids;
    for (const Shard& shard : shards.all()) {
      ASSERT_TRUE(ids.empty() || *ids.rbegin() < shard_id(shard));
      ids.insert(shard_id(shard));
      const Shard* const parent = shards.find(shard.parent);
      if (parent == nullptr) continue;
      ASSERT_FALSE(parent->is_open());
      ASSERT_EQ(parent->generation + 1, shard.generation);
      ASSERT_LE(*parent->closed, shard.created);
    }
  }
}

}  // namespace
}  // namespace stator
