// A database whose GET /metrics is read, on a clock that is moved.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "database_support.h"
#include "stator/clock.h"

namespace stator::testing_support {

class MetricsTest : public testing::Test {
 protected:
  void start(DatabaseOptions options = {}) {
    if (!options.clock) options.clock = clock_;
    options.burst_at_start = BurstAtStart::none;
    database_ = open(std::move(options));
  }
  void create(const std::string& name, int read, int write) {
    const std::string units = R"("ProvisionedThroughput":{"ReadCapacityUnits":)" +
                              std::to_string(read) + R"(,"WriteCapacityUnits":)" +
                              std::to_string(write) + "}";
    answer(database_.get(), "CreateTable",
           R"({"TableName":")" + name +
               R"(","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
               R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
               R"({"AttributeName":"g","AttributeType":"S"}],)" +
               units +
               R"(,"GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[)"
               R"({"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"},)" +
               units + "}]}");
  }
  Reply put(const std::string& table, const std::string& more = "") {
    return database_->call(
        "PutItem",
        R"({"TableName":")" + table + R"(","Item":{"pk":{"S":"a"},"g":{"S":"b"}})" + more + "}");
  }
  std::string metrics() {
    Reply reply;
    database_->control({.method = "GET", .path = "/metrics", .body = {}}, &reply);
    EXPECT_EQ(reply.status, 200);
    return reply.body;
  }

  const std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(TimePoint(std::chrono::seconds(1'000'000)));
  std::unique_ptr<Database> database_;
};

}  // namespace stator::testing_support
