#include "capacity/resource_meter.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "handed_out.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart(100h);
constexpr Direction kRead = Direction::read;
constexpr Direction kWrite = Direction::write;

ResourceLimits provisioned_with(double reads, double writes) {
  return {.billing = BillingMode::provisioned,
          .provisioned = {.read = reads, .write = writes},
          .on_demand_maximum = kNoRates,
          .warm = {}};
}

ResourceLimits on_demand_with(double maximum, double warm_writes) {
  return {.billing = BillingMode::pay_per_request,
          .provisioned = {},
          .on_demand_maximum = {.read = -1, .write = maximum},
          .warm = {.read = 12'000, .write = warm_writes}};
}

// Whether the write passed; it is then taken.
std::optional<CapacityLevel> write(ResourceMeter* meter, std::size_t partition, double units,
                                   TimePoint now) {
  const auto refused = meter->reserve(kWrite, partition, units, now);
  if (refused) {
    meter->release(kWrite, partition, units);
  } else {
    meter->take(kWrite, partition, units);
  }
  return refused;
}

TEST(ResourceMeter, OfANewResourceHasSavedOneSecond) {
  ResourceMeter meter(provisioned_with(5, 10), PartitionMap(), BurstAtStart::none, kStart);
  EXPECT_EQ(write(&meter, 0, 10, kStart), std::nullopt);
  EXPECT_EQ(write(&meter, 0, 1, kStart), CapacityLevel::provisioned);
}

TEST(ResourceMeter, MayBeginWithAFullBurst) {
  ResourceMeter meter(provisioned_with(5, 1), PartitionMap(), BurstAtStart::full, kStart);
  EXPECT_EQ(write(&meter, 0, 300, kStart), std::nullopt);
  EXPECT_EQ(write(&meter, 0, 1, kStart), CapacityLevel::provisioned);
}

TEST(ResourceMeter, MayBeginWithTenSecondsOfAPartitionOnce) {
  ResourceMeter meter(provisioned_with(1, 5000), PartitionMap(), BurstAtStart::full, kStart);
  EXPECT_EQ(write(&meter, 0, 10'000, kStart), std::nullopt);
  EXPECT_EQ(write(&meter, 0, 1, kStart), CapacityLevel::partition);
  EXPECT_EQ(write(&meter, 0, 1000, kStart + 1h), std::nullopt);
  EXPECT_EQ(write(&meter, 0, 1, kStart + 1h), CapacityLevel::partition);
}

TEST(ResourceMeter, MetersReadsAndWritesApart) {
  ResourceMeter meter(provisioned_with(5, 10), PartitionMap(), BurstAtStart::none, kStart);
  EXPECT_EQ(write(&meter, 0, 10, kStart), std::nullopt);
  EXPECT_EQ(meter.refusal(kRead, 0, kStart), std::nullopt);
  meter.charge(kRead, 0, 5, kStart);
  EXPECT_EQ(meter.refusal(kRead, 0, kStart), CapacityLevel::provisioned);
}

TEST(ResourceMeter, LetsAReadLeaveADebtThatLaterReadsWaitFor) {
  ResourceMeter meter(provisioned_with(1, 1), PartitionMap(), BurstAtStart::none, kStart);
  meter.charge(kRead, 0, 128, kStart);
  EXPECT_EQ(meter.refusal(kRead, 0, kStart + 127s), CapacityLevel::provisioned);
  EXPECT_EQ(meter.refusal(kRead, 0, kStart + 127s + 1ms), std::nullopt);
}

TEST(ResourceMeter, RefusesAPartitionWhoseTableHasCapacityToSpare) {
  ResourceMeter meter(provisioned_with(1, 5000), PartitionMap::even(5, kStart), BurstAtStart::none,
                      kStart);
  EXPECT_EQ(write(&meter, 2, 1000, kStart), std::nullopt);
  EXPECT_EQ(write(&meter, 2, 1, kStart), CapacityLevel::partition);
  EXPECT_EQ(write(&meter, 3, 1000, kStart), std::nullopt);
}

TEST(ResourceMeter, ChargesNothingThatItRefused) {
  ResourceMeter meter(provisioned_with(1, 2000), PartitionMap::even(2, kStart), BurstAtStart::none,
                      kStart);
  EXPECT_EQ(write(&meter, 0, 1000, kStart), std::nullopt);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(write(&meter, 0, 500, kStart), CapacityLevel::partition);
  EXPECT_EQ(meter.levels(kWrite, kStart)[0].bucket.tokens(), 1000);
  EXPECT_EQ(meter.partition_bucket(kWrite, 0, kStart).tokens(), 0);
}

TEST(ResourceMeter, ChecksTheQuotaThenTheMaximumThenWhatIsScaledThenThePartition) {
  const PartitionMap map = PartitionMap::even(50, kStart);
  ResourceMeter wide(on_demand_with(-1, 50'000), map, BurstAtStart::none, kStart);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(write(&wide, i, 1000, kStart), std::nullopt);
  EXPECT_EQ(write(&wide, 40, 1, kStart), CapacityLevel::account);

  ResourceMeter capped(on_demand_with(7, 4000), map, BurstAtStart::none, kStart);
  EXPECT_EQ(write(&capped, 0, 7, kStart), std::nullopt);
  EXPECT_EQ(write(&capped, 0, 1, kStart), CapacityLevel::max_on_demand);

  ResourceMeter fresh(on_demand_with(-1, 4000), map, BurstAtStart::none, kStart);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(write(&fresh, i, 1000, kStart), std::nullopt);
  EXPECT_EQ(write(&fresh, 4, 1, kStart), CapacityLevel::scaled);
}

TEST(ResourceMeter, ServesTwiceAMinutesLevel30MinutesLater) {
  ResourceMeter meter(on_demand_with(-1, 4000), PartitionMap::even(4, kStart), BurstAtStart::none,
                      kStart);
  for (int second = 0; second < 60; ++second) {
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(write(&meter, i, 750, kStart + second * 1s), std::nullopt);
    }
  }
  EXPECT_EQ(meter.scaled_rates(kStart + 31min - 1us).write, 4000);
  EXPECT_EQ(meter.partitions_wanted(kStart + 31min - 1us), 4U);
  EXPECT_EQ(meter.scaled_rates(kStart + 31min).write, 6000);
  EXPECT_EQ(meter.partitions_wanted(kStart + 31min), 6U);
  EXPECT_EQ(meter.scaled_rates(kStart + 1000h).write, 6000);
}

TEST(ResourceMeter, WantsNoMorePartitionsThanItsQuotaCanUse) {
  ResourceMeter meter(on_demand_with(-1, 100'000), PartitionMap(), BurstAtStart::none, kStart);
  EXPECT_EQ(meter.partitions_wanted(kStart), 40U);
}

TEST(ResourceMeter, GivesChildrenWhatTheirParentHeld) {
  const PartitionMap before = PartitionMap::even(2, kStart);
  ResourceMeter meter(provisioned_with(1, 5000), before, BurstAtStart::none, kStart);
  EXPECT_EQ(write(&meter, 0, 900, kStart), std::nullopt);
  EXPECT_EQ(write(&meter, 1, 300, kStart), std::nullopt);
  // Twice cut before the meter learns of it.
  const PartitionMap after =
      before.split_at(hash_position(50), kStart).split_at(hash_position(10), kStart);
  meter.change_partitions(after, kStart);
  EXPECT_EQ(meter.partition_bucket(kWrite, 0, kStart).tokens(), 100);
  EXPECT_EQ(meter.partition_bucket(kWrite, 1, kStart).tokens(), 100);
  EXPECT_EQ(meter.partition_bucket(kWrite, 2, kStart).tokens(), 100);
  EXPECT_EQ(meter.partition_bucket(kWrite, 3, kStart).tokens(), 700);
}

TEST(ResourceMeter, KeepsWhatWasSavedWhenLimitsChange) {
  ResourceMeter meter(provisioned_with(1, 10), PartitionMap(), BurstAtStart::none, kStart);
  meter.change_limits(provisioned_with(1, 20), kStart + 9s);
  EXPECT_EQ(meter.levels(kWrite, kStart + 9s)[0].bucket.tokens(), 100);
  meter.change_limits(on_demand_with(-1, 4000), kStart + 9s);
  EXPECT_EQ(meter.levels(kWrite, kStart + 9s)[0].level, CapacityLevel::account);
}

// The same of all buckets of a resource at once, and every one is charged with all that passes.
class ResourceMeterProperty : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ResourceMeterProperty, HandsOutNoMoreThanAnyOfItsBuckets) {
  constexpr std::size_t kPartitions = 3;
  Random random(GetParam());
  const double rate = static_cast<double>(1 + random.below(4000));
  ResourceMeter meter(provisioned_with(1, rate), PartitionMap::even(kPartitions, kStart),
                      BurstAtStart::none, kStart);
  HandedOut table({.rate = rate, .depth = 300 * rate}, kStart);
  std::vector<HandedOut> partitions(kPartitions, HandedOut({.rate = 1000, .depth = 1000}, kStart));
  TimePoint now = kStart;
  std::size_t passed = 0;
  for (int step = 0; step < 50'000; ++step) {
    if (random.below(2) == 0) now += std::chrono::microseconds(random.below(100'000));
    const std::size_t partition = random.below(8) % kPartitions;
    const double units = static_cast<double>(1 + random.below(600));
    if (write(&meter, partition, units, now)) continue;
    ++passed;
    const double saved = meter.levels(kWrite, now)[0].bucket.tokens();
    const double held = meter.partition_bucket(kWrite, partition, now).tokens();
    ASSERT_TRUE(table.allows(units, saved, now));
    ASSERT_TRUE(partitions[partition].allows(units, held, now));
  }
  EXPECT_GT(passed, 100U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ResourceMeterProperty, testing::Range<std::uint64_t>(1, 11));

TEST(Limits, OfADefinitionAreItsOwn) {
  TableDefinition table;
  table.billing = BillingMode::pay_per_request;
  table.on_demand_maximum = OnDemandMaximum{.read_units = -1, .write_units = 9};
  table.warm = {.read_units = 1, .write_units = 9000};
  IndexDefinition index;
  index.throughput.read_units = 3;
  EXPECT_EQ(limits_of(table).on_demand_maximum, (UnitRates{.read = -1, .write = 9}));
  EXPECT_EQ(limits_of(table).warm, (UnitRates{.read = 12'000, .write = 9000}));
  EXPECT_EQ(limits_of(table, index).billing, BillingMode::pay_per_request);
  EXPECT_EQ(limits_of(table, index).provisioned.read, 3);
  EXPECT_EQ(limits_of(table, index).on_demand_maximum, kNoRates);
}

}  // namespace
}  // namespace stator
