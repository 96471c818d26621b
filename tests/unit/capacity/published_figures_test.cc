// Figures that AWS published, reproduced in simulated time within 10 %. Sources: semantics.md 2.
#include <gtest/gtest.h>

#include <algorithm>

#include "load_driver.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

void expect_within_a_tenth(double measured, double published) {
  EXPECT_GE(measured, published * 0.9);
  EXPECT_LE(measured, published * 1.1);
}

NextKey even_keys(std::uint64_t seed) {
  return [random = Random(seed)]() mutable { return LoadKey{.hash = random.next(), .sort = 0}; };
}

// `each` items under each of `count` partition keys, one key after the other.
std::vector<LoadKey> sorted_items(std::uint64_t count, std::uint64_t each) {
  std::vector<LoadKey> keys;
  for (std::uint64_t key = 0; key < count; ++key) {
    for (std::uint64_t item = 0; item < each; ++item) keys.push_back({hash_of_number(key), item});
  }
  return keys;
}

std::vector<LoadKey> shuffled(std::vector<LoadKey> keys) {
  Random random(1);
  for (std::size_t i = keys.size(); i > 1; --i) std::swap(keys[i - 1], keys[random.below(i)]);
  return keys;
}

double per_second(const std::vector<LoadKey>& keys, double seconds) {
  return static_cast<double>(keys.size()) / seconds;
}

PartitionMap four_partitions() {
  return PartitionMap::even(kOnDemandPartitions, TimePoint{});
}

TEST(PublishedFigures, AFreshOnDemandTableTakes1000WritesASecondUnderOnePartitionKey) {
  LoadedTable table(on_demand(), four_partitions());
  const std::vector<LoadKey> items = sorted_items(1, 600'000);
  expect_within_a_tenth(per_second(items, run_retrying(&table, 64, items)), 1000);
  EXPECT_EQ(table.partitions(), 4U);
}

// The size of the load is not published; with 4000 items a key each key takes seconds, as a
// partition serves it, and a partition that was idle before has one second saved.
TEST(PublishedFigures, AFreshOnDemandTableTakes1250WritesASecondOfKeysInSequence) {
  LoadedTable table(on_demand(), four_partitions());
  const std::vector<LoadKey> items = sorted_items(200, 4000);
  expect_within_a_tenth(per_second(items, run_retrying(&table, 64, items)), 1250);
}

TEST(PublishedFigures, AFreshOnDemandTableTakes3600WritesASecondOfShuffledKeys) {
  LoadedTable table(on_demand(), four_partitions());
  const std::vector<LoadKey> items = shuffled(sorted_items(200, 4000));
  expect_within_a_tenth(per_second(items, run_retrying(&table, 64, items)), 3600);
}

TEST(PublishedFigures, ATableProvisionedWith10000WritesSustainsOver6000) {
  LoadedTable table(provisioned(10'000), partitions_of_provisioned(10'000));
  EXPECT_GE(table.partitions(), 10U);
  const std::vector<LoadKey> items = shuffled(sorted_items(200, 10'000));
  EXPECT_GT(per_second(items, run_retrying(&table, 200, items)), 6000);
}

TEST(PublishedFigures, ProvisionedPartitionsShareTheirTablesUnits) {
  const auto share = [](double units, const PartitionMap& map) {
    return units / static_cast<double>(map.count());
  };
  const auto raised = [](const PartitionMap& map, std::int64_t units) {
    return map.grown_to(partitions_for_provisioned(0, units), TimePoint{});
  };
  PartitionMap map = partitions_of_provisioned(3200);
  EXPECT_EQ(map.count(), 4U);
  EXPECT_EQ(share(3200, map), 800);
  map = raised(map, 3600);
  EXPECT_EQ(share(3600, map), 900);
  map = raised(map, 6000);
  EXPECT_EQ(map.count(), 8U);
  EXPECT_EQ(share(6000, map), 750);
  map = raised(map, 5000);
  EXPECT_EQ(map.count(), 8U);
  EXPECT_EQ(share(5000, map), 625);
}

// 30,000 is what was saved; what comes in meanwhile is on top.
TEST(PublishedFigures, AnIdleTableSaves300SecondsAndThenServesItsRate) {
  LoadedTable table(provisioned(100), partitions_of_provisioned(100));
  table.advance(300s);
  run_dropping(&table, 120, 1000, even_keys(1));
  std::size_t full_seconds = 0;
  double beyond_rate = 0;
  for (std::size_t second = 300; second < 420; ++second) {
    const double units = table.written()[second];
    if (units == 1000) ++full_seconds;
    beyond_rate += units - 100;
  }
  expect_within_a_tenth(beyond_rate, 30'000);
  expect_within_a_tenth(static_cast<double>(full_seconds), 33);
  expect_within_a_tenth(table.written_per_second(360, 420), 100);
}

TEST(PublishedFigures, AdaptiveCapacityGivesOneKeyAllOfItsTable) {
  LoadedTable table(provisioned(10), PartitionMap::even(2, TimePoint{}));
  run_dropping(&table, 600, 20, [] { return LoadKey{.hash = 7, .sort = 0}; });
  expect_within_a_tenth(table.written_per_second(60, 600), 10);
}

TEST(PublishedFigures, AnOnDemandTableServesTwiceItsPreviousPeak) {
  ResourceLimits limits = on_demand();
  limits.warm.write = 10'000;
  LoadedTable table(limits, PartitionMap::even(10, TimePoint{}));
  const NextKey keys = even_keys(3);
  run_dropping(&table, 120, 10'000, keys);
  expect_within_a_tenth(table.written_per_second(0, 120), 10'000);
  table.advance(24h - 120s);
  const std::size_t day = 24 * 3600;
  run_dropping(&table, 120, 20'000, keys);
  expect_within_a_tenth(table.written_per_second(day, day + 120), 20'000);
  run_dropping(&table, 120, 30'000, keys);
  expect_within_a_tenth(table.written_per_second(day + 120, day + 240), 20'000);
}

TEST(PublishedFigures, OneHotItemNeverHasMoreThanOnePartition) {
  LoadedTable table(on_demand(), four_partitions());
  run_dropping(&table, 3600, 2000, [] { return LoadKey{.hash = 7, .sort = 0}; });
  expect_within_a_tenth(table.written_per_second(0, 3600), 1000);
  EXPECT_EQ(table.partitions(), 4U);
}

TEST(PublishedFigures, HotItemsThatShareAPartitionArePartedUntilAllAreServed) {
  LoadedTable table(provisioned(10'000), partitions_of_provisioned(10'000));
  std::vector<LoadKey> items;
  for (std::uint64_t i = 0; i < 8; ++i) items.push_back({hash_of_number(i) / 10, 0});
  std::size_t turn = 0;
  run_dropping(&table, 3600, 6400, [&] { return items[turn++ % 8]; });
  expect_within_a_tenth(table.written_per_second(1, 60), 1000);
  expect_within_a_tenth(table.written_per_second(1800, 3600), 6400);
}

}  // namespace
}  // namespace stator
