#include "model/table.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;

TEST(KeySchema, KnowsItsAttributes) {
  KeySchema key{.partition = {{.name = "pk"}}, .sort = {}};
  EXPECT_TRUE(key.is_key("pk"));
  EXPECT_FALSE(key.is_key("sk"));
  key.sort = {{.name = "sk"}};
  EXPECT_TRUE(key.is_key("pk"));
  EXPECT_TRUE(key.is_key("sk"));
  EXPECT_FALSE(key.is_key("p"));
}

TEST(TableStatus, PassesWhenTheClockReachesItsEnd) {
  for (const TableStatus passing : {TableStatus::creating, TableStatus::updating}) {
    TableDefinition table;
    table.transition = {.status = passing, .until = TimePoint(10s)};
    EXPECT_EQ(table.status_at(TimePoint(0s)), passing);
    EXPECT_EQ(table.status_at(TimePoint(10s) - 1us), passing);
    EXPECT_EQ(table.status_at(TimePoint(10s)), TableStatus::active);
  }
}

TEST(TableStatus, OfADeletedTableEndsWithTheTable) {
  TableDefinition table;
  table.transition = {.status = TableStatus::deleting, .until = TimePoint(10s)};
  EXPECT_EQ(table.status_at(TimePoint(9s)), TableStatus::deleting);
  EXPECT_EQ(table.status_at(TimePoint(10s)), std::nullopt);
}

TEST(TableStatus, IsActiveWithoutATransition) {
  EXPECT_EQ(TableDefinition().status_at(TimePoint{}), TableStatus::active);
}

TEST(ProvisionedThroughput, CountsDecreasesOfOneUtcDay) {
  using std::chrono::days;
  ProvisionedThroughput throughput;
  EXPECT_EQ(throughput.decreases_at(TimePoint(days(3))), 0);
  throughput.last_decrease = TimePoint(days(3)) + 23h;
  throughput.decreases_today = 4;
  EXPECT_EQ(throughput.decreases_at(TimePoint(days(3)) + 23h + 59min), 4);
  EXPECT_EQ(throughput.decreases_at(TimePoint(days(4)) - 1us), 4);
  EXPECT_EQ(throughput.decreases_at(TimePoint(days(4))), 0);
}

TEST(WarmThroughput, IsRaisedToTheGreaterOfEach) {
  const WarmThroughput warm{.read_units = 10, .write_units = 5};
  EXPECT_EQ(warm.raised_to({.read_units = 3, .write_units = 7}),
            (WarmThroughput{.read_units = 10, .write_units = 7}));
}

TEST(TableArn, NamesRegionAccountAndTable) {
  EXPECT_EQ(table_arn("eu-west-1", "Music"), "arn:aws:dynamodb:eu-west-1:000000000000:table/Music");
}

}  // namespace
}  // namespace stator
