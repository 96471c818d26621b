#include <gmock/gmock.h>

#include "stator/database.h"

namespace stator {
namespace {

using testing::HasSubstr;

constexpr std::string_view kTable =
    R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
    R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)"
    R"("BillingMode":"PAY_PER_REQUEST","DeletionProtectionEnabled":true,)"
    R"("StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}})";

class ResetTest : public testing::Test {
 protected:
  void open(DatabaseOptions options = {}) {
    OpenResult opened = Database::open(std::move(options));
    ASSERT_EQ(opened.error, "");
    database_ = std::move(opened.database);
  }
  Reply call(std::string_view operation, std::string_view json) {
    return database_->call(operation, json);
  }
  Reply call(const Caller& caller, std::string_view operation, std::string_view json) {
    Reply reply;
    Call call;
    call.operation = operation;
    call.body = json;
    call.caller = caller;
    database_->call(call, &reply);
    return reply;
  }
  void fill() {
    ASSERT_EQ(call("CreateTable", kTable).status, 200);
    ASSERT_EQ(call("PutItem", R"({"TableName":"tab","Item":{"pk":{"S":"a"}}})").status, 200);
  }
  std::unique_ptr<Database> database_;
};

TEST_F(ResetTest, LeavesNoTableNoItemAndNoStream) {
  open();
  fill();
  EXPECT_EQ(database_->reset(), "");
  EXPECT_EQ(call("ListTables", "{}").body, R"({"TableNames":[]})");
  EXPECT_EQ(call("ListStreams", "{}").body, R"({"Streams":[]})");
  EXPECT_EQ(database_->check().report.items, 0U);
}

TEST_F(ResetTest, LeavesADatabaseThatWorks) {
  open();
  for (int i = 0; i < 3; ++i) {
    fill();
    EXPECT_THAT(call("Scan", R"({"TableName":"tab"})").body, HasSubstr(R"("Count":1)"));
    EXPECT_EQ(database_->reset(), "");
  }
}

TEST_F(ResetTest, TakesTablesThatAreBusy) {
  DatabaseOptions options;
  options.transitions = {.creating = std::chrono::hours(1), .deleting = std::chrono::hours(1)};
  open(std::move(options));
  ASSERT_EQ(call("CreateTable", kTable).status, 200);
  EXPECT_EQ(database_->reset(), "");
  EXPECT_EQ(call("ListTables", "{}").body, R"({"TableNames":[]})");
  EXPECT_EQ(call("CreateTable", kTable).status, 200);
}

TEST_F(ResetTest, IsAskedForOverHttpAsWell) {
  open();
  fill();
  Reply reply;
  database_->control({.method = "POST", .path = "/_stator/reset", .body = "", .query = ""}, &reply);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"tables":1})");
  database_->control(
      {.method = "POST", .path = "/_stator/reset", .body = R"({"a":1})", .query = ""}, &reply);
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, R"({"message":"unknown member: a"})");
}

TEST_F(ResetTest, ReachesEveryNamespace) {
  DatabaseOptions options;
  options.isolation = Isolation::key_and_region;
  open(std::move(options));
  const Caller other{.access_key = "other", .region = "eu-west-1"};
  ASSERT_EQ(call(other, "CreateTable", kTable).status, 200);
  EXPECT_EQ(database_->reset(), "");
  EXPECT_EQ(call(other, "ListTables", "{}").body, R"({"TableNames":[]})");
}

TEST_F(ResetTest, IsolatedCallersSeeTheirOwnTables) {
  DatabaseOptions options;
  options.isolation = Isolation::key_and_region;
  open(std::move(options));
  const Caller one{.access_key = "one", .region = "us-east-1"};
  ASSERT_EQ(call(one, "CreateTable", kTable).status, 200);
  ASSERT_EQ(call(one, "PutItem", R"({"TableName":"tab","Item":{"pk":{"S":"a"}}})").status, 200);
  const Caller callers[] = {{.access_key = "two", .region = "us-east-1"},
                            {.access_key = "one", .region = "us-west-2"}};
  for (const Caller& caller : callers) {
    EXPECT_EQ(call(caller, "ListTables", "{}").body, R"({"TableNames":[]})");
    EXPECT_EQ(call(caller, "ListStreams", "{}").body, R"({"Streams":[]})");
    EXPECT_EQ(call(caller, "CreateTable", kTable).status, 200);
    EXPECT_THAT(call(caller, "Scan", R"({"TableName":"tab"})").body, HasSubstr(R"("Count":0)"));
  }
  EXPECT_THAT(call(one, "Scan", R"({"TableName":"tab"})").body, HasSubstr(R"("Count":1)"));
}

TEST_F(ResetTest, ATableOfAnIsolatedCallerIsNamedWithItsNamespace) {
  DatabaseOptions options;
  options.isolation = Isolation::key_and_region;
  open(std::move(options));
  const Caller one{.access_key = "one", .region = "eu-west-1"};
  ASSERT_EQ(call(one, "CreateTable", kTable).status, 200);
  EXPECT_FALSE(database_->set_capacity_mode("tab", CapacityMode::off));
  EXPECT_TRUE(database_->set_capacity_mode("one/eu-west-1/tab", CapacityMode::off));
  Reply reply;
  database_->control({.method = "GET", .path = "/_stator/capacity", .body = "", .query = ""},
                     &reply);
  EXPECT_THAT(reply.body, HasSubstr(R"({"table":"one/eu-west-1/tab","mode":"off"})"));
  database_->control({.method = "GET", .path = "/metrics", .body = "", .query = ""}, &reply);
  EXPECT_THAT(reply.body, HasSubstr(R"(stator_partitions{table_name="one/eu-west-1/tab"})"));
}

}  // namespace
}  // namespace stator
