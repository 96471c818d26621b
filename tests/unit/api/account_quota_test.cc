// Provisioned throughput of all tables together, against the account's quota.
#include <gmock/gmock.h>

#include "table_support.h"

namespace stator {
namespace {

using testing::HasSubstr;

std::string table(const std::string& name, const std::string& settings) {
  return R"({"TableName":")" + name + R"(",)" + std::string(kKey) + "," + settings + "}";
}

std::string refusal(const std::string& units, const std::string& reserved,
                    const std::string& requested) {
  return "LimitExceededException: This request would have caused the " + units +
         " limit to be exceeded for the account in us-east-1. Current " + units +
         " reserved by the account: " + reserved + ". Limit: 80000. Requested: " + requested +
         ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request "
         "higher limits.";
}

class AccountQuotaTest : public testing::Test {
 protected:
  AccountQuotaTest() {
    tables_.ok("CreateTable", table("one", provisioned(40'000, 10)));
    tables_.ok("CreateTable", table("two", provisioned(30'000, 10)));
  }
  TableFixture tables_;
};

TEST_F(AccountQuotaTest, IsMetByTheTableThatNeedsMoreThanIsLeft) {
  EXPECT_EQ(tables_.error("CreateTable", table("tab", provisioned(10'001, 1))),
            refusal("ReadCapacityUnits", "70000", "10001"));
  tables_.ok("CreateTable", table("tab", provisioned(10'000, 1)));
}

TEST_F(AccountQuotaTest, CountsNothingOfTablesOnDemand) {
  tables_.ok("CreateTable", table("free", std::string(kOnDemand)));
  tables_.ok("CreateTable", table("tab", provisioned(10'000, 1)));
}

TEST_F(AccountQuotaTest, IsMetByAnIncreaseAndByNoDecrease) {
  tables_.ok("CreateTable", table("tab", provisioned(10'000, 1)));
  EXPECT_EQ(tables_.error("UpdateTable", R"({"TableName":"two",)" + provisioned(30'001, 10) + "}"),
            refusal("ReadCapacityUnits", "80000", "30001"));
  tables_.ok("UpdateTable", R"({"TableName":"two",)" + provisioned(29'999, 10) + "}");
}

TEST_F(AccountQuotaTest, CountsGlobalIndexes) {
  const auto with_index = [](const std::string& units) {
    return R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
           R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)" +
           provisioned(1, 1) +
           R"(,"GlobalSecondaryIndexes":[{"IndexName":"ind","KeySchema":[{"AttributeName":"pk",)"
           R"("KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"},)" +
           units + "}]}";
  };
  EXPECT_EQ(tables_.error("CreateTable", with_index(provisioned(10'000, 1))),
            refusal("ReadCapacityUnits", "70000", "10001"));
  tables_.ok("CreateTable", with_index(provisioned(9'999, 1)));
}

}  // namespace
}  // namespace stator
