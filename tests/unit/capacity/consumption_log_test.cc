#include "capacity/consumption_log.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart(100h);
constexpr std::int64_t kSecond = 360'000;

Traffic written(double units) {
  return {.consumed = {0, units}, .throttled = {}, .refusals = {}};
}

TEST(ConsumptionLog, AddsUpTheResourceBySecondsAndPartitionsByTen) {
  ConsumptionLog log(PartitionMap::even(2, kStart));
  log.consumed(Direction::write, 0, 1, kStart);
  log.consumed(Direction::write, 1, 2, kStart + 900ms);
  log.consumed(Direction::write, 0, 4, kStart + 9s);
  const std::vector<TrafficSeries::Slot> seconds = {{kSecond, written(3)},
                                                    {kSecond + 9, written(4)}};
  EXPECT_EQ(log.resource().slots(kStart + 10s), seconds);
  EXPECT_EQ(log.partitions()[0].series.slots(kStart + 10s),
            (std::vector<TrafficSeries::Slot>{{kSecond, written(5)}}));
  EXPECT_EQ(log.consumed_units(Direction::write), 7);
}

TEST(ConsumptionLog, ChargesAPartitionOnlyWithRefusalsOfItsOwn) {
  ConsumptionLog log{PartitionMap()};
  constexpr CapacityMode kEnforce = CapacityMode::enforce;
  constexpr RefusedArm kEvent = RefusedArm::event;
  log.throttled(Direction::read, 0, ThrottleLimit::provisioned, 1, kEvent, kEnforce, kStart);
  log.throttled(Direction::read, 0, ThrottleLimit::key_range, 2, kEvent, kEnforce, kStart);
  EXPECT_EQ(log.resource().slots(kStart)[0].traffic.throttled[0], 3);
  EXPECT_EQ(log.partitions()[0].series.slots(kStart)[0].traffic.throttled[0], 2);
  EXPECT_EQ(log.resource().slots(kStart)[0].traffic.refusals[0], 2U);
  EXPECT_EQ(log.partitions()[0].series.slots(kStart)[0].traffic.refusals[0], 1U);
  EXPECT_EQ(log.throttle_events(Direction::read, ThrottleLimit::key_range), 1U);
  EXPECT_EQ(log.throttle_events(Direction::read, ThrottleLimit::provisioned), 1U);
  EXPECT_EQ(log.throttle_events(Direction::write, ThrottleLimit::provisioned), 0U);
}

TEST(ConsumptionLog, CountsWhatWasOnlyObservedByItself) {
  ConsumptionLog log{PartitionMap()};
  log.throttled(Direction::write, 0, ThrottleLimit::account, 1, RefusedArm::event,
                CapacityMode::observe, kStart);
  EXPECT_EQ(log.throttle_events(Direction::write, ThrottleLimit::account), 0U);
  EXPECT_EQ(log.throttle_events(Direction::write, ThrottleLimit::account, CapacityMode::observe),
            1U);
}

TEST(ConsumptionLog, ForgetsWhatIsOlderThanAnHour) {
  ConsumptionLog log{PartitionMap()};
  for (int second = 0; second < 10'000; ++second) {
    log.consumed(Direction::read, 0, 1, kStart + second * 1s);
  }
  EXPECT_EQ(log.resource().slots(kStart + 9'999s).size(), 3600U);
  EXPECT_EQ(log.partitions()[0].series.slots(kStart + 9'999s).size(), 360U);
  EXPECT_EQ(log.resource().slots(kStart + 9'999s + 30min).size(), 1800U);
  EXPECT_EQ(log.consumed_units(Direction::read), 10'000);
}

TEST(ConsumptionLog, KeepsPartitionsThatAreGoneForAnHour) {
  const PartitionMap before = PartitionMap::even(2, kStart);
  ConsumptionLog log(before);
  log.consumed(Direction::write, 0, 1, kStart);
  log.consumed(Direction::write, 1, 2, kStart);
  const PartitionMap after = before.split_at(hash_position(9), kStart);
  log.change_partitions(after, kStart + 1s);
  ASSERT_EQ(log.partitions().size(), 3U);
  EXPECT_TRUE(log.partitions()[0].series.slots(kStart + 1s).empty());
  EXPECT_EQ(log.partitions()[2].series.slots(kStart + 1s)[0].traffic, written(2));
  ASSERT_EQ(log.former().size(), 1U);
  EXPECT_EQ(log.former()[0].id, 1U);
  log.change_partitions(after.split_at(hash_position(5), kStart), kStart + 2h);
  EXPECT_TRUE(log.former().empty());
}

}  // namespace
}  // namespace stator
