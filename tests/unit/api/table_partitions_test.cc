// How many partitions tables get and grow to; clients do not see it, the catalog does.
#include <gtest/gtest.h>

#include "api/operations.h"
#include "table_support.h"

namespace stator {
namespace {

class TablePartitions : public testing::Test {
 protected:
  void SetUp() override {
    engine_.clock = std::make_shared<ManualClock>(TableFixture::kStart);
    ASSERT_TRUE(engine_.open({}));
  }

  // The table "tab" after CreateTable or UpdateTable with these members.
  TableDefinition definition_after(RunOperation run, std::string_view members) {
    std::string request = R"({"TableName":"tab",)" + std::string(members) + "}";
    request.reserve(request.size() + kBodyPadding);
    std::string reply;
    JsonWriter json(&reply);
    const Result<void> result = run({.engine = engine_,
                                     .call = call_,
                                     .json = request,
                                     .scratch = scratch_,
                                     .now = TableFixture::kStart},
                                    &json);
    EXPECT_TRUE(result.has_value()) << result.error().message();
    return engine_.catalog->snapshot()->find({}, "tab", TableFixture::kStart)->definition;
  }

  // Partitions of the table.
  std::size_t after(RunOperation run, std::string_view members) {
    return definition_after(run, members).partitions.count();
  }

  // Partitions of its last index.
  std::size_t of_index_after(RunOperation run, std::string_view members) {
    return definition_after(run, members).indexes.back().partitions.count();
  }

  std::size_t after_creation(std::string_view members) {
    return after(create_table, std::string(kKey) + "," + std::string(members));
  }

 private:
  Engine engine_;
  Call call_;
  Scratch scratch_;
};

TEST_F(TablePartitions, AreFourOnDemand) {
  EXPECT_EQ(after_creation(kOnDemand), 4U);
}

TEST_F(TablePartitions, AreAsManyAsProvisionedUnitsTake) {
  EXPECT_EQ(after_creation(provisioned(10, 3200)), 4U);
}

TEST_F(TablePartitions, AreAsManyAsWarmThroughputTakes) {
  EXPECT_EQ(
      after_creation(std::string(kOnDemand) + R"(,"WarmThroughput":{"WriteUnitsPerSecond":9000})"),
      9U);
}

TEST_F(TablePartitions, DoubleWithMoreUnitsAndStayWithFewer) {
  EXPECT_EQ(after_creation(provisioned(1, 3000)), 4U);
  EXPECT_EQ(after(update_table, provisioned(1, 3600)), 4U);
  EXPECT_EQ(after(update_table, provisioned(1, 6000)), 8U);
  EXPECT_EQ(after(update_table, provisioned(1, 10)), 8U);
}

TEST_F(TablePartitions, AreAtLeastFourAfterASwitchToOnDemand) {
  EXPECT_EQ(after_creation(provisioned(1, 1)), 1U);
  EXPECT_EQ(after(update_table, kOnDemand), 4U);
  EXPECT_EQ(after(update_table, R"("WarmThroughput":{"ReadUnitsPerSecond":12001})"), 8U);
}

constexpr std::string_view kIndexKeys =
    R"("KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
    R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
    R"({"AttributeName":"g","AttributeType":"S"}],)";

std::string index_members(const std::string& more) {
  return R"({"IndexName":"gsi","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],)"
         R"("Projection":{"ProjectionType":"KEYS_ONLY"})" +
         more + "}";
}

TEST_F(TablePartitions, OfAnIndexFollowItsOwnUnits) {
  EXPECT_EQ(of_index_after(create_table, std::string(kIndexKeys) + provisioned(1, 1) +
                                             R"(,"GlobalSecondaryIndexes":[)" +
                                             index_members("," + provisioned(10, 3200)) + "]"),
            4U);
  EXPECT_EQ(of_index_after(update_table,
                           R"("GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"gsi",)" +
                               provisioned(10, 3900) + "}}]"),
            4U);
  EXPECT_EQ(of_index_after(update_table,
                           R"("GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"gsi",)" +
                               provisioned(10, 4900) + "}}]"),
            8U);
}

TEST_F(TablePartitions, OfAnIndexThatIsAddedAreFourOnDemand) {
  after_creation(kOnDemand);
  EXPECT_EQ(of_index_after(update_table,
                           R"("AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],)"
                           R"("GlobalSecondaryIndexUpdates":[{"Create":)" +
                               index_members("") + "}]"),
            4U);
  EXPECT_EQ(
      of_index_after(update_table, R"("GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"gsi",)"
                                   R"("WarmThroughput":{"WriteUnitsPerSecond":9000}}}])"),
      16U);
}

}  // namespace
}  // namespace stator
