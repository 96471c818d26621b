#include "capacity/admission.h"

#include <gtest/gtest.h>

#include <set>

#include "load_driver.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart(100h);

class AdmissionTest : public testing::Test {
 protected:
  CapacityArm arm(ResourceCapacity* resource, double units, std::uint64_t hash = 1) {
    position_ = hash_position(hash) + "pk" + "sk";
    return {.resource = resource, .place = {position_, 10}, .units = units};
  }

  // Of the table's provisioned units.
  std::uint64_t events(Direction direction, CapacityMode mode) const {
    return table_.log().throttle_events(direction, ThrottleLimit::provisioned, mode);
  }

  std::string position_;
  ResourceCapacity table_{ResourceOptions{}, provisioned(10), PartitionMap(), kStart};
  ResourceCapacity index_{ResourceOptions{.kind = ResourceKind::index}, provisioned(4),
                          PartitionMap(), kStart};
};

double tokens(ResourceCapacity* resource) {
  return resource->meter().levels(Direction::write, kStart)[0].bucket.tokens();
}

TEST_F(AdmissionTest, ChargesEveryArmOfAWriteThatPasses) {
  const CapacityArm arms[] = {arm(&table_, 3), arm(&index_, 2)};
  EXPECT_TRUE(admit_write(arms, CapacityMode::enforce, kStart).empty());
  EXPECT_EQ(tokens(&table_), 7);
  EXPECT_EQ(tokens(&index_), 2);
  EXPECT_EQ(table_.log().consumed_units(Direction::write), 3);
}

TEST_F(AdmissionTest, ChargesNothingWhenAnIndexCannotTakeItsWriteAndNamesTheIndex) {
  const CapacityArm arms[] = {arm(&table_, 5), arm(&index_, 5)};
  const Throttles throttles = admit_write(arms, CapacityMode::enforce, kStart);
  ASSERT_EQ(throttles.size(), 1U);
  EXPECT_EQ(throttles[0].arm, 1U);
  EXPECT_EQ(throttles[0].reason.name(), "IndexWriteProvisionedThroughputExceeded");
  EXPECT_EQ(tokens(&table_), 10);
  EXPECT_EQ(tokens(&index_), 4);
  EXPECT_EQ(table_.log().consumed_units(Direction::write), 0);
  EXPECT_EQ(index_.log().throttle_events(Direction::write, ThrottleLimit::provisioned), 1U);
  EXPECT_EQ(table_.log().throttle_events(Direction::write, ThrottleLimit::provisioned), 0U);
}

TEST_F(AdmissionTest, ListsEveryArmThatFailed) {
  const CapacityArm arms[] = {arm(&table_, 11), arm(&index_, 5)};
  const Throttles throttles = admit_write(arms, CapacityMode::enforce, kStart);
  ASSERT_EQ(throttles.size(), 2U);
  EXPECT_EQ(throttles[0].reason.name(), "TableWriteProvisionedThroughputExceeded");
  EXPECT_EQ(throttles[1].reason.name(), "IndexWriteProvisionedThroughputExceeded");
}

TEST_F(AdmissionTest, AddsUpTheArmsOfOneResource) {
  const CapacityArm arms[] = {arm(&index_, 3), arm(&index_, 3)};
  EXPECT_EQ(admit_write(arms, CapacityMode::enforce, kStart).size(), 1U);
  EXPECT_EQ(tokens(&index_), 4);
}

TEST_F(AdmissionTest, CountsAMovedEntryThatAnIndexRefusesAsOneEvent) {
  for (const CapacityMode mode : {CapacityMode::enforce, CapacityMode::observe}) {
    const CapacityArm arms[] = {arm(&table_, 1), arm(&index_, 5), arm(&index_, 5)};
    admit_write(arms, mode, kStart);
    EXPECT_EQ(index_.log().throttle_events(Direction::write, ThrottleLimit::provisioned, mode), 1U);
  }
  const auto traffic = index_.log().resource().slots(kStart).at(0).traffic;
  EXPECT_EQ(traffic.refusals[1], 2U);
  EXPECT_EQ(traffic.throttled[1], 20);
}

// As a transaction hands them in.
TEST_F(AdmissionTest, CountsTheWritesOfOneTransactionEach) {
  const CapacityArm arms[] = {arm(&table_, 11), arm(&index_, 5), arm(&table_, 11), arm(&index_, 5)};
  EXPECT_EQ(admit_write(arms, CapacityMode::enforce, kStart).size(), 4U);
  EXPECT_EQ(events(Direction::write, CapacityMode::enforce), 2U);
  EXPECT_EQ(index_.log().throttle_events(Direction::write, ThrottleLimit::provisioned), 2U);
}

TEST_F(AdmissionTest, ChargesAReadAfterwards) {
  const CapacityArm arms[] = {arm(&table_, 100)};
  EXPECT_TRUE(admit_read(arms, CapacityMode::enforce, kStart).empty());
  charge_read(arms, CapacityMode::enforce, kStart);
  const Throttles throttles = admit_read(arms, CapacityMode::enforce, kStart + 1s);
  ASSERT_EQ(throttles.size(), 1U);
  EXPECT_EQ(throttles[0].reason.name(), "TableReadProvisionedThroughputExceeded");
}

TEST_F(AdmissionTest, ChargesAReadOfKnownCostOnlyWhenItPasses) {
  const CapacityArm arms[] = {arm(&table_, 100)};
  EXPECT_TRUE(take_read(arms, CapacityMode::enforce, kStart).empty());
  const Throttles throttles = take_read(arms, CapacityMode::enforce, kStart + 1s);
  ASSERT_EQ(throttles.size(), 1U);
  EXPECT_EQ(throttles[0].reason.name(), "TableReadProvisionedThroughputExceeded");
  EXPECT_EQ(table_.meter().levels(Direction::read, kStart + 1s)[0].bucket.tokens(), -98);
  EXPECT_EQ(table_.log().consumed_units(Direction::read), 100);
}

TEST_F(AdmissionTest, ObservesReadsOfKnownCostAsItDoesOthers) {
  const CapacityArm arms[] = {arm(&table_, 8)};
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(take_read(arms, CapacityMode::observe, kStart).empty());
  }
  EXPECT_EQ(table_.meter().levels(Direction::read, kStart)[0].bucket.tokens(), -7);
  EXPECT_EQ(events(Direction::read, CapacityMode::observe), 9U);
  EXPECT_EQ(table_.log().consumed_units(Direction::read), 80);
}

TEST_F(AdmissionTest, ObservesWithoutThrottling) {
  const CapacityArm arms[] = {arm(&table_, 8)};
  EXPECT_TRUE(admit_write(arms, CapacityMode::observe, kStart).empty());
  EXPECT_TRUE(admit_write(arms, CapacityMode::observe, kStart).empty());
  EXPECT_EQ(tokens(&table_), 2);
  EXPECT_EQ(table_.log().consumed_units(Direction::write), 16);
  EXPECT_EQ(events(Direction::write, CapacityMode::observe), 1U);
  EXPECT_EQ(events(Direction::write, CapacityMode::enforce), 0U);
}

TEST_F(AdmissionTest, ObservesReadsWithoutRunningIntoDebt) {
  const CapacityArm arms[] = {arm(&table_, 8)};
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(admit_read(arms, CapacityMode::observe, kStart).empty());
    charge_read(arms, CapacityMode::observe, kStart);
  }
  EXPECT_EQ(table_.meter().levels(Direction::read, kStart)[0].bucket.tokens(), -7);
  EXPECT_EQ(events(Direction::read, CapacityMode::observe), 9U);
  EXPECT_EQ(table_.log().consumed_units(Direction::read), 80);
}

TEST_F(AdmissionTest, MetersNothingWhenItIsOff) {
  const CapacityArm arms[] = {arm(&table_, 1000)};
  EXPECT_TRUE(admit_write(arms, CapacityMode::off, kStart).empty());
  EXPECT_TRUE(admit_read(arms, CapacityMode::off, kStart).empty());
  charge_read(arms, CapacityMode::off, kStart);
  EXPECT_TRUE(take_read(arms, CapacityMode::off, kStart).empty());
  EXPECT_EQ(tokens(&table_), 10);
  EXPECT_EQ(table_.log().consumed_units(Direction::write), 0);
}

TEST_F(AdmissionTest, KnowsWhichKeysWereUsedAndWhichWereThrottled) {
  const CapacityArm used[] = {arm(&table_, 10, 1)};
  EXPECT_TRUE(admit_write(used, CapacityMode::enforce, kStart).empty());
  const std::string position = position_;
  EXPECT_EQ(table_.used().items().top(5, kStart),
            (std::vector<HotKey>{{.key = position, .units = 30, .error = 0}}));
  EXPECT_EQ(table_.used().collections().top(5, kStart)[0].key, position.substr(0, 10));
  EXPECT_TRUE(table_.throttled().items().top(5, kStart).empty());
  EXPECT_EQ(admit_write(used, CapacityMode::enforce, kStart).size(), 1U);
  EXPECT_EQ(table_.throttled().items().top(5, kStart)[0].units, 1);
}

TEST(ThrottleReason, HasANameForEachOfSixteen) {
  std::set<std::string_view> names;
  for (const ResourceKind resource : {ResourceKind::table, ResourceKind::index}) {
    for (const Direction direction : {Direction::read, Direction::write}) {
      for (const ThrottleLimit limit : {ThrottleLimit::key_range, ThrottleLimit::provisioned,
                                        ThrottleLimit::max_on_demand, ThrottleLimit::account}) {
        const ThrottleReason reason = {resource, direction, limit};
        EXPECT_TRUE(reason.name().starts_with(resource == ResourceKind::table ? "Table" : "Index"));
        EXPECT_NE(reason.name().find(direction == Direction::read ? "Read" : "Write"),
                  std::string_view::npos);
        names.insert(reason.name());
      }
    }
  }
  EXPECT_EQ(names.size(), 16U);
}

TEST(ThrottleReason, OfAPartitionAndOfAnUnscaledTableIsTheKeyRange) {
  EXPECT_EQ(throttle_limit(CapacityLevel::partition), ThrottleLimit::key_range);
  EXPECT_EQ(throttle_limit(CapacityLevel::scaled), ThrottleLimit::key_range);
  EXPECT_EQ(throttle_limit(CapacityLevel::account), ThrottleLimit::account);
  EXPECT_EQ(throttle_limit(CapacityLevel::max_on_demand), ThrottleLimit::max_on_demand);
  EXPECT_EQ(throttle_limit(CapacityLevel::provisioned), ThrottleLimit::provisioned);
}

}  // namespace
}  // namespace stator
