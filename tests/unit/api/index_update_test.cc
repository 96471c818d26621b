// What UpdateTable says of indexes beside what the wire cases pin.
#include <gmock/gmock.h>

#include "table_support.h"

namespace stator {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kPrefix(kInvalid);
const std::string kSeeLimits =
    "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
    "limits.";

std::string updates(const std::string& elements) {
  return R"("GlobalSecondaryIndexUpdates":[)" + elements + "]";
}

std::string change(const std::string& members) {
  return updates(R"({"Update":{"IndexName":"old",)" + members + "}}");
}

// A table with the index "old" on the attribute g.
class IndexUpdate : public testing::Test {
 protected:
  void create(const std::string& throughput, const std::string& projection = R"("ALL")") {
    tables_.ok("CreateTable",
               R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
               R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
               R"({"AttributeName":"g","AttributeType":"S"}],)" +
                   throughput + R"(,"GlobalSecondaryIndexes":[{"IndexName":"old",)" +
                   R"("KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],)" +
                   R"("Projection":{"ProjectionType":)" + projection + "}" +
                   (throughput == kOnDemand ? "" : "," + throughput) + "}]}");
  }

  TableFixture tables_;
};

TEST_F(IndexUpdate, NamesTheIndexWhoseUnitsDoNotChange) {
  create(provisioned(5, 6));
  EXPECT_EQ(tables_.update_error(change(provisioned(5, 6))),
            "ValidationException: The provisioned throughput for the index old will not change. "
            "The requested value equals the current value. Current ReadCapacityUnits provisioned "
            "for the index: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits "
            "provisioned for the index: 6. Requested WriteCapacityUnits: 6. " +
                kSeeLimits);
}

TEST_F(IndexUpdate, NamesTheIndexWhoseUnitsAreTooMany) {
  create(provisioned(5, 6));
  EXPECT_EQ(tables_.update_error(change(provisioned(40001, 6))),
            "LimitExceededException: The requested ReadCapacityUnits for index old, 40001, is "
            "above the per index maximum for the account in us-east-1. Per index maximum: 40000. " +
                kSeeLimits);
}

TEST_F(IndexUpdate, EchoesARemovedMaximumOnce) {
  create(std::string(kOnDemand));
  tables_.update(
      change(R"("OnDemandThroughput":{"MaxReadRequestUnits":7,"MaxWriteRequestUnits":8})"));
  EXPECT_THAT(tables_.update(change(R"("OnDemandThroughput":{"MaxReadRequestUnits":-1})")),
              HasSubstr(R"({"MaxReadRequestUnits":-1,"MaxWriteRequestUnits":8})"));
  EXPECT_THAT(tables_.described(), HasSubstr(R"("OnDemandThroughput":{"MaxWriteRequestUnits":8})"));
}

TEST_F(IndexUpdate, SaysThatTheIndexIsBeingWarmed) {
  create(std::string(kOnDemand));
  EXPECT_THAT(tables_.update(change(R"("WarmThroughput":{"WriteUnitsPerSecond":5000})")),
              HasSubstr(R"("WarmThroughput":{"ReadUnitsPerSecond":12000,)"
                        R"("WriteUnitsPerSecond":5000,"Status":"UPDATING"})"));
  EXPECT_EQ(tables_.update_error(change(R"("WarmThroughput":{"WriteUnitsPerSecond":4999})")),
            kPrefix +
                "Requested WriteUnitsPerSecond for WarmThroughput for index old is lower than "
                "current WarmThroughput, decreasing WarmThroughput is not supported");
}

TEST_F(IndexUpdate, WantsOneActionInEachElement) {
  create(std::string(kOnDemand));
  const std::string actions =
      "of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
      "GlobalSecondaryIndexUpdate.Delete ";
  EXPECT_EQ(tables_.update_error(updates("{}")), kPrefix + "One " + actions + "must not be null");
  EXPECT_EQ(tables_.update_error(updates("null")), kPrefix + "One " + actions + "must not be null");
  EXPECT_EQ(
      tables_.update_error(updates(
          R"({"Delete":{"IndexName":"old"},"Update":{"IndexName":"old","WarmThroughput":{}}})")),
      kPrefix + "Only one " + actions + "may be specified");
  EXPECT_THAT(tables_.described(), HasSubstr(R"("IndexStatus":"ACTIVE")"));
}

TEST_F(IndexUpdate, WantsAnUpdateToAskForSomething) {
  create(std::string(kOnDemand));
  EXPECT_EQ(tables_.update_error(change(R"("WarmThroughput":{})")),
            kPrefix +
                "At least one of ProvisionedThroughput, OnDemandThroughput or WarmThroughput is "
                "required for index: old");
}

TEST_F(IndexUpdate, RefusesOtherShapes) {
  create(std::string(kOnDemand));
  EXPECT_EQ(tables_.update_error(R"("GlobalSecondaryIndexUpdates":{})"),
            "SerializationException: Start of structure or map found where not expected");
  EXPECT_EQ(tables_.update_error(updates("[]")),
            "SerializationException: Unrecognized collection type class "
            "com.amazonaws.dynamodb.v20120810.GlobalSecondaryIndexUpdate");
  EXPECT_EQ(tables_.update_error(updates(R"({"Create":"x"})")),
            "SerializationException: Unexpected field type");
  EXPECT_EQ(tables_.update_error(updates(R"({"Create":{"Projection":{"NonKeyAttributes":[1]}}})")),
            "SerializationException: NUMBER_VALUE cannot be converted to String");
  EXPECT_EQ(tables_.update_error(updates(R"({"Delete":[]})")),
            "SerializationException: Unrecognized collection type class "
            "com.amazonaws.dynamodb.v20120810.DeleteGlobalSecondaryIndexAction");
}

// 20 names of attributes, each with the prefix.
std::string names(const std::string& prefix) {
  std::string list;
  for (int i = 0; i < 20; ++i) {
    list += (i == 0 ? "\"" : ",\"") + prefix + std::to_string(i) + "\"";
  }
  return list;
}

std::string creation(const std::string& index, const std::string& attributes) {
  return R"("AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],)" +
         updates(R"({"Create":{"IndexName":")" + index +
                 R"(","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],)"
                 R"("Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":[)" +
                 attributes + "]}}}");
}

TEST_F(IndexUpdate, CountsTheNamedAttributesOfAllIndexes) {
  create(std::string(kOnDemand));
  for (const std::string index : {"i-1", "i-2", "i-3", "i-4", "i-5"}) {
    tables_.update(creation(index, names(index)));
  }
  EXPECT_EQ(
      tables_.update_error(creation("i-6", R"("one")")),
      kPrefix + "Number of NonKeyAttributes across all indexes exceeds the per-table limit of 100");
  tables_.update(updates(R"({"Delete":{"IndexName":"i-1"}})"));
  tables_.update(creation("i-6", R"("one")"));
}

TEST_F(IndexUpdate, TakesAnAttributeThatIsNamedTwiceAsOne) {
  create(std::string(kOnDemand), R"("INCLUDE","NonKeyAttributes":["b","a","b"])");
  EXPECT_THAT(tables_.described(), HasSubstr(R"("NonKeyAttributes":["a","b"])"));
}

TEST_F(IndexUpdate, RefusesNamesOfAttributesThatAreEmpty) {
  create(std::string(kOnDemand));
  EXPECT_EQ(tables_.update_error(creation("new", R"("a","")")),
            "ValidationException: 1 validation error detected: Value '[a, ]' at "
            "'globalSecondaryIndexUpdates.1.member.create.projection.nonKeyAttributes' failed to "
            "satisfy constraint: Member must satisfy constraint: [Member must have length less "
            "than or equal to 255, Member must have length greater than or equal to 1]");
}

TEST_F(IndexUpdate, KeepsTheRowsOfOtherIndexesWhenOneGoes) {
  create(std::string(kOnDemand));
  tables_.update(creation("new", R"("a")"));
  tables_.ok("PutItem", R"({"TableName":"tab","Item":{"pk":{"S":"x"},"g":{"S":"y"}}})");
  tables_.update(updates(R"({"Delete":{"IndexName":"old"}})"));
  EXPECT_THAT(tables_.ok("Scan", R"({"TableName":"tab","IndexName":"new"})"),
              HasSubstr(R"("Count":1)"));
  EXPECT_THAT(tables_.described(), Not(HasSubstr(R"("IndexName":"old")")));
}

}  // namespace
}  // namespace stator
