// Kills the server while it hands changes to a function: after every restart delivery goes on where
// it was, at least once, and no item's change comes before an earlier one.
#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "crash_options.h"
#include "http_listener.h"
#include "load.h"
#include "server_process.h"

namespace stator::crash {
namespace {

using namespace std::chrono_literals;

constexpr char kTable[] = "counted";
constexpr int kItems = 8;
constexpr int kWritesOfRoundMax = 120;
constexpr int kFailEvery = 9;  // invocations

// The function: an item's changes are its numbers from 1 on. Thread-safe.
class Function {
 public:
  // A life of the server: what was on its way when it ended comes again.
  //   path  at which this life's requests come
  void begin_life(const std::string& path) {
    const std::lock_guard lock(mu_);
    path_ = path;
    last_.clear();
  }

  // Answers an Invoke request; with nothing what a dying server sent a part of, or what waited
  // until it was dead.
  std::string answer(const std::string& request) {
    const std::size_t head = request.find("\r\n\r\n");
    if (head == std::string::npos) return "";
    const Json event = Json::parse(request.substr(head + 4), nullptr, false);
    if (event.is_discarded()) return "";
    const std::lock_guard lock(mu_);
    if (!request.starts_with("POST " + path_ + " ")) return "";
    for (const Json& record : event["Records"]) take(record["dynamodb"]["NewImage"]);
    changed_.notify_all();
    if (++invocations_ % kFailEvery == 0) {
      last_.clear();  // the batch comes again
      return support::http_answer(R"({"errorType":"Told","errorMessage":"to fail"})", 200,
                                  "X-Amz-Function-Error: Unhandled\r\n");
    }
    return support::http_answer("{}");
  }

  // Waits until so many changes have come for the first time, or there is none for a while.
  void wait_for(int changes) {
    std::unique_lock lock(mu_);
    while (first_times_ < changes) {
      const int before = first_times_;
      changed_.wait_for(lock, 5s);
      if (first_times_ == before) return;
    }
  }

  // Waits until each item's last change has come.
  bool wait_for_all(const std::map<std::string, int>& numbers) {
    std::unique_lock lock(mu_);
    return changed_.wait_for(lock, 60s, [&] { return newest_ == numbers; });
  }

  int first_times() {
    const std::lock_guard lock(mu_);
    return first_times_;
  }

  std::string faults() {
    const std::lock_guard lock(mu_);
    return faults_;
  }

 private:
  void take(const Json& image) {
    const std::string item = image["pk"]["S"];
    const int number = std::stoi(image["n"]["N"].get<std::string>());
    int& newest = newest_[item];
    if (number > newest + 1) note(item, newest, number, "skipped");
    const auto last = last_.find(item);
    if (last != last_.end() && number != last->second + 1) {
      note(item, last->second, number, "out of order");
    }
    last_[item] = number;
    if (number <= newest) return;
    newest = number;
    ++first_times_;
  }

  void note(const std::string& item, int before, int number, const char* what) {
    faults_ += item + ": " + std::to_string(number) + " after " + std::to_string(before) + ": " +
               what + "\n";
  }

  std::mutex mu_;
  std::condition_variable changed_;
  std::string path_;
  std::map<std::string, int> last_;    // of this life, since a batch failed
  std::map<std::string, int> newest_;  // ever
  int first_times_ = 0;
  int invocations_ = 0;
  std::string faults_;
};

class DeliveryTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  void TearDown() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  // One lane a shard, or two: then the order is that of items alone.
  void begin_life(int life) {
    const std::string path = "/count" + std::to_string(life);
    function_.begin_life(path);
    const Json mapping = {{"table", kTable},
                          {"function", "count"},
                          {"BatchSize", 7},
                          {"ParallelizationFactor", 1 + life % 2},
                          {"BisectBatchOnFunctionError", false}};
    const Json file = {{"functions", {{{"name", "count"}, {"url", listener_.url(path)}}}},
                       {"mappings", {mapping}}};
    std::ofstream(directory_ + "/functions.json") << file.dump();
  }

  std::vector<std::string> arguments() const {
    return {"--port",
            "0",
            "--data",
            directory_ + "/data",
            "--functions",
            directory_ + "/functions.json",
            "--log-level",
            "error",
            "--capacity",
            "off",
            "--stream-rollover",
            "500ms"};
  }

  static void create_table(const Ask& ask) {
    ask("CreateTable",
        {{"TableName", kTable},
         {"KeySchema", key_schema("pk", "")},
         {"AttributeDefinitions", {definition("pk", "S")}},
         {"BillingMode", "PAY_PER_REQUEST"},
         {"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", "NEW_IMAGE"}}}});
  }

  void write(const Ask& ask) {
    const Json key = {{"pk", {{"S", "item" + std::to_string(random_() % kItems)}}}};
    ask("UpdateItem", {{"TableName", kTable},
                       {"Key", key},
                       {"UpdateExpression", "ADD n :one"},
                       {"ExpressionAttributeValues", {{":one", {{"N", "1"}}}}}});
  }

  static std::map<std::string, int> numbers(const Ask& ask) {
    std::map<std::string, int> numbers;
    const Json page = ask("Scan", {{"TableName", kTable}, {"ConsistentRead", true}});
    for (const Json& item : page["Items"]) {
      numbers[item["pk"]["S"]] = std::stoi(item["n"]["N"].get<std::string>());
    }
    return numbers;
  }

  // Writes, and kills the server when some of it has come.
  void run_round(bool is_first) {
    ServerProcess server(arguments());
    support::HttpClient client("127.0.0.1", server.wait_until_ready());
    const Ask ask = ask_server(&client);
    if (is_first) create_table(ask);
    const int writes = 1 + static_cast<int>(random_() % kWritesOfRoundMax);
    const int before = function_.first_times();
    for (int i = 0; i < writes; ++i) write(ask);
    function_.wait_for(before + static_cast<int>(random_() % static_cast<unsigned>(writes)));
    EXPECT_EQ(server.end_with(SIGKILL).signal, SIGKILL);
  }

  const std::string directory_ =
      testing::TempDir() + "stator-delivery-" + std::to_string(::getpid());
  std::mt19937_64 random_{options().seed};
  Function function_;
  support::HttpListener listener_{
      [this](const std::string& request) { return function_.answer(request); }};
};

TEST_F(DeliveryTest, NothingIsSkippedAndAnItemsChangesKeepTheirOrder) {
  for (int round = 0; round < options().delivery_rounds; ++round) {
    SCOPED_TRACE("seed " + std::to_string(options().seed) + ", round " + std::to_string(round));
    begin_life(round);
    run_round(round == 0);
    ASSERT_EQ(function_.faults(), "") << "the directory is kept: " << directory_;
  }
  begin_life(options().delivery_rounds);
  ServerProcess server(arguments());
  support::HttpClient client("127.0.0.1", server.wait_until_ready());
  EXPECT_TRUE(function_.wait_for_all(numbers(ask_server(&client))));
  EXPECT_EQ(function_.faults(), "");
  EXPECT_EQ(server.end_with(SIGTERM).exit_status, 0);
}

}  // namespace
}  // namespace stator::crash
