// Requests that meet the limits of tables, indexes and partitions, on a clock that is moved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "../storage/temporary_directory.h"
#include "database_support.h"
#include "stator/clock.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing_support::answer;
using testing_support::open;
using testing_support::TemporaryDirectory;

constexpr char kProvisionedText[] =
    "The level of configured provisioned throughput for the table was exceeded. Consider "
    "increasing your provisioning level with the UpdateTable API.";

std::string throughput(int read, int write) {
  return R"("ProvisionedThroughput":{"ReadCapacityUnits":)" + std::to_string(read) +
         R"(,"WriteCapacityUnits":)" + std::to_string(write) + "}";
}

std::string reason(const std::string& name, const std::string& resource = "table") {
  return R"({"reason":")" + name +
         R"(","resource":"arn:aws:dynamodb:us-east-1:000000000000:table/)" + resource + R"("})";
}

class ThrottleTest : public testing::Test {
 protected:
  void start(CapacityMode mode = CapacityMode::enforce) {
    DatabaseOptions options;
    options.clock = clock_;
    options.capacity = mode;
    options.burst_at_start = BurstAtStart::none;
    database_ = open(std::move(options));
  }

  void create(const std::string& more, const std::string& attributes = "") {
    answer(database_.get(), "CreateTable",
           R"({"TableName":"table","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
           R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"})" +
               attributes + "]," + more + "}");
  }
  void start_provisioned(int read, int write) {
    start();
    create(throughput(read, write));
  }

  Reply call(std::string_view operation, const std::string& members) {
    return database_->call(operation, R"({"TableName":"table",)" + members + "}");
  }
  Reply put(const std::string& key, int units = 1, const std::string& more = "") {
    const std::string filler(static_cast<std::size_t>(units - 1) * 1024, 'x');
    return call("PutItem",
                R"("Item":{"pk":{"S":")" + key + R"("},"d":{"S":")" + filler + R"("}})" + more);
  }
  Reply get(const std::string& key) {
    return call("GetItem", R"("Key":{"pk":{"S":")" + key + R"("}},"ConsistentRead":true)");
  }
  // Puts of one unit until one is refused.
  int puts_until_refused(const std::string& key) {
    int count = 0;
    while (count < 100'000 && put(key).status == 200) ++count;
    return count;
  }
  // Puts of one unit that pass, of so many a second for a while, and evenly.
  double passed_per_second(int seconds, int per_second,
                           const std::function<std::string(int)>& key) {
    int passed = 0;
    for (int i = 0; i < seconds * per_second; ++i) {
      clock_->advance(std::chrono::microseconds(1'000'000 / per_second));
      if (put(key(i)).status == 200) ++passed;
    }
    return static_cast<double>(passed) / seconds;
  }

  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(TimePoint(1'000'000s));
  std::unique_ptr<Database> database_;
};

TEST_F(ThrottleTest, AProvisionedTableThrottlesBeyondItsUnits) {
  start_provisioned(5, 3);
  EXPECT_EQ(puts_until_refused("a"), 3);
  const Reply refused = put("b");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(
      refused.body,
      R"({"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",)"
      R"("message":")" +
          std::string(kProvisionedText) + R"(","ThrottlingReasons":[)" +
          reason("TableWriteProvisionedThroughputExceeded") + "]}");
  clock_->advance(1s);
  EXPECT_EQ(puts_until_refused("c"), 3);
}

TEST_F(ThrottleTest, ChangesNothingThatItThrottled) {
  start_provisioned(5, 1);
  EXPECT_EQ(put("a").status, 200);
  EXPECT_EQ(put("b").status, 400);
  EXPECT_EQ(get("b").body, "{}");
}

TEST_F(ThrottleTest, SavesFiveMinutes) {
  start_provisioned(5, 10);
  clock_->advance(1h);
  int saved = 0;
  for (int i = 0; i < 10; ++i, clock_->advance(1s)) saved += puts_until_refused("a");
  EXPECT_EQ(saved, 3000 + 9 * 10);  // and what has come in meanwhile
}

TEST_F(ThrottleTest, ATableMayBeginWithAllThatItCanSave) {
  DatabaseOptions options;
  options.clock = clock_;
  database_ = open(std::move(options));
  create(throughput(5, 2));
  EXPECT_EQ(puts_until_refused("a"), 600);
}

TEST_F(ThrottleTest, ReadsAreAdmittedThenChargedAndMayLeaveADebt) {
  start_provisioned(1, 40);
  EXPECT_EQ(put("a", 40).status, 200);
  EXPECT_EQ(get("a").status, 200);  // ten units
  EXPECT_THAT(get("a").body, HasSubstr(reason("TableReadProvisionedThroughputExceeded")));
  clock_->advance(9s);
  EXPECT_EQ(get("a").status, 400);
  clock_->advance(1ms);
  EXPECT_EQ(get("a").status, 200);
}

TEST_F(ThrottleTest, QueriesAndScansAreThrottledAsWell) {
  start_provisioned(1, 40);
  put("a", 40);
  EXPECT_EQ(call("Scan", R"("ConsistentRead":true)").status, 200);
  EXPECT_EQ(call("Scan", R"("Limit":1)").status, 400);
  const std::string query =
      R"("KeyConditionExpression":"pk = :k","ExpressionAttributeValues":{":k":{"S":"b"}})";
  EXPECT_THAT(call("Query", query).body, HasSubstr("ProvisionedThroughputExceededException"));
  clock_->advance(10s);
  EXPECT_EQ(call("Query", query).status, 200);
}

TEST_F(ThrottleTest, AConditionThatFailsIsPaidFor) {
  start_provisioned(5, 3);
  EXPECT_EQ(put("a", 1).status, 200);
  const std::string condition = R"+(,"ConditionExpression":"attribute_not_exists(pk)")+";
  EXPECT_THAT(put("a", 1, condition).body, HasSubstr("ConditionalCheckFailedException"));
  EXPECT_THAT(put("a", 1, condition).body, HasSubstr("ConditionalCheckFailedException"));
  EXPECT_THAT(put("a", 1, condition).body, HasSubstr("ProvisionedThroughputExceededException"));
}

TEST_F(ThrottleTest, AHotKeyThrottlesAlthoughTheTableHasCapacityToSpare) {
  start_provisioned(1, 5000);
  EXPECT_EQ(puts_until_refused("a"), 1000);
  EXPECT_THAT(put("a").body, HasSubstr("ProvisionedThroughputExceededException"));
  EXPECT_THAT(put("a").body, HasSubstr(reason("TableWriteKeyRangeThroughputExceeded")));
}

TEST_F(ThrottleTest, AnOnDemandTableNamesItsHotKey) {
  start();
  create(R"("BillingMode":"PAY_PER_REQUEST")");
  EXPECT_EQ(puts_until_refused("a"), 1000);
  const std::string body = put("a").body;
  EXPECT_THAT(body, HasSubstr(R"("com.amazon.coral.availability#ThrottlingException")"));
  EXPECT_THAT(body, HasSubstr(R"("throttlingReasons":[)" +
                              reason("TableWriteKeyRangeThroughputExceeded") + "]"));
  EXPECT_THAT(body, HasSubstr("Throughput exceeds the current capacity of your table or index."));
}

TEST_F(ThrottleTest, AnOnDemandMaximumIsAReasonOfItsOwn) {
  start();
  create(R"("BillingMode":"PAY_PER_REQUEST","OnDemandThroughput":{"MaxReadRequestUnits":7,)"
         R"("MaxWriteRequestUnits":2})");
  EXPECT_EQ(puts_until_refused("a"), 2);
  const std::string body = put("a").body;
  EXPECT_THAT(body, HasSubstr("ThrottlingException"));
  EXPECT_THAT(body, HasSubstr("Throughput exceeds the maximum OnDemandThroughput configured on "
                              "table or index"));
  EXPECT_THAT(body, HasSubstr(reason("TableWriteMaxOnDemandThroughputExceeded")));
}

constexpr char kIndexKey[] = R"(,{"AttributeName":"g","AttributeType":"S"})";
std::string index(int read, int write) {
  return R"(,"GlobalSecondaryIndexes":[{"IndexName":"index","KeySchema":)"
         R"([{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"},)" +
         throughput(read, write) + "}]";
}

TEST_F(ThrottleTest, AnIndexWithoutCapacityThrottlesTheWriteOfItsTable) {
  start();
  create(throughput(5, 100) + index(5, 1), kIndexKey);
  const auto put_indexed = [&](const std::string& key) {
    return call("PutItem", R"("Item":{"pk":{"S":")" + key + R"("},"g":{"S":"g"}})");
  };
  EXPECT_EQ(put_indexed("a").status, 200);
  const Reply refused = put_indexed("b");
  EXPECT_THAT(refused.body, HasSubstr("one or more global secondary indexes"));
  EXPECT_THAT(
      refused.body,
      HasSubstr(R"("ThrottlingReasons":[)" +
                reason("IndexWriteProvisionedThroughputExceeded", "table/index/index") + "]"));
  EXPECT_EQ(get("b").body, "{}");
  // What has no row in the index needs none of its capacity, and nothing of the table's was taken.
  EXPECT_EQ(puts_until_refused("c"), 99);
}

TEST_F(ThrottleTest, ReadsOfAnIndexAreItsOwn) {
  start();
  create(throughput(1, 100) + index(1, 100), kIndexKey);
  const std::string query = R"("IndexName":"index","KeyConditionExpression":"g = :k",)"
                            R"("ExpressionAttributeValues":{":k":{"S":"g"}})";
  EXPECT_EQ(call("Query", query).status, 200);
  EXPECT_EQ(call("Query", query).status, 200);  // half a unit each
  EXPECT_THAT(call("Query", query).body,
              HasSubstr(reason("IndexReadProvisionedThroughputExceeded", "table/index/index")));
  EXPECT_EQ(get("a").status, 200);
}

std::string put_requests(int count) {
  std::string writes;
  for (int i = 0; i < count; ++i) {
    if (i > 0) writes += ",";
    writes += R"({"PutRequest":{"Item":{"pk":{"S":")" + std::to_string(i) + R"("}}}})";
  }
  return R"({"RequestItems":{"table":[)" + writes + "]}}";
}

TEST_F(ThrottleTest, ABatchOfWritesReturnsWhatWasThrottled) {
  start_provisioned(5, 3);
  EXPECT_EQ(answer(database_.get(), "BatchWriteItem", put_requests(5)),
            R"({"UnprocessedItems":{"table":[{"PutRequest":{"Item":{"pk":{"S":"3"}}}},)"
            R"({"PutRequest":{"Item":{"pk":{"S":"4"}}}}]}})");
  EXPECT_THAT(answer(database_.get(), "BatchWriteItem", put_requests(2), 400),
              HasSubstr(R"("ThrottlingReasons":[)" +
                        reason("TableWriteProvisionedThroughputExceeded") + "]"));
}

TEST_F(ThrottleTest, ABatchOfReadsReturnsWhatWasThrottled) {
  start_provisioned(1, 10);
  put("a");
  const std::string keys =
      R"({"RequestItems":{"table":{"ConsistentRead":true,"Keys":[{"pk":{"S":"a"}},{"pk":{"S":"b"}}]}}})";
  EXPECT_EQ(answer(database_.get(), "BatchGetItem", keys),
            R"({"Responses":{"table":[{"d":{"S":""},"pk":{"S":"a"}}]},)"
            R"("UnprocessedKeys":{"table":{"Keys":[{"pk":{"S":"b"}}],"ConsistentRead":true}}})");
  EXPECT_THAT(answer(database_.get(), "BatchGetItem", keys, 400),
              HasSubstr("ProvisionedThroughputExceededException"));
}

TEST_F(ThrottleTest, ABatchOfReadsThatFailsNamesEveryTableThatThrottledIt) {
  start_provisioned(1, 10);
  answer(database_.get(), "CreateTable",
         R"({"TableName":"other","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
         R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)" +
             throughput(1, 10) + "}");
  const std::string keys = R"({"ConsistentRead":true,"Keys":[{"pk":{"S":"a"}},{"pk":{"S":"b"}}]})";
  const std::string both = R"({"RequestItems":{"table":)" + keys + R"(,"other":)" + keys + "}}";
  answer(database_.get(), "BatchGetItem", both);
  EXPECT_THAT(
      answer(database_.get(), "BatchGetItem", both, 400),
      HasSubstr(R"("ThrottlingReasons":[)" + reason("TableReadProvisionedThroughputExceeded") +
                "," + reason("TableReadProvisionedThroughputExceeded", "other") + "]"));
}

TEST_F(ThrottleTest, ObservingAndOffThrottleNothing) {
  for (const CapacityMode mode : {CapacityMode::observe, CapacityMode::off}) {
    start(mode);
    create(throughput(1, 1));
    for (int i = 0; i < 10; ++i) {
      EXPECT_EQ(put("a").status, 200);
      EXPECT_EQ(get("a").status, 200);
    }
  }
}

TEST_F(ThrottleTest, TheModeIsChangedWhileItRuns) {
  start_provisioned(1, 1);
  put("a");
  EXPECT_EQ(put("a").status, 400);
  Reply reply;
  database_->control({.method = "POST",
                      .path = "/_stator/capacity",
                      .body = R"({"table":"table","mode":"observe"})"},
                     &reply);
  EXPECT_EQ(reply.body, R"({"mode":"enforce","tables":[{"table":"table","mode":"observe"}]})");
  EXPECT_EQ(put("a").status, 200);
  EXPECT_TRUE(database_->set_capacity_mode("table", std::nullopt));
  EXPECT_EQ(put("a").status, 400);
  database_->set_capacity_mode(CapacityMode::off);
  EXPECT_EQ(put("a").status, 200);
  database_->control({.method = "GET", .path = "/_stator/capacity", .body = ""}, &reply);
  EXPECT_EQ(reply.body, R"({"mode":"off","tables":[]})");
}

TEST_F(ThrottleTest, AModeThatThereIsNotIsRefused) {
  start_provisioned(1, 1);
  EXPECT_FALSE(database_->set_capacity_mode("other", CapacityMode::off));
  for (const auto& [body, text] : std::vector<std::pair<std::string, std::string>>{
           {R"({"mode":"fast"})", "mode is not one of enforce, observe, off: fast"},
           {R"({"mode":1})", "mode is not a string"},
           {R"({"mode":null})", "mode is null, which is for a table"},
           {R"({"table":"table"})", "mode is missing"},
           {R"({"mode":"off","table":"other"})", "no such table: other"},
           {R"({"mode":"off","tabel":"table"})", "unknown member: tabel"}}) {
    Reply reply;
    database_->control({.method = "POST", .path = "/_stator/capacity", .body = body}, &reply);
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.body, R"({"message":")" + text + R"("})");
  }
}

TEST_F(ThrottleTest, UpdateTableRaisesTheLimitAndKeepsWhatWasSaved) {
  start_provisioned(1, 2);
  clock_->advance(10s);  // ten seconds saved
  answer(database_.get(), "UpdateTable", R"({"TableName":"table",)" + throughput(1, 100) + "}");
  EXPECT_EQ(puts_until_refused("a"), 22);
  clock_->advance(1s);
  EXPECT_EQ(puts_until_refused("a"), 100);
}

TEST_F(ThrottleTest, APartitionThatStaysHotIsSplitUntilItsKeysAreServed) {
  start();
  create(throughput(1, 2000));
  // Four keys of 450 writes a second, of which three share one of the two partitions.
  const auto key = [](int i) { return "n" + std::to_string(i % 4); };
  EXPECT_LT(passed_per_second(20, 1800, key), 1600);
  passed_per_second(130, 1800, key);
  EXPECT_EQ(passed_per_second(20, 1800, key), 1800);
}

TEST_F(ThrottleTest, APartitionThatGrowsTooLargeIsSplit) {
  DatabaseOptions options;
  options.clock = clock_;
  options.burst_at_start = BurstAtStart::none;
  options.partition_bytes_max = 512 << 10;
  database_ = open(std::move(options));
  create(throughput(1, 900));
  clock_->advance(300s);
  // The table has saved enough for 2,000 units in a second, its one partition has not.
  const auto fill_second = [&] {
    int passed = 0;
    clock_->advance(1s);
    for (int i = 0; i < 40; ++i) passed += put(std::to_string(i), 50).status == 200 ? 1 : 0;
    return passed;
  };
  EXPECT_EQ(fill_second(), 20);
  fill_second();  // its first request finds that the partition is too large
  EXPECT_EQ(fill_second(), 40);
}

TEST_F(ThrottleTest, WhatAnOnDemandTableHasServedIsKept) {
  const TemporaryDirectory directory;
  DatabaseOptions options;
  options.directory = directory.path();
  options.clock = clock_;
  database_ = open(options);
  create(R"("BillingMode":"PAY_PER_REQUEST")");
  const auto warm = [&] {
    return answer(database_.get(), "DescribeTable", R"({"TableName":"table"})");
  };
  EXPECT_THAT(warm(), HasSubstr(R"("WriteUnitsPerSecond":4000)"));
  passed_per_second(120, 3500, [](int i) { return std::to_string(i % 1000); });
  clock_->advance(1h);
  passed_per_second(5, 100, [](int i) { return std::to_string(i); });
  EXPECT_THAT(warm(), HasSubstr(R"("WriteUnitsPerSecond":7)"));
  database_.reset();
  database_ = open(options);
  EXPECT_THAT(warm(), HasSubstr(R"("WriteUnitsPerSecond":7)"));
}

}  // namespace
}  // namespace stator
