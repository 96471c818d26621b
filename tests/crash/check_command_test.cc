// What `stator check` says of a directory, and its exit status.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "check_run.h"
#include "server_process.h"
#include "stator/database.h"
#include "storage/row_key.h"
#include "storage/store.h"

namespace stator::crash {
namespace {

class CheckCommandTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove_all(directory_); }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  CheckAnswer check() const { return run_check(directory_); }

  // A table with two items.
  void fill() const {
    DatabaseOptions options;
    options.directory = directory_;
    const std::unique_ptr<Database> database = Database::open(options).database;
    call(database.get(), "CreateTable",
         R"({"TableName":"table","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
         R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)"
         R"("BillingMode":"PAY_PER_REQUEST"})");
    call(database.get(), "PutItem", R"({"TableName":"table","Item":{"pk":{"S":"a"}}})");
    call(database.get(), "PutItem", R"({"TableName":"table","Item":{"pk":{"S":"b"}}})");
  }

  static void call(Database* database, const char* operation, const char* json) {
    const Reply reply = database->call(operation, json);
    ASSERT_EQ(reply.status, 200) << reply.body;
  }

  // Rows at the start of the first table that are no items.
  void damage(std::uint64_t rows) const {
    const std::unique_ptr<Store> store = *Store::open({.directory = directory_});
    for (std::uint64_t hash = 0; hash < rows; ++hash) {
      std::string key;
      append_hash_start(1, hash, &key);
      const RowWrite row{.key = key, .value = "damaged"};
      ASSERT_TRUE(store->commit({&row, 1}));
    }
  }

  const std::string directory_ = testing::TempDir() + "stator-check-" + std::to_string(::getpid());
};

TEST_F(CheckCommandTest, SaysThatNothingIsWrong) {
  fill();
  const CheckAnswer answer = check();
  EXPECT_EQ(answer.text,
            "checked 1 table, 2 items, 0 index rows, 0 stream records: no problem found\n");
  EXPECT_EQ(answer.exit_status, 0);
}

TEST_F(CheckCommandTest, PrintsALineForEachProblem) {
  fill();
  damage(1);
  const CheckAnswer answer = check();
  EXPECT_EQ(answer.text,
            "table table, row 0x000000010000000000000000: the item cannot be used: "
            "its bytes are damaged\n"
            "checked 1 table, 3 items, 0 index rows, 0 stream records: 1 problem\n");
  EXPECT_EQ(answer.exit_status, 1);
}

TEST_F(CheckCommandTest, SaysWhenThereAreMoreProblemsThanLines) {
  fill();
  damage(101);
  const CheckAnswer answer = check();
  EXPECT_EQ(std::count(answer.text.begin(), answer.text.end(), '\n'), 101);
  EXPECT_TRUE(
      answer.text.ends_with("\nchecked 1 table, 103 items, 0 index rows, 0 stream records: "
                            "101 problems, the first 100 of them above\n"))
      << answer.text;
  EXPECT_EQ(answer.exit_status, 1);
}

TEST_F(CheckCommandTest, RefusesADirectoryThatDoesNotExist) {
  const CheckAnswer answer = check();
  EXPECT_EQ(answer.text,
            "stator: cannot use the directory " + directory_ + ": it does not exist\n");
  EXPECT_EQ(answer.exit_status, 2);
  EXPECT_FALSE(std::filesystem::exists(directory_));
}

TEST_F(CheckCommandTest, RefusesADirectoryThatAServerHasOpen) {
  ServerProcess server({"--port", "0", "--data", directory_});
  server.wait_until_ready();
  const CheckAnswer answer = check();
  EXPECT_EQ(answer.text,
            "stator: cannot use the directory " + directory_ + ": another process has it open\n");
  EXPECT_EQ(answer.exit_status, 2);
}

TEST_F(CheckCommandTest, ReadsWhatAKilledServerLeft) {
  ServerProcess server({"--port", "0", "--data", directory_});
  server.wait_until_ready();
  server.end_with(SIGKILL);
  EXPECT_EQ(check().text,
            "checked 0 tables, 0 items, 0 index rows, 0 stream records: no problem found\n");
}

}  // namespace
}  // namespace stator::crash
