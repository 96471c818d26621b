// Kills the server while it deletes items that have expired.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>

#include "check_run.h"
#include "crash_options.h"
#include "load.h"
#include "server_process.h"

namespace stator::crash {
namespace {

constexpr int kRounds = 20;
constexpr std::size_t kItems = 4000;
constexpr std::size_t kBatch = 25;
constexpr std::chrono::seconds kExpiryMax{30};

// Of all items in a table, without the pages.
std::size_t count(const Ask& ask) {
  return scan(ask, {{"TableName", kItemTable}}).size();
}

class ExpiryTest : public testing::Test {
 protected:
  ExpiryTest() : random_(options().seed) {}

  void SetUp() override {
    std::filesystem::remove_all(directory_);
    DatabaseOptions database;
    database.directory = directory_;
    const OpenResult opened = Database::open(database);
    ASSERT_TRUE(opened.database) << opened.error;
    create_item_table(ask_database(opened.database.get()));
  }
  void TearDown() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  static std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  // Items of which every other one has expired when it is put, and the rest never does.
  void put_items(const Ask& ask) {
    const std::int64_t expired = now() - 10;
    Json requests = Json::array();
    for (std::size_t i = 0; i < kItems; ++i) {
      const std::int64_t version = i % 2 == 0 ? expired : expired + 1'000'000;
      requests.push_back({{"PutRequest",
                           {{"Item",
                             {{"pk", {{"S", "p" + std::to_string(i % 100)}}},
                              {"sk", {{"N", std::to_string(i)}}},
                              {"group", {{"S", "g"}}},
                              {"version", {{"N", std::to_string(version)}}}}}}}});
      if (requests.size() < kBatch && i + 1 < kItems) continue;
      ask("BatchWriteItem", {{"RequestItems", {{kItemTable, requests}}}});
      requests.clear();
    }
  }

  // Puts all items and kills the server, somewhere between their deletions.
  void put_and_kill() {
    ServerProcess server(
        {"--port", "0", "--data", directory_, "--log-level", "error", "--capacity", "off"});
    const std::string port = server.wait_until_ready();
    support::HttpClient client("127.0.0.1", port);
    const Ask ask = ask_server(&client);
    put_items(ask);
    for (std::size_t looks = random_() % 8; looks > 0; --looks) count(ask);
    const Ending ending = server.end_with(SIGKILL);
    EXPECT_EQ(ending.signal, SIGKILL) << ending.error_text;
  }

  std::mt19937_64 random_;
  const std::string directory_ = testing::TempDir() + "stator-expiry-" + std::to_string(::getpid());
};

TEST_F(ExpiryTest, DeletesAllThatExpiredAndNothingElseOverKills) {
  for (int round = 0; round < kRounds; ++round) {
    put_and_kill();
    const CheckAnswer answer = run_check(directory_);
    ASSERT_EQ(answer.exit_status, 0) << "round " << round << "\n" << answer.text;
    DatabaseOptions database;
    database.directory = directory_;
    const OpenResult opened = Database::open(database);
    ASSERT_TRUE(opened.database) << opened.error;
    const Ask ask = ask_database(opened.database.get());
    const auto end = std::chrono::steady_clock::now() + kExpiryMax;
    while (count(ask) != kItems / 2) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "round " << round << ": " << count(ask);
    }
    EXPECT_EQ(opened.database->check().report.problem_count, 0U);
  }
}

}  // namespace
}  // namespace stator::crash
