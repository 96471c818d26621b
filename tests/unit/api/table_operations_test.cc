#include <gmock/gmock.h>

#include "table_support.h"

namespace stator {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kTab = R"({"TableName":"tab"})";
constexpr std::string_view kNotFound =
    "ResourceNotFoundException: Requested resource not found: Table: tab not found";

void create_named(TableFixture* tables, const std::string& name) {
  tables->ok("CreateTable", R"({"TableName":")" + name + "\"," + std::string(kKey) + "," +
                                std::string(kOnDemand) + "}");
}

TEST(DescribeTable, AnswersToTheArn) {
  TableFixture tables;
  tables.create(kOnDemand);
  EXPECT_THAT(tables.ok("DescribeTable",
                        R"({"TableName":"arn:aws:dynamodb:us-east-1:000000000000:table/tab"})"),
              HasSubstr(R"({"Table":{)"));
}

TEST(DescribeTable, NamesTheTableThatItDoesNotFind) {
  TableFixture tables;
  EXPECT_EQ(tables.error("DescribeTable", kTab), kNotFound);
}

TEST(DescribeTable, CountsAHundredBytesForEachItemBesideItsOwn) {
  TableFixture tables;
  tables.create(kOnDemand);
  tables.ok("PutItem", R"({"TableName":"tab","Item":{"pk":{"S":"abc"}}})");
  EXPECT_THAT(tables.described(), HasSubstr(R"("ItemCount":1,"TableSizeBytes":105)"));
}

TEST(DeleteTable, SaysDeletingAndTheTableIsGone) {
  TableFixture tables;
  tables.create(kOnDemand);
  const std::string reply = tables.ok("DeleteTable", kTab);
  EXPECT_THAT(reply, HasSubstr(R"("TableStatus":"DELETING")"));
  EXPECT_THAT(reply, Not(HasSubstr("KeySchema")));
  EXPECT_EQ(tables.error("DescribeTable", kTab), kNotFound);
  EXPECT_EQ(tables.error("DeleteTable", kTab), kNotFound);
}

TEST(DeleteTable, LeavesNothingToATableOfTheSameName) {
  TableFixture tables;
  tables.create(kOnDemand);
  tables.ok("PutItem", R"({"TableName":"tab","Item":{"pk":{"S":"a"}}})");
  tables.ok("DeleteTable", kTab);
  tables.create(kOnDemand);
  EXPECT_THAT(tables.ok("Scan", kTab), HasSubstr(R"("Count":0)"));
  EXPECT_THAT(tables.described(), HasSubstr(R"("ItemCount":0)"));
}

TEST(DeleteTable, IsStoppedByDeletionProtection) {
  TableFixture tables;
  tables.create(std::string(kOnDemand) + R"(,"DeletionProtectionEnabled":true)");
  EXPECT_EQ(tables.error("DeleteTable", kTab),
            "ValidationException: Resource cannot be deleted as it is currently protected against "
            "deletion. Disable deletion protection first.");
  tables.update(R"("DeletionProtectionEnabled":false)");
  tables.ok("DeleteTable", kTab);
}

TEST(DeleteTable, RefusesATableThatIsBusy) {
  TableFixture tables({.creating = seconds(1), .updating = seconds(1), .deleting = seconds(1)});
  const std::string in_use =
      "ResourceInUseException: Attempt to change a resource which is still in use: ";
  tables.create(provisioned(1, 1));
  EXPECT_EQ(tables.error("DeleteTable", kTab), in_use + "Table is being created: tab");
  tables.clock().advance(seconds(1));
  tables.update(provisioned(2, 2));
  EXPECT_EQ(tables.error("DeleteTable", kTab),
            in_use + "Table: tab is in the process of being updated.");
  tables.clock().advance(seconds(1));
  tables.ok("DeleteTable", kTab);
  EXPECT_EQ(tables.error("DeleteTable", kTab), in_use + "Table is being deleted: tab");
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"DELETING")"));
}

TEST(ListTables, ListsNamesInByteOrderAndInPages) {
  TableFixture tables;
  for (const char* name : {"bbb", "aaa", "Zzz"}) create_named(&tables, name);
  EXPECT_EQ(tables.ok("ListTables", "{}"), R"({"TableNames":["Zzz","aaa","bbb"]})");
  EXPECT_EQ(tables.ok("ListTables", R"({"Limit":2})"),
            R"({"TableNames":["Zzz","aaa"],"LastEvaluatedTableName":"aaa"})");
  EXPECT_EQ(tables.ok("ListTables", R"({"Limit":2,"ExclusiveStartTableName":"aaa"})"),
            R"({"TableNames":["bbb"]})");
  EXPECT_EQ(tables.ok("ListTables", R"({"Limit":3})"), R"({"TableNames":["Zzz","aaa","bbb"]})");
}

TEST(ListTables, StartsAfterANameThatNeedNotExist) {
  TableFixture tables;
  for (const char* name : {"aaa", "ccc"}) create_named(&tables, name);
  EXPECT_EQ(tables.ok("ListTables", R"({"ExclusiveStartTableName":"bbb"})"),
            R"({"TableNames":["ccc"]})");
}

TEST(ListTables, ChecksItsMembers) {
  TableFixture tables;
  EXPECT_EQ(tables.error("ListTables", R"({"Limit":101,"ExclusiveStartTableName":"a!"})"),
            "ValidationException: 3 validation errors detected: Value '101' at 'limit' failed to "
            "satisfy constraint: Member must have value less than or equal to 100; Value 'a!' at "
            "'exclusiveStartTableName' failed to satisfy constraint: Member must satisfy regular "
            "expression pattern: [a-zA-Z0-9_.-]+; Value 'a!' at 'exclusiveStartTableName' failed "
            "to satisfy constraint: Member must have length greater than or equal to 3");
  EXPECT_EQ(tables.error("ListTables", R"({"Limit":"1"})"),
            "SerializationException: STRING_VALUE cannot be converted to Integer");
}

TEST(DescribeLimits, AnswersTheQuotas) {
  TableFixture tables;
  EXPECT_EQ(tables.ok("DescribeLimits", "{}"),
            R"({"AccountMaxReadCapacityUnits":80000,"AccountMaxWriteCapacityUnits":80000,)"
            R"("TableMaxReadCapacityUnits":40000,"TableMaxWriteCapacityUnits":40000})");
}

TEST(DescribeEndpoints, AnswersTheHostThatWasAsked) {
  TableFixture tables;
  EXPECT_EQ(tables.ok("DescribeEndpoints", "{}"),
            R"({"Endpoints":[{"Address":"localhost:8000","CachePeriodInMinutes":1440}]})");
}

}  // namespace
}  // namespace stator
