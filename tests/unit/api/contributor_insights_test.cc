// Contributor Insights of tables and indexes: the setting, its statuses and its lists.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../storage/temporary_directory.h"
#include "database_support.h"
#include "table_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing_support::answer;
using testing_support::TemporaryDirectory;

constexpr std::string_view kIndexed =
    R"("TableName":"music","BillingMode":"PAY_PER_REQUEST",)"
    R"("KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},)"
    R"({"AttributeName":"sk","KeyType":"RANGE"}],)"
    R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
    R"({"AttributeName":"sk","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],)"
    R"("LocalSecondaryIndexes":[{"IndexName":"local","KeySchema":[{"AttributeName":"pk",)"
    R"("KeyType":"HASH"},{"AttributeName":"g","KeyType":"RANGE"}],)"
    R"("Projection":{"ProjectionType":"ALL"}}],)"
    R"("GlobalSecondaryIndexes":[{"IndexName":"zeta","KeySchema":[{"AttributeName":"g",)"
    R"("KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}},{"IndexName":"alpha",)"
    R"("KeySchema":[{"AttributeName":"g","KeyType":"HASH"},{"AttributeName":"pk",)"
    R"("KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}])";

class ContributorInsights : public testing::Test {
 protected:
  explicit ContributorInsights(TransitionTimes transitions = {}) : tables_(transitions) {
    tables_.ok("CreateTable", "{" + std::string(kIndexed) + "}");
  }

  std::string update(std::string_view action, std::string_view more = "") {
    return tables_.ok("UpdateContributorInsights",
                      R"({"TableName":"music","ContributorInsightsAction":")" +
                          std::string(action) + "\"" + std::string(more) + "}");
  }
  std::string describe(std::string_view more = "") {
    return tables_.ok("DescribeContributorInsights",
                      R"({"TableName":"music")" + std::string(more) + "}");
  }
  std::string list(const std::string& members) {
    return tables_.ok("ListContributorInsights", "{" + members + "}");
  }

  TableFixture tables_;
};

class SlowContributorInsights : public ContributorInsights {
 protected:
  SlowContributorInsights() : ContributorInsights({.updating = 5s}) {}
};

TEST_F(ContributorInsights, AreDisabledUntilTheyAreEnabled) {
  EXPECT_EQ(describe(), R"({"TableName":"music","ContributorInsightsStatus":"DISABLED"})");
}

TEST_F(ContributorInsights, NameTheirRulesOnceTheyAreEnabled) {
  EXPECT_EQ(update("ENABLE"), R"({"TableName":"music","ContributorInsightsStatus":"ENABLING",)"
                              R"("ContributorInsightsMode":"ACCESSED_AND_THROTTLED_KEYS"})");
  EXPECT_EQ(describe(), R"({"TableName":"music","ContributorInsightsStatus":"ENABLED",)"
                        R"("ContributorInsightsMode":"ACCESSED_AND_THROTTLED_KEYS",)"
                        R"("ContributorInsightsRuleList":[)"
                        R"("DynamoDBContributorInsights-PKC-music-1791505294500",)"
                        R"("DynamoDBContributorInsights-SKC-music-1791505294500",)"
                        R"("DynamoDBContributorInsights-PKT-music-1791505294500",)"
                        R"("DynamoDBContributorInsights-SKT-music-1791505294500"],)"
                        R"("LastUpdateDateTime":1791505294.500})");
}

TEST_F(ContributorInsights, OfThrottledKeysHaveRulesForTheseAlone) {
  update("ENABLE", R"(,"IndexName":"alpha","ContributorInsightsMode":"THROTTLED_KEYS")");
  EXPECT_THAT(describe(R"(,"IndexName":"alpha")"),
              HasSubstr(R"("ContributorInsightsRuleList":[)"
                        R"("DynamoDBContributorInsights-PKT-music-alpha-1791505294500",)"
                        R"("DynamoDBContributorInsights-SKT-music-alpha-1791505294500"])"));
}

TEST_F(ContributorInsights, OfAKeyWithoutASortKeyHaveNoRulesForIt) {
  update("ENABLE", R"(,"IndexName":"zeta")");
  const std::string described = describe(R"(,"IndexName":"zeta")");
  EXPECT_THAT(described, HasSubstr(R"("IndexName":"zeta")"));
  EXPECT_THAT(described,
              HasSubstr(R"([)"
                        R"("DynamoDBContributorInsights-PKC-music-zeta-1791505294500",)"
                        R"("DynamoDBContributorInsights-PKT-music-zeta-1791505294500"])"));
}

TEST_F(ContributorInsights, OfTheTableAndOfAnIndexAreApart) {
  update("ENABLE", R"(,"IndexName":"zeta")");
  EXPECT_THAT(describe(), HasSubstr("DISABLED"));
  EXPECT_THAT(describe(R"(,"IndexName":"alpha")"), HasSubstr("DISABLED"));
}

TEST_F(SlowContributorInsights, TakeTheirTimeToChange) {
  update("ENABLE");
  tables_.clock().advance(4999ms);
  EXPECT_THAT(describe(), HasSubstr("ENABLING"));
  tables_.clock().advance(1ms);
  EXPECT_THAT(describe(), HasSubstr("ENABLED"));
  EXPECT_THAT(update("DISABLE"), HasSubstr("DISABLING"));
  EXPECT_THAT(describe(), HasSubstr("DISABLING"));
  tables_.clock().advance(5s);
  EXPECT_THAT(describe(), HasSubstr("DISABLED"));
  EXPECT_THAT(describe(), Not(HasSubstr("RuleList")));
}

TEST_F(SlowContributorInsights, StayAsTheyAreWhenNothingElseIsAskedFor) {
  EXPECT_THAT(update("DISABLE"), HasSubstr(R"("ContributorInsightsStatus":"DISABLED"})"));
  update("ENABLE", R"(,"ContributorInsightsMode":"THROTTLED_KEYS")");
  tables_.clock().advance(10s);
  EXPECT_EQ(update("ENABLE"), R"({"TableName":"music","ContributorInsightsStatus":"ENABLED",)"
                              R"("ContributorInsightsMode":"THROTTLED_KEYS"})");
  EXPECT_THAT(describe(), HasSubstr("1791505294500"));
  EXPECT_THAT(update("ENABLE", R"(,"ContributorInsightsMode":"ACCESSED_AND_THROTTLED_KEYS")"),
              HasSubstr("ENABLING"));
}

TEST_F(ContributorInsights, AreListedOfATableAndItsGlobalIndexesByName) {
  update("ENABLE", R"(,"IndexName":"alpha")");
  EXPECT_EQ(list(R"("TableName":"music")"),
            R"({"ContributorInsightsSummaries":[)"
            R"({"TableName":"music","ContributorInsightsStatus":"DISABLED"},)"
            R"({"TableName":"music","IndexName":"alpha","ContributorInsightsStatus":"ENABLED",)"
            R"("ContributorInsightsMode":"ACCESSED_AND_THROTTLED_KEYS"},)"
            R"({"TableName":"music","IndexName":"zeta","ContributorInsightsStatus":"DISABLED"}]})");
}

TEST_F(ContributorInsights, AreListedPageByPageOverAllTables) {
  tables_.create(kOnDemand);
  std::string places;
  std::string token;
  for (int page = 0; page < 4; ++page) {
    const std::string body = list(R"("MaxResults":1)" + token);
    const std::size_t at = body.find(R"("IndexName":")");
    places += body.find("\"music\"") != std::string::npos ? " music" : " tab";
    if (at != std::string::npos) places += "/" + body.substr(at + 13, 1);
    const std::size_t next = body.find(R"("NextToken":")");
    EXPECT_EQ(next == std::string::npos, page == 3) << body;
    if (next != std::string::npos) token = "," + body.substr(next, body.size() - next - 1);
  }
  EXPECT_EQ(places, " music music/a music/z tab");
}

TEST_F(ContributorInsights, NeedATableAndAnIndexThatAreThere) {
  const std::string kEnable = R"(,"ContributorInsightsAction":"ENABLE"})";
  EXPECT_EQ(tables_.error("UpdateContributorInsights", R"({"TableName":"none")" + kEnable),
            "ResourceNotFoundException: Requested resource not found: Table: none not found");
  EXPECT_EQ(tables_.error("DescribeContributorInsights", R"({"TableName":"none"})"),
            "ResourceNotFoundException: Requested resource not found: Table: none not found");
  EXPECT_EQ(tables_.error("ListContributorInsights", R"({"TableName":"none"})"),
            "ResourceNotFoundException: Requested resource not found: Table: none not found");
  for (const std::string index : {"none", "local"}) {
    EXPECT_EQ(tables_.error("UpdateContributorInsights",
                            R"({"TableName":"music","IndexName":")" + index + "\"" + kEnable),
              "ResourceNotFoundException: Requested resource not found: Index " + index +
                  " for table music");
  }
}

TEST_F(ContributorInsights, RefuseATokenThatIsNotTheirs) {
  for (const char* token : {"?", "bm8="}) {
    EXPECT_EQ(
        tables_.error("ListContributorInsights", R"({"NextToken":")" + std::string(token) + "\"}"),
        "ValidationException: Invalid NextToken");
  }
}

TEST(ContributorInsightsOnDisk, OutliveTheProcess) {
  const TemporaryDirectory directory;
  DatabaseOptions options;
  options.directory = directory.path();
  std::unique_ptr<Database> database = testing_support::open(options);
  answer(database.get(), "CreateTable", "{" + std::string(kIndexed) + "}");
  for (const std::string index : {"", R"(,"IndexName":"zeta")"}) {
    answer(database.get(), "UpdateContributorInsights",
           R"({"TableName":"music","ContributorInsightsAction":"ENABLE")" + index + "}");
  }
  const std::string request = R"({"TableName":"music"})";
  const std::string before = answer(database.get(), "ListContributorInsights", request);
  database.reset();
  database = testing_support::open(options);
  EXPECT_EQ(answer(database.get(), "ListContributorInsights", request), before);
  EXPECT_THAT(before, HasSubstr("ENABLED"));
}

}  // namespace
}  // namespace stator
