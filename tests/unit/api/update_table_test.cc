#include <gmock/gmock.h>

#include "table_support.h"

namespace stator {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

const std::string kPrefix(kInvalid);

TEST(UpdateTable, SaysUpdatingWithTheOldUnitsAndThenDescribesTheNewOnes) {
  TableFixture tables;
  tables.create(provisioned(5, 5));
  const std::string reply = tables.update(provisioned(10, 5));
  EXPECT_THAT(reply, HasSubstr(R"("TableStatus":"UPDATING")"));
  EXPECT_THAT(reply, HasSubstr(R"("ReadCapacityUnits":5,)"));
  const std::string table = tables.described();
  EXPECT_THAT(table, HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_THAT(table, HasSubstr(R"("ProvisionedThroughput":{"LastIncreaseDateTime":1791505294.500,)"
                               R"("NumberOfDecreasesToday":0,"ReadCapacityUnits":10,)"
                               R"("WriteCapacityUnits":5})"));
}

TEST(UpdateTable, RefusesUnitsThatChangeNothing) {
  TableFixture tables;
  tables.create(provisioned(5, 6));
  EXPECT_EQ(tables.update_error(provisioned(5, 6)),
            "ValidationException: The provisioned throughput for the table will not change. The "
            "requested value equals the current value. Current ReadCapacityUnits provisioned for "
            "the table: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned "
            "for the table: 6. Requested WriteCapacityUnits: 6. Refer to the Amazon DynamoDB "
            "Developer Guide for current limits and how to request higher limits.");
}

TEST(UpdateTable, AllowsFourDecreasesADayAndThenOneAnHour) {
  TableFixture tables;
  tables.create(provisioned(50, 50));
  for (int i = 1; i <= 4; ++i) tables.update(provisioned(50 - i, 50));
  EXPECT_THAT(tables.described(), HasSubstr(R"("NumberOfDecreasesToday":4)"));
  EXPECT_EQ(tables.update_error(provisioned(1, 60)),
            "LimitExceededException: Subscriber limit exceeded: Provisioned throughput decreases "
            "are limited within a given UTC day. After the first 4 decreases, each subsequent "
            "decrease in the same UTC day can be performed at most once every 3600 seconds. Number "
            "of decreases today: 4. Last decrease at Friday, October 9, 2026 at 12:21:34 AM "
            "Coordinated Universal Time. Next decrease can be made at Friday, October 9, 2026 at "
            "1:21:34 AM Coordinated Universal Time");
  tables.update(provisioned(46, 51));
  tables.clock().advance(hours(1));
  tables.update(provisioned(45, 51));
  EXPECT_THAT(tables.described(), HasSubstr(R"("NumberOfDecreasesToday":5)"));
}

TEST(UpdateTable, CountsDecreasesAnewOnTheNextUtcDay) {
  TableFixture tables;
  tables.create(provisioned(50, 50));
  for (int i = 1; i <= 4; ++i) tables.update(provisioned(50 - i, 50));
  tables.clock().advance(hours(23) + std::chrono::minutes(39));
  EXPECT_THAT(tables.described(), HasSubstr(R"("NumberOfDecreasesToday":0)"));
  tables.update(provisioned(45, 50));
  EXPECT_THAT(tables.described(), HasSubstr(R"("NumberOfDecreasesToday":1)"));
}

TEST(UpdateTable, SwitchesToOnDemandAndBack) {
  TableFixture tables;
  tables.create(provisioned(5, 5));
  tables.update(kOnDemand);
  const std::string on_demand = tables.described();
  EXPECT_THAT(on_demand, HasSubstr(R"("ReadCapacityUnits":0,"WriteCapacityUnits":0)"));
  EXPECT_THAT(on_demand, HasSubstr(R"("BillingMode":"PAY_PER_REQUEST")"));
  tables.update(R"("BillingMode":"PROVISIONED",)" + provisioned(1, 2));
  const std::string back = tables.described();
  EXPECT_THAT(back, HasSubstr(R"("ReadCapacityUnits":1,"WriteCapacityUnits":2)"));
  EXPECT_THAT(back, HasSubstr(R"("BillingModeSummary":{"BillingMode":"PROVISIONED",)"));
  // Warm throughput never falls.
  EXPECT_THAT(back, HasSubstr(R"("ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":4000)"));
}

TEST(UpdateTable, RefusesUnitsOfAnOnDemandTable) {
  TableFixture tables;
  tables.create(kOnDemand);
  const std::string neither = kPrefix +
                              "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
                              "when BillingMode is PAY_PER_REQUEST";
  EXPECT_EQ(tables.update_error(provisioned(1, 1)), neither);
  EXPECT_EQ(tables.update_error(std::string(kOnDemand) + "," + provisioned(1, 1)), neither);
  EXPECT_EQ(tables.update_error(R"("WarmThroughput":{},)" + provisioned(1, 1)), neither);
}

TEST(UpdateTable, WantsUnitsWithTheProvisionedMode) {
  TableFixture tables;
  tables.create(kOnDemand);
  EXPECT_EQ(tables.update_error(R"("BillingMode":"PROVISIONED")"),
            kPrefix + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
}

TEST(UpdateTable, MergesOnDemandMaximaAndEchoesRemovalsOnce) {
  TableFixture tables;
  tables.create(std::string(kOnDemand) +
                R"(,"OnDemandThroughput":{"MaxReadRequestUnits":7,"MaxWriteRequestUnits":8})");
  const std::string reply = tables.update(R"("OnDemandThroughput":{"MaxReadRequestUnits":-1})");
  EXPECT_THAT(reply, HasSubstr(R"({"MaxReadRequestUnits":-1,"MaxWriteRequestUnits":8})"));
  EXPECT_THAT(reply, HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_THAT(tables.described(), HasSubstr(R"("OnDemandThroughput":{"MaxWriteRequestUnits":8})"));
  tables.update(R"("BillingMode":"PROVISIONED",)" + provisioned(1, 1));
  EXPECT_THAT(tables.described(), Not(HasSubstr("OnDemandThroughput")));
  EXPECT_EQ(tables.update_error(R"("OnDemandThroughput":{"MaxReadRequestUnits":7})"),
            kPrefix +
                "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the "
                "table BillingMode is PROVISIONED");
}

TEST(UpdateTable, RaisesWarmThroughputAndNeverLowersIt) {
  TableFixture tables;
  tables.create(kOnDemand);
  const std::string reply = tables.update(R"("WarmThroughput":{"WriteUnitsPerSecond":5000})");
  EXPECT_THAT(reply, HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_THAT(reply, HasSubstr(R"("WarmThroughput":{"ReadUnitsPerSecond":12000,)"
                               R"("WriteUnitsPerSecond":5000,"Status":"UPDATING"})"));
  EXPECT_EQ(tables.update_error(R"("WarmThroughput":{"WriteUnitsPerSecond":4999})"),
            kPrefix +
                "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than "
                "current WarmThroughput, decreasing WarmThroughput is not supported");
}

TEST(UpdateTable, WarmsWhileTheTableIsActive) {
  TableFixture tables({.updating = seconds(5)});
  tables.create(kOnDemand);
  tables.update(R"("WarmThroughput":{"WriteUnitsPerSecond":5000})");
  tables.clock().advance(seconds(4));
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_THAT(tables.described(), HasSubstr(R"("WriteUnitsPerSecond":5000,"Status":"UPDATING"})"));
  tables.clock().advance(seconds(1));
  EXPECT_THAT(tables.described(), HasSubstr(R"("WriteUnitsPerSecond":5000,"Status":"ACTIVE"})"));
}

TEST(UpdateTable, WarmsAnIndexWhileBothAreActive) {
  TableFixture tables({.updating = seconds(5)});
  tables.ok("CreateTable",
            R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST",)"
            R"("KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":)"
            R"([{"AttributeName":"pk","AttributeType":"S"}],"GlobalSecondaryIndexes":)"
            R"([{"IndexName":"all","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
            R"("Projection":{"ProjectionType":"ALL"}}]})");
  tables.update(R"("GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"all",)"
                R"("WarmThroughput":{"WriteUnitsPerSecond":5000}}}])");
  const std::string warming = R"("WriteUnitsPerSecond":5000,"Status":"UPDATING"})";
  tables.clock().advance(seconds(4));
  EXPECT_THAT(tables.described(), HasSubstr(warming));
  EXPECT_THAT(tables.described(), HasSubstr(R"("IndexStatus":"ACTIVE")"));
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_THAT(tables.described(), HasSubstr(R"("WriteUnitsPerSecond":4000,"Status":"ACTIVE"})"));
  tables.clock().advance(seconds(1));
  EXPECT_THAT(tables.described(), Not(HasSubstr("UPDATING")));
}

TEST(UpdateTable, EncryptsWhileTheTableIsActive) {
  TableFixture tables({.updating = seconds(5)});
  tables.create(kOnDemand);
  tables.update(R"("SSESpecification":{"Enabled":true})");
  tables.clock().advance(seconds(4));
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_THAT(tables.described(), HasSubstr(R"("SSEDescription":{"Status":"UPDATING"})"));
  EXPECT_EQ(tables.update_error(R"("SSESpecification":{"Enabled":false})"),
            "ResourceInUseException: Attempt to change a resource which is still in use: "
            "Server-Side Encryption is still being updated");
  tables.clock().advance(seconds(1));
  EXPECT_THAT(tables.described(), HasSubstr(R"("SSEDescription":{"Status":"ENABLED",)"));
  tables.update(R"("SSESpecification":{"Enabled":false})");
  EXPECT_THAT(tables.described(), HasSubstr(R"("SSEDescription":{"Status":"UPDATING"})"));
  tables.clock().advance(seconds(5));
  EXPECT_THAT(tables.described(), Not(HasSubstr("SSEDescription")));
}

TEST(UpdateTable, IsNoUpdateWhereTheProtectionStaysAsItIs) {
  TableFixture tables({.updating = seconds(5)});
  tables.create(kOnDemand);
  tables.update(R"("DeletionProtectionEnabled":false)");
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"ACTIVE")"));
  tables.update(R"("DeletionProtectionEnabled":true)");
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"UPDATING")"));
}

TEST(UpdateTable, IsUnderWayAsLongAsAnIndexIsDeleted) {
  TableFixture tables({.updating = seconds(1), .backfilling = seconds(5)});
  tables.ok("CreateTable",
            R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
            R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
            R"({"AttributeName":"g","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST",)"
            R"("GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":)"
            R"([{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]})");
  tables.update(R"("GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"gsi"}}])");
  tables.clock().advance(seconds(4));
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"UPDATING")"));
  EXPECT_THAT(tables.described(), HasSubstr(R"("IndexStatus":"DELETING")"));
  tables.clock().advance(seconds(1));
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_THAT(tables.described(), Not(HasSubstr("IndexStatus")));
}

TEST(CreateTable, LeavesNoTableForSettingsBeforeItIsActive) {
  TableFixture tables({.creating = seconds(5)});
  tables.create(kOnDemand);
  const std::string stream = "arn:aws:kinesis:us-east-1:000000000000:stream/changes";
  const std::pair<std::string, std::string> requests[] = {
      {"EnableKinesisStreamingDestination", R"({"TableName":"tab","StreamArn":")" + stream + "\"}"},
      {"UpdateContributorInsights", R"({"TableName":"tab","ContributorInsightsAction":"ENABLE"})"}};
  for (const auto& [operation, request] : requests) {
    EXPECT_EQ(tables.error(operation, request),
              "ResourceNotFoundException: Requested resource not found: Table: tab not found");
  }
  tables.clock().advance(seconds(5));
  for (const auto& [operation, request] : requests) tables.ok(operation, request);
}

TEST(CreateTable, WarmsUpAsLongAsItCreates) {
  TableFixture tables({.creating = seconds(5)});
  tables.ok("CreateTable",
            R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
            R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)"
            R"("BillingMode":"PAY_PER_REQUEST",)"
            R"("WarmThroughput":{"ReadUnitsPerSecond":15000,"WriteUnitsPerSecond":5000}})");
  EXPECT_THAT(tables.described(), HasSubstr(R"("WriteUnitsPerSecond":5000,"Status":"UPDATING"})"));
  tables.clock().advance(seconds(5));
  EXPECT_THAT(tables.described(), HasSubstr(R"("WriteUnitsPerSecond":5000,"Status":"ACTIVE"})"));
}

TEST(UpdateTable, ChangesTheTableClass) {
  TableFixture tables;
  tables.create(kOnDemand);
  tables.update(R"("TableClass":"STANDARD_INFREQUENT_ACCESS")");
  EXPECT_THAT(tables.described(),
              HasSubstr(R"("TableClassSummary":{"TableClass":"STANDARD_INFREQUENT_ACCESS",)"
                        R"("LastUpdateDateTime":1791505294.500})"));
}

TEST(UpdateTable, WantsAtLeastOneChange) {
  TableFixture tables;
  tables.create(kOnDemand);
  const std::string nothing =
      "ValidationException: At least one of ProvisionedThroughput, BillingMode, "
      "UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, "
      "MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, "
      "DeletionProtectionEnabled";
  EXPECT_EQ(tables.update_error(R"("AttributeDefinitions":[])"),
            nothing + ", OnDemandThroughput, WarmThroughput or TableClass is required");
  EXPECT_EQ(tables.update_error(R"("WarmThroughput":{},"OnDemandThroughput":{})"),
            nothing + " or TableClass is required");
}

TEST(UpdateTable, RefusesChangesThatMustBeAlone) {
  TableFixture tables;
  tables.create(provisioned(1, 1));
  const std::string protection = R"("DeletionProtectionEnabled":true)";
  const std::string alone = " must be the only operation in the request";
  EXPECT_EQ(tables.update_error(protection + "," + provisioned(2, 2)),
            kPrefix + "DeletionProtection modification" + alone);
  EXPECT_EQ(tables.update_error(protection + R"(,"SSESpecification":{})"),
            kPrefix + "Server-Side Encryption modification" + alone);
  EXPECT_EQ(tables.update_error(protection + R"(,"TableClass":"STANDARD")"),
            kPrefix + "TableClass modification" + alone);
  EXPECT_EQ(
      tables.update_error(R"("WarmThroughput":{"ReadUnitsPerSecond":9},)" + provisioned(2, 2)),
      kPrefix + "WarmThroughput" + alone);
  EXPECT_EQ(
      tables.update_error(R"("StreamSpecification":{"StreamEnabled":false},)" + provisioned(2, 2)),
      kPrefix + "You cannot modify stream status while updating table IOPS");
  EXPECT_THAT(tables.described(), HasSubstr(R"("ReadCapacityUnits":1,)"));
}

TEST(UpdateTable, FindsNothingToDisable) {
  TableFixture tables;
  tables.create(kOnDemand);
  EXPECT_EQ(tables.update_error(R"("StreamSpecification":{"StreamEnabled":false})"),
            "ValidationException: Table has no stream to disable: TableName: tab");
  EXPECT_EQ(tables.update_error(R"("SSESpecification":{"Enabled":false})"),
            kPrefix + "Table is already encrypted by default");
}

TEST(UpdateTable, RefusesATableThatIsBusy) {
  TableFixture tables({.creating = seconds(1), .updating = seconds(1), .deleting = seconds(1)});
  const std::string in_use =
      "ResourceInUseException: Attempt to change a resource which is still in use: ";
  const std::string protection = R"("DeletionProtectionEnabled":false)";
  tables.create(provisioned(1, 1));
  EXPECT_EQ(tables.update_error(protection), in_use + "Table is being created: tab");
  tables.clock().advance(seconds(1));
  tables.update(provisioned(2, 2));
  EXPECT_EQ(tables.update_error(provisioned(3, 3)),
            in_use + "Table IOPS are currently being updated. Table: tab");
  EXPECT_EQ(tables.update_error(protection),
            "ResourceInUseException: Table needs to be in ACTIVE status to modify deletion "
            "protection setting.");
  tables.clock().advance(seconds(1));
  tables.ok("DeleteTable", R"({"TableName":"tab"})");
  EXPECT_EQ(tables.update_error(provisioned(3, 3)), in_use + "Table is being deleted: tab");
}

TEST(UpdateTable, NamesTheTableThatItDoesNotFind) {
  TableFixture tables;
  EXPECT_EQ(tables.update_error(kOnDemand),
            "ResourceNotFoundException: Requested resource not found: Table: tab not found");
}

}  // namespace
}  // namespace stator
