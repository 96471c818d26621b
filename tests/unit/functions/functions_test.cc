#include "functions_fixture.h"

#include <filesystem>
#include <future>
#include <map>

#include "no_threads.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing_support::FunctionsTest;
using testing_support::Json;

TEST_F(FunctionsTest, DoNotStartWithoutThreads) {
  open();
  const testing_support::NoThreads none;
  const FunctionsResult started = Functions::start(database.get(), {});
  EXPECT_EQ(started.functions, nullptr);
  EXPECT_TRUE(started.error.starts_with("cannot start a thread")) << started.error;
}

// As a function does that asks the server which is deleting it.
TEST_F(FunctionsTest, DeleteAFunctionWithoutWaitingForItsCalls) {
  open();
  std::promise<void> called;
  std::promise<void> deleted;
  std::future_status waited = std::future_status::deferred;
  const auto wait = [&](std::string_view) -> HandlerResult {
    called.set_value();
    waited = deleted.get_future().wait_for(20s);
    return {};
  };
  functions = Functions::start(database.get(), {.handlers = {{"f", wait}}}).functions;
  std::promise<LambdaReply> answered;
  functions->call({.method = "POST", .path = "/2015-03-31/functions/f/invocations"},
                  [&](LambdaReply reply) { answered.set_value(std::move(reply)); });
  called.get_future().wait();
  lambda("DELETE", "/2015-03-31/functions/f");
  deleted.set_value();
  EXPECT_EQ(answered.get_future().get().status, 200);
  functions.reset();
  EXPECT_EQ(waited, std::future_status::ready);
}

TEST_F(FunctionsTest, CallsACppFunctionForEachChange) {
  open();
  create_table();
  start();
  for (int n = 1; n <= 3; ++n) put("a", n);
  EXPECT_EQ(seen.next(), "a1");
  EXPECT_EQ(seen.next(), "a2");
  EXPECT_EQ(seen.next(), "a3");
}

TEST_F(FunctionsTest, CallsItForChangesOfATableThatComesLater) {
  open();
  start();
  create_table();
  put("a", 1);
  EXPECT_EQ(seen.next(), "a1");
}

TEST_F(FunctionsTest, SaysWhichMappingsWaitForAFunction) {
  open();
  std::vector<std::string> warnings;
  FunctionsResult started =
      Functions::start(database.get(), {.file = R"({"mappings": [{"table": "tab", "function": "f"},
                                {"table": "tab", "function": "nowhere"}]})",
                                        .handlers = {{"f", seen.handler()}},
                                        .log = [&warnings](const FunctionLogLine& line) {
                                          if (line.level == FunctionLogLine::Level::warn) {
                                            warnings.push_back(std::string(line.message) + "|" +
                                                               std::string(line.function) + "|" +
                                                               std::string(line.text));
                                          }
                                        }});
  ASSERT_EQ(started.error, "");
  started.functions.reset();
  EXPECT_EQ(warnings, std::vector<std::string>{"an event source mapping waits for a function that "
                                               "is not there|nowhere|tab"});
}

TEST_F(FunctionsTest, CallsItAgainWhenItFails) {
  open();
  create_table();
  seen.fail(1);
  start();
  put("a", 1);
  EXPECT_EQ(seen.next(), "a1");
  EXPECT_EQ(seen.next(), "a1");
}

TEST_F(FunctionsTest, GoesOnWhereItWasAfterARestart) {
  const std::string directory =
      testing::TempDir() + "stator-functions-" + std::to_string(::getpid());
  std::filesystem::remove_all(directory);
  open({.directory = directory});
  create_table();
  start();
  put("a", 1);
  EXPECT_EQ(seen.next(), "a1");
  functions.reset();
  put("a", 2);
  open({.directory = directory});
  start();
  EXPECT_EQ(seen.next(), "a2");
  functions.reset();
  EXPECT_TRUE(seen.is_empty());
  EXPECT_EQ(database->check().report.problems, std::vector<std::string>());
  database.reset();
  std::filesystem::remove_all(directory);
}

TEST_F(FunctionsTest, KeepsTheOrderOfAnItemWhileShardsRollOver) {
  open({.clock = clock});
  create_table();
  start();
  for (int n = 1; n <= 40; ++n) {
    put("a", n);
    if (n % 10 == 0) clock->advance(4h + 1s);
  }
  for (int n = 1; n <= 40; ++n) EXPECT_EQ(seen.next(), "a" + std::to_string(n));
}

TEST_F(FunctionsTest, KeepsTheOrderOfItemsWhilePartitionsSplitAndShardsRollOver) {
  open({.clock = clock});
  create_table();
  start(R"({"mappings": [{"table": "tab", "function": "f", "BatchSize": 7,
                          "ParallelizationFactor": 2}]})");
  constexpr int kKeys = 20;
  constexpr int kVersions = 40;
  for (int n = 1; n <= kVersions; ++n) {
    for (int key = 0; key < kKeys; ++key) put(std::string(1, static_cast<char>('a' + key)), n);
    if (n % 8 == 0) clock->advance(4h + 1s);
    if (n == 10 || n == 30) {
      call("UpdateTable",
           {{"TableName", "tab"},
            {"WarmThroughput",
             {{"ReadUnitsPerSecond", 12'000}, {"WriteUnitsPerSecond", n == 10 ? 8'000 : 16'000}}}});
    }
  }
  std::map<char, int> last;
  for (int i = 0; i < kKeys * kVersions; ++i) {
    const std::string change = seen.next();
    ASSERT_NE(change, "") << "after " << i;
    ASSERT_EQ(std::stoi(change.substr(1)), ++last[change[0]]) << change;
  }
  EXPECT_TRUE(seen.is_empty());
}

TEST_F(FunctionsTest, HandsOverNothingYoungerThanTheLagOfStreams) {
  open({.clock = clock, .stream_lag = 60s});
  create_table();
  start();
  put("a", 1);
  clock->advance(59s);
  put("b", 1);
  EXPECT_TRUE(seen.is_empty());
  clock->advance(1s);
  EXPECT_EQ(seen.next(), "a1");
  database->set_stream_lag(0ms);
  EXPECT_EQ(seen.next(), "b1");
}

TEST_F(FunctionsTest, LeavesOutWhatWasTrimmed) {
  open({.clock = clock});
  create_table();
  put("old", 1);
  clock->advance(25h);
  put("new", 1);
  start();
  EXPECT_EQ(seen.next(), "new1");
}

TEST_F(FunctionsTest, ShowsFailuresAndMetricsWithWhatIsStators) {
  open();
  create_table();
  seen.fail(1);
  start(R"({"mappings": [{"table": "tab", "function": "f", "MaximumRetryAttempts": 0}]})");
  put("a", 1);
  EXPECT_EQ(seen.next(), "a1");
  put("a", 2);
  EXPECT_EQ(seen.next(), "a2");  // what failed is at its place by now
  Reply reply;
  functions->control({.method = "GET", .path = "/_stator/failures", .body = {}}, &reply);
  EXPECT_EQ(reply.status, 200);
  const Json failures = Json::parse(reply.body)["failures"];
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0]["requestContext"]["condition"], "RetryAttemptsExhausted");
  functions->control({.method = "POST", .path = "/_stator/failures", .body = {}}, &reply);
  EXPECT_EQ(reply.status, 405);
  functions->control({.method = "GET", .path = "/metrics", .body = {}}, &reply);
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find("dynamodb_account_max_reads"), std::string::npos);
  EXPECT_NE(reply.body.find("lambda_errors_total{function_name=\"f\"} 1\n"), std::string::npos)
      << reply.body;
}

TEST_F(FunctionsTest, SaysWhatIsWrongWithTheFile) {
  open();
  const FunctionsResult started = Functions::start(
      database.get(), {.file = R"({"mappings": [{"table": "tab"}]})", .handlers = {}});
  EXPECT_EQ(started.functions, nullptr);
  EXPECT_EQ(started.error, "mappings[0].function: is missing");
}

TEST_F(FunctionsTest, GivesFailuresToACppFunction) {
  open();
  create_table();
  seen.fail(1);
  std::mutex mu;
  std::condition_variable changed;
  std::string document;
  functions =
      Functions::start(database.get(), {.file = R"({"mappings": [{"table": "tab", "function": "f",
                                "MaximumRetryAttempts": 0, "DestinationConfig":
                                {"OnFailure": {"Destination": "handler:failed"}}}]})",
                                        .handlers = {{"f", seen.handler()}},
                                        .failure_handlers = {{"failed",
                                                              [&](std::string_view given) {
                                                                const std::lock_guard lock(mu);
                                                                document = given;
                                                                changed.notify_all();
                                                              }}}})
          .functions;
  ASSERT_NE(functions, nullptr);
  put("a", 1);
  std::unique_lock lock(mu);
  EXPECT_TRUE(changed.wait_for(lock, 20s, [&] { return !document.empty(); }));
  EXPECT_EQ(Json::parse(document)["DDBStreamBatchInfo"]["batchSize"], 1);
}

}  // namespace
}  // namespace stator
