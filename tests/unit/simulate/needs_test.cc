#include "simulate/needs.h"

#include <gtest/gtest.h>

#include <vector>

namespace stator {
namespace {

TEST(ProvisionedUnits, AreThePeakOfALoadThatSavesNothing) {
  const std::vector<float> steady(100, 7.5F);
  EXPECT_EQ(provisioned_units_for(steady, BurstAtStart::none), 8);
  EXPECT_EQ(provisioned_units_for({}, BurstAtStart::none), 0);
  const std::vector<float> idle(100, 0);
  EXPECT_EQ(provisioned_units_for(idle, BurstAtStart::none), 0);
}

TEST(ProvisionedUnits, SavingsOf300SecondsPayForABurst) {
  // 301 seconds bring in 300 x P: 3000 units in the last one need 10 a second.
  std::vector<float> burst(301, 0);
  burst.back() = 3000;
  EXPECT_EQ(provisioned_units_for(burst, BurstAtStart::none), 10);
  // Longer idleness saves no more.
  burst.insert(burst.begin(), 1000, 0);
  EXPECT_EQ(provisioned_units_for(burst, BurstAtStart::none), 10);
}

TEST(ProvisionedUnits, WhatIsSavedAtTheStartPaysAsWell) {
  const std::vector<float> first = {600};
  EXPECT_EQ(provisioned_units_for(first, BurstAtStart::none), 600);
  EXPECT_EQ(provisioned_units_for(first, BurstAtStart::full), 2);
}

// Throttled demand of 500 units in one second.
Demand demand(ThrottleLimit limit) {
  static const std::vector<float> seconds = {500};
  Demand made;
  made.direction = Direction::write;
  made.seconds = seconds;
  made.total.throttles[static_cast<std::size_t>(limit)] = 1;
  made.hottest_units = 10;
  return made;
}

TEST(NeedsVerdict, FollowsTheLimitThatWasMet) {
  EXPECT_EQ(needs_of(demand(ThrottleLimit::provisioned)).verdict, NeedsVerdict::provision);
  EXPECT_EQ(needs_of(demand(ThrottleLimit::max_on_demand)).verdict, NeedsVerdict::raise_maximum);
  EXPECT_EQ(needs_of(demand(ThrottleLimit::account)).verdict, NeedsVerdict::quota);
  EXPECT_EQ(needs_of(demand(ThrottleLimit::key_range)).verdict, NeedsVerdict::spread_keys);
}

TEST(NeedsVerdict, IsWarmThroughputWhereATableOnDemandWasOutgrown) {
  Demand outgrown = demand(ThrottleLimit::key_range);
  outgrown.billing = BillingMode::pay_per_request;
  outgrown.warm_now = 499;
  EXPECT_EQ(needs_of(outgrown).verdict, NeedsVerdict::warm_throughput);
  EXPECT_EQ(needs_of(outgrown).warm_units, 500);
  outgrown.warm_now = 500;
  EXPECT_EQ(needs_of(outgrown).verdict, NeedsVerdict::spread_keys);
}

TEST(NeedsVerdict, IsToShardAKeyBeyondAPartition) {
  Demand hot = demand(ThrottleLimit::provisioned);
  hot.hottest_units = 1000;
  EXPECT_EQ(needs_of(hot).shards, 1);
  hot.hottest_units = 2001;
  EXPECT_EQ(needs_of(hot).verdict, NeedsVerdict::shard_key);
  EXPECT_EQ(needs_of(hot).shards, 3);
  hot.direction = Direction::read;
  EXPECT_EQ(needs_of(hot).verdict, NeedsVerdict::provision);
}

// Nothing was throttled, because refusals elsewhere kept it away.
TEST(NeedsVerdict, FollowsTheLimitThatWouldHaveBeenMet) {
  Demand spared = demand(ThrottleLimit::provisioned);
  spared.total = {};
  spared.was_hidden = true;
  spared.provisioned_now = 499;
  EXPECT_EQ(needs_of(spared).verdict, NeedsVerdict::provision);
  EXPECT_TRUE(needs_of(spared).was_spared);
  spared.provisioned_now = 500;
  EXPECT_EQ(needs_of(spared).verdict, NeedsVerdict::served);
  spared.hottest_units = 1001;
  EXPECT_EQ(needs_of(spared).verdict, NeedsVerdict::shard_key);
  spared.hottest_units = 10;
  spared.billing = BillingMode::pay_per_request;
  spared.warm_now = 499;
  EXPECT_EQ(needs_of(spared).verdict, NeedsVerdict::warm_throughput);
  spared.maximum_now = 498;
  EXPECT_EQ(needs_of(spared).verdict, NeedsVerdict::raise_maximum);
  spared.maximum_now = 500;
  spared.warm_now = 500;
  EXPECT_EQ(needs_of(spared).verdict, NeedsVerdict::served);
  static const std::vector<float> beyond = {40'001};
  spared.seconds = beyond;
  EXPECT_EQ(needs_of(spared).verdict, NeedsVerdict::quota);
}

TEST(NeedsVerdict, AsksForNothingWhereNothingWasThrottled) {
  Demand served = demand(ThrottleLimit::provisioned);
  served.total = {};
  served.hottest_units = 5000;
  EXPECT_EQ(needs_of(served).verdict, NeedsVerdict::served);
  served.seconds = {};
  EXPECT_EQ(needs_of(served).verdict, NeedsVerdict::idle);
}

}  // namespace
}  // namespace stator
