#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "stator/database.h"

namespace {

// A sanitizer takes its time.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::chrono::milliseconds kResetMax(200);
#else
constexpr std::chrono::milliseconds kResetMax(10);
#endif

// How often this thread has waited for a device; what compactions wait for beside it is theirs.
thread_local int synced = 0;

}  // namespace

// The one that RocksDB calls, in the place of the C library's.
extern "C" int fdatasync(int file) {
  ++synced;
  return static_cast<int>(::syscall(SYS_fdatasync, file));
}

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
  // Tables with streams, and more items in some than are erased one by one.
  void fill_a_dozen() {
    for (int table = 0; table < 12; ++table) {
      const std::string name = "dozen" + std::to_string(table);
      std::string definition(kTable);
      definition.replace(definition.find("tab"), 3, name);
      ASSERT_EQ(call("CreateTable", definition).status, 200);
      for (int item = 0; item < 20 * table; ++item) {
        const std::string key = std::to_string(item);
        const std::string put =
            R"({"TableName":")" + name + R"(","Item":{"pk":{"S":")" + key + R"("}}})";
        ASSERT_EQ(call("PutItem", put).status, 200);
      }
    }
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

TEST_F(ResetTest, EmptiesADozenTablesInUnderTenMilliseconds) {
  open();
  auto best = std::chrono::steady_clock::duration::max();
  for (int round = 0; round < 5; ++round) {
    fill_a_dozen();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(database_->reset(), "");
    best = std::min(best, std::chrono::steady_clock::now() - start);
    EXPECT_EQ(call("ListTables", "{}").body, R"({"TableNames":[]})");
  }
  EXPECT_LT(best, kResetMax);
}

TEST_F(ResetTest, WaitsForTheDeviceOnceForTablesAndOnceForStreams) {
  std::string directory = std::filesystem::temp_directory_path() / "stator-reset-XXXXXX";
  ASSERT_NE(::mkdtemp(directory.data()), nullptr);
  DatabaseOptions options;
  options.directory = directory;
  open(options);
  fill_a_dozen();
  database_.reset();
  options.durability = Durability::power;
  open(options);
  const int before = synced;
  EXPECT_EQ(database_->reset(), "");
  EXPECT_EQ(synced - before, 2);
  EXPECT_EQ(call("ListTables", "{}").body, R"({"TableNames":[]})");
  EXPECT_EQ(call("ListStreams", "{}").body, R"({"Streams":[]})");
  EXPECT_EQ(database_->check().report.items, 0U);
  database_.reset();
  std::filesystem::remove_all(directory);
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
