// Kills the server while it gives the items of a table their rows in an index that was added.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <iostream>

#include "check_run.h"
#include "crash_options.h"
#include "load.h"
#include "server_process.h"

namespace stator::crash {
namespace {

constexpr int kWriters = 2;
constexpr std::size_t kWritesOfRoundMax = 300;
constexpr std::size_t kOldItems = 5000;
constexpr std::size_t kOldCollections = 50;
constexpr std::size_t kBatch = 25;
constexpr const char* kIndex = "late";
constexpr std::chrono::seconds kBackfillMax{30};

// The index that a round adds.
struct LateIndex {
  std::string partition;
  std::string sort;  // may be empty
  bool keys_only = false;

  bool has(const Json& item) const {
    return item.contains(partition) && (sort.empty() || item.contains(sort));
  }
  Json entry_of(const Json& item) const {
    if (!keys_only) return item;
    Json entry = {{"pk", item["pk"]}, {"sk", item["sk"]}, {partition, item[partition]}};
    if (!sort.empty()) entry[sort] = item[sort];
    return entry;
  }
};

std::string type_of(const std::string& attribute) {
  return attribute == "version" ? "N" : "S";
}

Json create_request(const LateIndex& index) {
  const char* const projection = index.keys_only ? "KEYS_ONLY" : "ALL";
  Json request = {{"TableName", kItemTable}};
  request["AttributeDefinitions"].push_back(definition(index.partition, type_of(index.partition)));
  if (!index.sort.empty()) {
    request["AttributeDefinitions"].push_back(definition(index.sort, type_of(index.sort)));
  }
  request["GlobalSecondaryIndexUpdates"] =
      Json::array({{{"Create",
                     {{"IndexName", kIndex},
                      {"KeySchema", key_schema(index.partition, index.sort)},
                      {"Projection", {{"ProjectionType", projection}}}}}}});
  return request;
}

Json delete_request() {
  return {{"TableName", kItemTable},
          {"GlobalSecondaryIndexUpdates", Json::array({{{"Delete", {{"IndexName", kIndex}}}}})}};
}

// "ACTIVE" and the like; empty where there is no such index.
std::string status_of_index(const Ask& ask) {
  const Json table = ask("DescribeTable", {{"TableName", kItemTable}})["Table"];
  for (const Json& index : table["GlobalSecondaryIndexes"]) {
    if (index["IndexName"] == kIndex) return index["IndexStatus"];
  }
  return "";
}

class BackfillTest : public testing::Test {
 protected:
  BackfillTest() : random_(options().seed) {
    for (int i = 0; i < kWriters; ++i) writers_.emplace_back(i, random_());
  }

  void SetUp() override {
    std::filesystem::remove_all(directory_);
    DatabaseOptions database;
    database.directory = directory_;
    const OpenResult opened = Database::open(database);
    ASSERT_TRUE(opened.database) << opened.error;
    const Ask ask = ask_database(opened.database.get());
    create_item_table(ask);
    put_old_items(ask);
  }
  void TearDown() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  // Items that no writer changes, of which every third is not in an index of groups.
  void put_old_items(const Ask& ask) {
    Json requests = Json::array();
    for (std::size_t i = 0; i < kOldItems; ++i) {
      Json item = {{"pk", {{"S", "old" + std::to_string(i % kOldCollections)}}},
                   {"sk", {{"N", std::to_string(i)}}},
                   {"version", {{"N", std::to_string(i % 100)}}}};
      if (i % 3 != 0) item["group"] = {{"S", "group" + std::to_string(i % 7)}};
      old_items_[name_of(item)] = item;
      requests.push_back({{"PutRequest", {{"Item", item}}}});
      if (requests.size() < kBatch && i + 1 < kOldItems) continue;
      ask("BatchWriteItem", {{"RequestItems", {{kItemTable, requests}}}});
      requests.clear();
    }
  }

  LateIndex any_index() {
    static const std::vector<LateIndex> keys = {{.partition = "group", .sort = "version"},
                                                {.partition = "group", .sort = ""},
                                                {.partition = "version", .sort = "pk"}};
    LateIndex index = keys[random_() % keys.size()];
    index.keys_only = random_() % 2 == 0;
    return index;
  }

  // Adds the index while clients write, and kills the server. Returns whether the addition was
  // acknowledged.
  bool add_and_kill(const LateIndex& index) {
    ServerProcess server({"--port", "0", "--data", directory_, "--log-level", "error"});
    const std::string port = server.wait_until_ready();
    Tally tally(1 + random_() % kWritesOfRoundMax, writers_.size());
    bool is_acknowledged = false;
    std::vector<std::thread> threads = start_load(&writers_, port, &tally);
    threads.emplace_back([&] {
      support::HttpClient client("127.0.0.1", port);
      try {
        ask_server (&client)("UpdateTable", create_request(index));
        is_acknowledged = true;
      } catch (const std::logic_error& fault) {
        ADD_FAILURE() << fault.what();
      } catch (const std::runtime_error&) {  // the server is gone
      }
    });
    tally.wait_for_goal();
    const Ending ending = server.end_with(SIGKILL);
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(tally.faults(), "");
    EXPECT_EQ(ending.signal, SIGKILL) << ending.error_text;
    return is_acknowledged;
  }

  // The backfill goes on by itself.
  static void wait_until_active(const Ask& ask) {
    const auto end = std::chrono::steady_clock::now() + kBackfillMax;
    while (status_of_index(ask) != "ACTIVE") {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "the index does not become active";
      std::this_thread::yield();
    }
  }

  static void expect_index(const LateIndex& index, const Ask& ask,
                           const std::map<std::string, Json>& items) {
    std::map<std::string, Json> entries =
        scan(ask, {{"TableName", kItemTable}, {"IndexName", kIndex}});
    for (const auto& [name, item] : items) {
      if (!name.starts_with("item ") || !index.has(item)) continue;
      const auto found = entries.find(name);
      if (found == entries.end()) {
        ADD_FAILURE() << name << " is not in the index";
        continue;
      }
      EXPECT_EQ(found->second, index.entry_of(item));
      entries.erase(found);
    }
    for (const auto& [name, entry] : entries) ADD_FAILURE() << name << " is in the index";
  }

  void settle(std::map<std::string, Json> found) {
    for (Writer& writer : writers_) {
      for (const std::string& fault : writer.journal().settle(&found)) ADD_FAILURE() << fault;
    }
    EXPECT_TRUE(found == old_items_) << "the items that nobody writes";
  }

  // Opens the directory again and finishes what was under way.
  void recover(const LateIndex& index, bool is_acknowledged) {
    ServerProcess server({"--port", "0", "--data", directory_, "--log-level", "error"});
    support::HttpClient client("127.0.0.1", server.wait_until_ready());
    const Ask ask = ask_server(&client);
    const std::string status = status_of_index(ask);
    if (status == "CREATING") ++interrupted_;
    EXPECT_TRUE(!status.empty() || !is_acknowledged) << "an acknowledged index is gone";
    if (!status.empty()) wait_until_active(ask);
    const std::map<std::string, Json> items = everything(ask);
    if (!status.empty()) {
      expect_index(index, ask, items);
      ask("UpdateTable", delete_request());
    }
    settle(items);
    EXPECT_EQ(server.end_with(SIGTERM).exit_status, 0);
  }

  void expect_sound() {
    const CheckAnswer checked = run_check(directory_);
    EXPECT_EQ(checked.exit_status, 0) << checked.text;
  }

  const std::string directory_ =
      testing::TempDir() + "stator-backfill-" + std::to_string(::getpid());
  std::mt19937_64 random_;
  std::vector<Writer> writers_;
  std::map<std::string, Json> old_items_;
  int interrupted_ = 0;  // rounds in which the index was not ready yet when the server came back
};

TEST_F(BackfillTest, GoesOnAfterAKillAndMissesNothing) {
  for (int round = 0; round < options().backfill_rounds; ++round) {
    SCOPED_TRACE("seed " + std::to_string(options().seed) + ", round " + std::to_string(round));
    const LateIndex index = any_index();
    const bool is_acknowledged = add_and_kill(index);
    if (random_() % 4 == 0) expect_sound();
    recover(index, is_acknowledged);
    ASSERT_FALSE(HasFailure()) << "the directory is kept: " << directory_;
  }
  expect_sound();
  std::cout << "interrupted " << interrupted_ << " of " << options().backfill_rounds << "\n";
  EXPECT_GE(interrupted_ * 10, options().backfill_rounds) << "too few kills met a backfill";
}

}  // namespace
}  // namespace stator::crash
