// A test suite with a DynamoDB of its own in each test: no port, no container, nothing to clean up.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "stator/database.h"
#include "stator/functions.h"
#include "stator/server.h"

namespace {

using namespace std::chrono_literals;

constexpr const char* kCreateOrders = R"({
  "TableName": "Orders",
  "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
  "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
  "BillingMode": "PAY_PER_REQUEST",
  "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"}})";

class Orders : public testing::Test {
 protected:
  void SetUp() override {
    stator::OpenResult opened = stator::Database::open({.clock = clock_, .seed = 1});
    ASSERT_TRUE(opened.database) << opened.error;
    database_ = std::move(opened.database);
    ASSERT_EQ(call("CreateTable", kCreateOrders).status, 200);
  }

  stator::Reply call(const char* operation, const std::string& json) {
    return database_->call(operation, json);
  }

  std::string get(const std::string& id) {
    return call("GetItem", R"({"TableName": "Orders", "Key": {"id": {"S": ")" + id + R"("}}})")
        .body;
  }

  // Of the tests: it stands still until one of them moves it.
  const std::shared_ptr<stator::ManualClock> clock_ =
      std::make_shared<stator::ManualClock>(stator::TimePoint(std::chrono::hours(24 * 365 * 50)));
  std::unique_ptr<stator::Database> database_;
};

TEST_F(Orders, AreWrittenOnce) {
  const char* const put = R"json({
      "TableName": "Orders", "Item": {"id": {"S": "1"}, "sum": {"N": "7"}},
      "ConditionExpression": "attribute_not_exists(id)"})json";
  EXPECT_EQ(call("PutItem", put).status, 200);
  EXPECT_EQ(get("1"), R"({"Item":{"id":{"S":"1"},"sum":{"N":"7"}}})");

  const stator::Reply again = call("PutItem", put);
  EXPECT_EQ(again.status, 400);
  EXPECT_NE(again.body.find("ConditionalCheckFailedException"), std::string::npos) << again.body;
}

TEST_F(Orders, ExpireWithinNoTimeOfTheTest) {
  ASSERT_EQ(call("UpdateTimeToLive",
                 R"({"TableName": "Orders", "TimeToLiveSpecification":
                     {"Enabled": true, "AttributeName": "until"}})")
                .status,
            200);
  const auto until = std::chrono::floor<std::chrono::seconds>(clock_->now() + 24h);
  const std::string seconds = std::to_string(until.time_since_epoch().count());
  call("PutItem", R"({"TableName": "Orders", "Item": {"id": {"S": "1"}, "until": {"N": ")" +
                      seconds + R"("}}})");

  clock_->advance(23h);
  EXPECT_NE(get("1"), "{}");
  clock_->advance(2h);
  EXPECT_EQ(get("1"), "{}");
}

TEST_F(Orders, CallAFunctionWhenTheyChange) {
  std::promise<std::string> called;
  stator::FunctionsOptions options;
  options.file = R"({"mappings": [{"table": "Orders", "function": "audit"}]})";
  options.handlers["audit"] = [&called](std::string_view event) {
    called.set_value(std::string(event));
    return stator::HandlerResult{};
  };
  const auto started = stator::Functions::start(database_.get(), std::move(options));
  ASSERT_TRUE(started.functions) << started.error;

  call("PutItem", R"({"TableName": "Orders", "Item": {"id": {"S": "1"}}})");
  const std::string event = called.get_future().get();
  EXPECT_NE(event.find(R"("eventName":"INSERT")"), std::string::npos) << event;
}

TEST_F(Orders, AreServedToAnySdk) {
  const stator::ServerResult started = stator::Server::start(database_.get(), {});
  ASSERT_TRUE(started.server) << started.error;
  EXPECT_EQ(started.server->endpoint(),
            "http://127.0.0.1:" + std::to_string(started.server->port()));
}

}  // namespace
