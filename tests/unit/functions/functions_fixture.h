// A database whose changes go to a C++ function.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "stator/functions.h"

namespace stator::testing_support {

using namespace std::chrono_literals;
using Json = nlohmann::json;

inline constexpr char kMapping[] = R"({"mappings": [{"table": "tab", "function": "f"}]})";
inline constexpr TimePoint kStart{std::chrono::seconds(1'700'000'000)};

// A C++ function and what it was given, which a test waits for. Thread-safe; outlives what calls
// it.
class Seen {
 public:
  Handler handler() {
    return [this](std::string_view event) {
      const Json parsed = Json::parse(event);
      const std::lock_guard lock(mu_);
      for (const Json& record : parsed["Records"]) {
        const Json& change = record["dynamodb"];
        seen_.push_back(change["Keys"]["k"]["S"].get<std::string>() +
                        (change.contains("NewImage") && change["NewImage"].contains("n")
                             ? change["NewImage"]["n"]["N"].get<std::string>()
                             : ""));
      }
      changed_.notify_all();
      return failures_left_-- > 0 ? HandlerResult{.error_type = "Told"} : HandlerResult{};
    };
  }

  void fail(int times) {
    const std::lock_guard lock(mu_);
    failures_left_ = times;
  }

  // The next one; after 20 seconds an empty one.
  std::string next() {
    std::unique_lock lock(mu_);
    if (!changed_.wait_for(lock, 20s, [this] { return !seen_.empty(); })) return "";
    std::string first = std::move(seen_.front());
    seen_.pop_front();
    return first;
  }

  bool is_empty() {
    const std::lock_guard lock(mu_);
    return seen_.empty();
  }

 private:
  std::mutex mu_;
  std::condition_variable changed_;
  std::deque<std::string> seen_;
  int failures_left_ = 0;
};

class FunctionsTest : public testing::Test {
 protected:
  void open(DatabaseOptions options = {}) {
    functions.reset();
    database.reset();
    options.capacity = CapacityMode::off;
    database = Database::open(std::move(options)).database;
    ASSERT_NE(database, nullptr);
  }

  void start(const std::string& file = kMapping) {
    FunctionsResult started =
        Functions::start(database.get(), {.file = file, .handlers = {{"f", seen.handler()}}});
    ASSERT_EQ(started.error, "");
    functions = std::move(started.functions);
  }

  Json call(std::string_view operation, const Json& request) {
    const std::string body = request.dump();
    Reply reply;
    database->call({.operation = operation, .body = body, .caller = caller}, &reply);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return Json::parse(reply.body);
  }

  // Returns the ARN of its stream.
  std::string create_table() {
    const Json made =
        call("CreateTable",
             {{"TableName", "tab"},
              {"BillingMode", "PAY_PER_REQUEST"},
              {"AttributeDefinitions", {{{"AttributeName", "k"}, {"AttributeType", "S"}}}},
              {"KeySchema", {{{"AttributeName", "k"}, {"KeyType", "HASH"}}}},
              {"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", "NEW_IMAGE"}}}});
    return made["TableDescription"]["LatestStreamArn"];
  }

  void put(const std::string& key, int n) {
    call("PutItem", {{"TableName", "tab"},
                     {"Item", {{"k", {{"S", key}}}, {"n", {{"N", std::to_string(n)}}}}}});
  }

  Json lambda(std::string_view method, const std::string& path, const Json& body = {}) {
    const std::string text = body.is_null() ? "" : body.dump();
    const LambdaReply reply = functions->call({.method = method,
                                               .path = path,
                                               .query = {},
                                               .body = text,
                                               .invocation_type = {},
                                               .access_key = caller.access_key,
                                               .is_local = true});
    EXPECT_LT(reply.status, 300) << reply.body;
    return reply.body.empty() ? Json() : Json::parse(reply.body);
  }

  Seen seen;
  Caller caller;  // whose tables are meant
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(kStart);
  std::unique_ptr<Database> database;
  std::unique_ptr<Functions> functions;
};

}  // namespace stator::testing_support
