#include "capacity/partition_heat.h"

#include <gtest/gtest.h>

#include "load_driver.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kHash = 0x4000'0000'0000'0000;

// A table that is never short of units, in one partition.
LoadedTable one_partition(CollectionCuts collections = CollectionCuts::allowed) {
  return {provisioned(40'000), PartitionMap(),
          ResourceOptions{.kind = ResourceKind::table, .collections = collections}};
}

NextKey random_sort_keys() {
  return [random = Random(5)]() mutable { return LoadKey{kHash, random.next()}; };
}

NextKey random_hashes() {
  return [random = Random(5)]() mutable { return LoadKey{random.next(), 0}; };
}

TEST(PartitionHeat, SplitsAPartitionThatWasHotForMostOfAMinute) {
  LoadedTable table = one_partition();
  run_dropping(&table, 59, 900, random_hashes());
  EXPECT_EQ(table.partitions(), 1U);
  run_dropping(&table, 3, 900, random_hashes());
  EXPECT_EQ(table.partitions(), 2U);
}

TEST(PartitionHeat, LeavesAPartitionBelowFourFifthsOfItsLimit) {
  LoadedTable table = one_partition();
  run_dropping(&table, 600, 780, random_hashes());
  EXPECT_EQ(table.partitions(), 1U);
}

TEST(PartitionHeat, LeavesAPartitionThatWasHotForLessThanHalfAMinute) {
  LoadedTable table = one_partition();
  for (int minute = 0; minute < 10; ++minute) {
    run_dropping(&table, 29, 1000, random_hashes());
    table.advance(31s);
  }
  EXPECT_EQ(table.partitions(), 1U);
}

TEST(PartitionHeat, CutsAtTheWeightedMiddleOfTheKeysAndNotOfTheHashes) {
  LoadedTable table = one_partition();
  // Nine of ten keys lie in the lowest sixteenth.
  const NextKey skewed = [random = Random(5)]() mutable {
    const std::uint64_t hash = random.next();
    return LoadKey{random.below(10) == 0 ? hash : hash >> 4, 0};
  };
  run_dropping(&table, 62, 900, skewed);
  ASSERT_EQ(table.partitions(), 2U);
  const std::uint64_t cut = table.capacity().partitions().partitions()[1].first_hash;
  EXPECT_LT(cut, UINT64_MAX / 16);
  EXPECT_GT(cut, UINT64_MAX / 64);
  EXPECT_TRUE(table.capacity().partitions().partitions()[1].first_key.empty());
}

TEST(PartitionHeat, DoublesTheThroughputOfAnEvenLoad) {
  LoadedTable table = one_partition();
  run_dropping(&table, 120, 2000, random_hashes());
  EXPECT_NEAR(table.written_per_second(10, 60), 1000, 10);
  EXPECT_NEAR(table.written_per_second(70, 110), 2000, 150);
}

TEST(PartitionHeat, CutsAHotCollectionBySortKey) {
  LoadedTable table = one_partition();
  run_dropping(&table, 62, 2000, random_sort_keys());
  ASSERT_EQ(table.partitions(), 2U);
  EXPECT_EQ(table.capacity().partitions().partitions()[1].first_hash, kHash);
  EXPECT_FALSE(table.capacity().partitions().partitions()[1].first_key.empty());
}

TEST(PartitionHeat, NeverCutsACollectionOfATableWithLocalIndexes) {
  LoadedTable table = one_partition(CollectionCuts::never);
  run_dropping(&table, 600, 2000, random_sort_keys());
  EXPECT_EQ(table.partitions(), 1U);
}

TEST(PartitionHeat, PartsCollectionsOfATableWithLocalIndexes) {
  LoadedTable table = one_partition(CollectionCuts::never);
  run_dropping(&table, 62, 2000, random_hashes());
  EXPECT_EQ(table.partitions(), 2U);
}

TEST(PartitionHeat, NeverCutsARangeThatIsWalkedInSequence) {
  for (const bool upward : {true, false}) {
    LoadedTable table = one_partition();
    std::uint64_t next = 1U << 30;
    run_dropping(&table, 600, 2000, [&] { return LoadKey{kHash, upward ? ++next : --next}; });
    EXPECT_EQ(table.partitions(), 1U);
  }
}

// As a Scan does.
TEST(PartitionHeat, NeverCutsAPartitionWhoseHashesAreWalkedInSequence) {
  LoadedTable table = one_partition();
  std::uint64_t next = 0;
  run_dropping(&table, 600, 2000, [&] { return LoadKey{++next << 40, 0}; });
  EXPECT_EQ(table.partitions(), 1U);
}

TEST(PartitionHeat, PartsCollectionsThatAreEachWalkedInSequence) {
  LoadedTable table = one_partition();
  Random random(5);
  std::uint64_t next = 0;
  run_dropping(&table, 62, 2000, [&] { return LoadKey{random.below(6) << 61, ++next}; });
  ASSERT_EQ(table.partitions(), 2U);
  EXPECT_TRUE(table.capacity().partitions().partitions()[1].first_key.empty());
}

TEST(PartitionHeat, NeverSplitsForOneHotItemAmongOthers) {
  LoadedTable table = one_partition();
  const NextKey mostly_one = [random = Random(5)]() mutable {
    const std::uint64_t hash = random.next();
    return LoadKey{random.below(10) < 7 ? kHash : hash, 0};
  };
  run_dropping(&table, 600, 2000, mostly_one);
  EXPECT_EQ(table.partitions(), 1U);
}

// The table of 100 units refuses nearly all; its partition has nothing to do with it.
TEST(PartitionHeat, IsNotRaisedByWhatTheTableRefuses) {
  LoadedTable table(provisioned(100), PartitionMap());
  run_dropping(&table, 600, 2000, random_hashes());
  EXPECT_EQ(table.partitions(), 1U);
}

// Of what the partition serves the first key has nearly all: the bucket is empty when the others
// come.
TEST(PartitionHeat, PartsItemsThatAreWrittenInAFixedOrder) {
  LoadedTable table(provisioned(10'000), PartitionMap());
  std::uint64_t turn = 0;
  run_dropping(&table, 1200, 6400, [&] { return LoadKey{kHash, turn++ / 8 % 8}; });
  EXPECT_NEAR(table.written_per_second(1, 60), 1000, 10);
  EXPECT_NEAR(table.written_per_second(900, 1200), 6400, 640);
}

// The cost of a refused read is unknown; that it is small would make the item that is served hot.
TEST(PartitionHeat, WeighsARefusedReadAsThoseThatWereServed) {
  PartitionHeat heat(PartitionMap(), CollectionCuts::allowed, 1);
  const auto position = [](char key) { return std::string(8, '\x40') + key; };
  for (int tick = 0; tick < 6200; ++tick) {
    const TimePoint now(tick * 10ms);
    heat.add_served(Direction::read, 0, position('a'), 30, now);
    for (const char key : {'b', 'c', 'd'}) {
      heat.add_refused(Direction::read, 0, position(key), 0, now);
    }
  }
  const std::vector<SplitDecision> decisions = heat.take_decisions();
  ASSERT_EQ(decisions.size(), 1U);
  EXPECT_EQ(decisions[0].position, position('c'));
}

// What would have been refused is served: were it counted as both, it would seem to be a hot item.
TEST(PartitionHeat, CountsWhatIsOnlyObservedOnce) {
  ResourceCapacity capacity({}, provisioned(40'000), PartitionMap(), TimePoint{});
  for (int tick = 0; tick < 6200; ++tick) {
    for (const char key : {'a', 'b'}) {
      const std::string position = std::string(8, '\x40') + key;
      const CapacityArm arm{.resource = &capacity, .place = {position, 9}, .units = 9.9};
      admit_write({&arm, 1}, CapacityMode::observe, TimePoint(tick * 10ms));
    }
  }
  EXPECT_TRUE(capacity.has_splits());
}

TEST(PartitionHeat, DecidesTheSameForTheSameSeed) {
  const auto run = [](std::uint64_t seed) {
    LoadedTable table(provisioned(40'000), PartitionMap(),
                      ResourceOptions{.collections = CollectionCuts::allowed, .seed = seed});
    run_dropping(&table, 300, 3000, random_hashes());
    return std::pair(table.capacity().partitions(), table.written());
  };
  EXPECT_EQ(run(1), run(1));
  EXPECT_NE(run(1).first, run(2).first);
}

}  // namespace
}  // namespace stator
