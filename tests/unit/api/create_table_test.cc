#include <gmock/gmock.h>

#include "table_support.h"

namespace stator {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string error_of(TableFixture* tables, const std::string& members) {
  return tables->error("CreateTable", R"({"TableName":"tab",)" + members + "}");
}

TEST(CreateTable, SaysCreatingAndTheNextDescriptionSaysActive) {
  TableFixture tables;
  const std::string created = tables.create(kOnDemand);
  EXPECT_THAT(created, StartsWith(R"({"TableDescription":{)"));
  EXPECT_THAT(created, HasSubstr(R"("TableStatus":"CREATING")"));
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"ACTIVE")"));
}

TEST(CreateTable, StaysInCreatingAsLongAsTheSettingSays) {
  TableFixture tables({.creating = std::chrono::seconds(5)});
  tables.create(kOnDemand);
  tables.clock().advance(std::chrono::milliseconds(4999));
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"CREATING")"));
  tables.clock().advance(std::chrono::milliseconds(1));
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"ACTIVE")"));
}

TEST(CreateTable, DescribesAProvisionedTableInFull) {
  TableFixture tables;
  tables.ok("CreateTable",
            R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},)"
            R"({"AttributeName":"a","KeyType":"RANGE"}],"AttributeDefinitions":)"
            R"([{"AttributeName":"pk","AttributeType":"S"},)"
            R"({"AttributeName":"a","AttributeType":"N"}],)" +
                provisioned(5, 6) + "}");
  const std::string table = tables.described();
  EXPECT_THAT(table, HasSubstr(R"("AttributeDefinitions":[{"AttributeName":"a","AttributeType":)"
                               R"("N"},{"AttributeName":"pk","AttributeType":"S"}])"));
  EXPECT_THAT(table, HasSubstr(R"("KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},)"
                               R"({"AttributeName":"a","KeyType":"RANGE"}])"));
  EXPECT_THAT(table, HasSubstr(R"("CreationDateTime":1791505294.500)"));
  EXPECT_THAT(table,
              HasSubstr(R"("TableArn":"arn:aws:dynamodb:us-east-1:000000000000:table/tab")"));
  EXPECT_THAT(table, HasSubstr(R"("ItemCount":0,"TableSizeBytes":0)"));
  EXPECT_THAT(table, HasSubstr(R"("ProvisionedThroughput":{"NumberOfDecreasesToday":0,)"
                               R"("ReadCapacityUnits":5,"WriteCapacityUnits":6})"));
  EXPECT_THAT(table, HasSubstr(R"("WarmThroughput":{"ReadUnitsPerSecond":5,)"
                               R"("WriteUnitsPerSecond":6,"Status":"ACTIVE"})"));
  EXPECT_THAT(table, HasSubstr(R"("DeletionProtectionEnabled":false)"));
  EXPECT_THAT(table, Not(HasSubstr("BillingModeSummary")));
  EXPECT_THAT(table, Not(HasSubstr("TableClassSummary")));
  EXPECT_THAT(table, Not(HasSubstr("OnDemandThroughput")));
}

TEST(CreateTable, DescribesAnOnDemandTable) {
  TableFixture tables;
  tables.create(std::string(kOnDemand) +
                R"(,"TableClass":"STANDARD_INFREQUENT_ACCESS","OnDemandThroughput":)"
                R"({"MaxReadRequestUnits":100},"DeletionProtectionEnabled":true)");
  const std::string table = tables.described();
  EXPECT_THAT(table, HasSubstr(R"("ReadCapacityUnits":0,"WriteCapacityUnits":0)"));
  EXPECT_THAT(table, HasSubstr(R"("BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST",)"
                               R"("LastUpdateToPayPerRequestDateTime":1791505294.500})"));
  EXPECT_THAT(table, HasSubstr(R"("TableClass":"STANDARD_INFREQUENT_ACCESS")"));
  EXPECT_THAT(table, HasSubstr(R"("OnDemandThroughput":{"MaxReadRequestUnits":100})"));
  EXPECT_THAT(table, HasSubstr(R"("ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":4000)"));
  EXPECT_THAT(table, HasSubstr(R"("DeletionProtectionEnabled":true)"));
}

TEST(CreateTable, RefusesANameThatIsTakenInEveryStatus) {
  TableFixture tables({.creating = std::chrono::seconds(1), .deleting = std::chrono::seconds(1)});
  const std::string json = std::string(kKey) + "," + std::string(kOnDemand);
  const std::string taken = "ResourceInUseException: Table already exists: tab";
  tables.create(kOnDemand);
  EXPECT_EQ(error_of(&tables, json), taken);
  tables.clock().advance(std::chrono::seconds(1));
  EXPECT_EQ(error_of(&tables, json), taken);
  tables.ok("DeleteTable", R"({"TableName":"tab"})");
  EXPECT_EQ(error_of(&tables, json), taken);
  tables.clock().advance(std::chrono::seconds(1));
  tables.create(kOnDemand);
}

TEST(CreateTable, ReportsTheTableNameAloneAndFirst) {
  TableFixture tables;
  EXPECT_EQ(tables.error("CreateTable", R"({"TableName":"ab","BillingMode":"x"})"),
            "ValidationException: 1 validation error detected: Value 'ab' at 'tableName' failed to "
            "satisfy constraint: Member must have length greater than or equal to 3");
  EXPECT_EQ(tables.error("CreateTable", R"({"BillingMode":"x"})"),
            "ValidationException: 1 validation error detected: Value null at 'tableName' failed to "
            "satisfy constraint: Member must not be null");
}

TEST(CreateTable, CollectsModelConstraintsInOrder) {
  TableFixture tables;
  EXPECT_EQ(
      error_of(&tables, R"("BillingMode":"x","KeySchema":[{"KeyType":"HASHY"}],)"
                        R"("AttributeDefinitions":[{"AttributeName":"a","AttributeType":"X"}],)" +
                            provisioned(0, 1)),
      "ValidationException: 5 validation errors detected: Value 'X' at "
      "'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must "
      "satisfy enum value set: [B, N, S]; Value 'x' at 'billingMode' failed to satisfy constraint: "
      "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]; Value '0' at "
      "'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have "
      "value greater than or equal to 1; Value null at 'keySchema.1.member.attributeName' failed "
      "to satisfy constraint: Member must not be null; Value 'HASHY' at "
      "'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value "
      "set: [HASH, RANGE]");
}

struct KeyCase {
  std::string keys;  // NAME:TYPE pairs as JSON elements
  std::string definitions;
  std::string error;
};

std::string key(const std::string& name, const std::string& type) {
  return R"({"AttributeName":")" + name + R"(","KeyType":")" + type + "\"}";
}

std::string definition(const std::string& name) {
  return R"({"AttributeName":")" + name + R"(","AttributeType":"S"})";
}

TEST(CreateTable, ChecksThatKeySchemaAndDefinitionsFit) {
  TableFixture tables;
  const std::string a_and_b = definition("a") + "," + definition("b");
  const std::string invalid(kInvalid);
  const KeyCase cases[] = {
      {key("a", "RANGE"), definition("a"),
       "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key type"},
      {key("a", "HASH") + "," + key("b", "HASH"), a_and_b,
       "ValidationException: Invalid KeySchema: The second KeySchemaElement is not a RANGE key "
       "type"},
      {key("a", "HASH") + "," + key("a", "RANGE"), a_and_b,
       "ValidationException: Both the Hash Key and the Range Key element in the KeySchema have the "
       "same name"},
      {key("a", "HASH") + "," + key("a", "RANGE"), definition("a"),
       "ValidationException: Invalid KeySchema: Some index key attribute have no definition"},
      {key("a", "HASH"), definition("b"),
       invalid + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a], "
                 "AttributeDefinitions: [b]"},
      {key("a", "HASH"), a_and_b,
       invalid + "Number of attributes in KeySchema does not exactly match number of attributes "
                 "defined in AttributeDefinitions"},
      {key("a", "HASH"), definition("a") + "," + definition("a"),
       "ValidationException: Attribute Name is duplicated: a"},
  };
  for (const KeyCase& it : cases) {
    EXPECT_EQ(error_of(&tables, R"("KeySchema":[)" + it.keys + R"(],"AttributeDefinitions":[)" +
                                    it.definitions + "]," + std::string(kOnDemand)),
              it.error);
  }
}

TEST(CreateTable, WantsTheUnitsThatItsBillingModeHas) {
  TableFixture tables;
  const std::string key_and = std::string(kKey) + ",";
  EXPECT_EQ(error_of(&tables, std::string(kKey)),
            std::string(kInvalid) +
                "ReadCapacityUnits and WriteCapacityUnits must both be "
                "specified when BillingMode is PROVISIONED");
  EXPECT_EQ(error_of(&tables, key_and + std::string(kOnDemand) + "," + provisioned(1, 1)),
            std::string(kInvalid) +
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be "
                "specified when BillingMode is PAY_PER_REQUEST");
}

TEST(CreateTable, NamesTheQuotaThatItsUnitsExceed) {
  TableFixture tables;
  EXPECT_EQ(error_of(&tables, std::string(kKey) + "," + provisioned(40001, 1)),
            "LimitExceededException: The requested ReadCapacityUnits, 40001, is above the per "
            "table maximum for the account in us-east-1. Per table maximum: 40000. Refer to the "
            "Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
}

TEST(CreateTable, ChecksOnDemandMaximaAndWarmThroughput) {
  TableFixture tables;
  const std::string key_and = std::string(kKey) + ",";
  const std::string invalid(kInvalid);
  EXPECT_EQ(error_of(&tables, key_and + provisioned(1, 1) +
                                  R"(,"OnDemandThroughput":{"MaxWriteRequestUnits":5})"),
            invalid +
                "MaxWriteRequestUnits for OnDemandThroughput cannot be specified when the "
                "table BillingMode is PROVISIONED");
  EXPECT_EQ(error_of(&tables, key_and + std::string(kOnDemand) +
                                  R"(,"OnDemandThroughput":{"MaxReadRequestUnits":-1})"),
            invalid +
                "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside "
                "of valid range");
  EXPECT_EQ(error_of(&tables, key_and + provisioned(10, 10) +
                                  R"(,"WarmThroughput":{"WriteUnitsPerSecond":9})"),
            invalid +
                "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than "
                "WriteCapacityUnits of ProvisionedThroughput");
}

TEST(CreateTable, RefusesTagsThatAwsRefuses) {
  TableFixture tables;
  const std::string start = std::string(kKey) + "," + std::string(kOnDemand) + R"(,"Tags":[)";
  EXPECT_EQ(error_of(&tables, start + "{}]"),
            "ValidationException: The Tag Key provided is invalid, Key: null");
  EXPECT_EQ(error_of(&tables, start + R"({"Key":"a","Value":"1"},{"Key":"a","Value":"2"}])"),
            "ValidationException: Duplicate Tag Keys provided as input: Duplicate Tag Key found a");
}

TEST(CreateTable, RefusesWhatItCannotHonourInsteadOfIgnoringIt) {
  TableFixture tables;
  const std::string start = std::string(kKey) + "," + std::string(kOnDemand) + ",";
  EXPECT_EQ(
      error_of(&tables, start + R"("VectorIndexes":[{"IndexName":"vec","VectorAttribute":)"
                                R"({"AttributeName":"v"},"Projection":{"ProjectionType":"ALL"},)"
                                R"("Dimensions":3,"DistanceFunction":"COSINE"}])"),
      "ValidationException: VectorIndexes is not supported yet");
  EXPECT_EQ(
      error_of(&tables, start + R"("StreamSpecification":{"StreamEnabled":true})"),
      "ValidationException: One or more parameter values were invalid: Table is being created "
      "with a stream enabled, UpdateViewType is required");
  tables.create(std::string(kOnDemand) +
                R"(,"VectorIndexes":null,"StreamSpecification":{"StreamEnabled":false},)"
                R"("SSESpecification":{"Enabled":false},"Unknown":[1])");
}

TEST(CreateTable, WordsMembersOfTheWrongTypeAsAwsDoes) {
  TableFixture tables;
  const std::string start = "SerializationException: ";
  EXPECT_EQ(error_of(&tables, R"("KeySchema":"x")"), start + "Unexpected field type");
  EXPECT_EQ(error_of(&tables, R"("KeySchema":{})"),
            start + "Start of structure or map found where not expected");
  EXPECT_EQ(error_of(&tables, R"("KeySchema":["x"])"), start + "Unexpected value type in payload");
  EXPECT_EQ(error_of(&tables, R"("ProvisionedThroughput":[])"),
            start +
                "Unrecognized collection type class "
                "com.amazonaws.dynamodb.v20120810.ProvisionedThroughput");
  EXPECT_EQ(error_of(&tables, R"("ProvisionedThroughput":{"ReadCapacityUnits":"1"})"),
            start + "STRING_VALUE cannot be converted to Long");
}

}  // namespace
}  // namespace stator
