// GET /metrics: what was served.
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "metrics_fixture.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing_support::answer;
using testing_support::MetricsTest;

// A clock of which each look takes a while.
class SlowClock final : public Clock {
 public:
  TimePoint now() const override { return TimePoint(1h + 1ms * looks_++); }

 private:
  mutable std::atomic<int> looks_{0};
};

TEST_F(MetricsTest, CountConsumedUnitsOfTablesAndIndexes) {
  start();
  create("tab", 7, 9);
  put("tab");
  put("tab");
  answer(database_.get(), "GetItem", R"({"TableName":"tab","Key":{"pk":{"S":"a"}}})");
  const std::string text = metrics();
  EXPECT_THAT(text,
              HasSubstr("\ndynamodb_consumed_write_capacity_units_total{table_name=\"tab\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_consumed_write_capacity_units_total{table_name=\"tab\","
                              "global_secondary_index_name=\"gsi\"} 1\n"));
  EXPECT_THAT(text,
              HasSubstr("\ndynamodb_consumed_read_capacity_units_total{table_name=\"tab\"} 0.5\n"));
  EXPECT_THAT(text,
              HasSubstr("\ndynamodb_provisioned_read_capacity_units{table_name=\"tab\"} 7\n"));
  EXPECT_THAT(text,
              HasSubstr("\ndynamodb_provisioned_write_capacity_units{table_name=\"tab\"} 9\n"));
  EXPECT_THAT(text,
              HasSubstr("\ndynamodb_account_provisioned_write_capacity_utilization 0.0225\n"));
  EXPECT_THAT(text,
              HasSubstr("\ndynamodb_max_provisioned_table_write_capacity_utilization 0.0225\n"));
  EXPECT_THAT(text, HasSubstr("\nstator_partitions{table_name=\"tab\"} 1\n"));
}

TEST_F(MetricsTest, MeasureTheLatencyOfWhatSucceeded) {
  DatabaseOptions options;
  options.clock = std::make_shared<SlowClock>();
  start(std::move(options));
  create("tab", 50, 50);
  put("tab");
  put("tab");
  const std::string name = "\ndynamodb_successful_request_latency_seconds";
  const std::string labels = "{table_name=\"tab\",operation=\"PutItem\"";
  const std::string text = metrics();
  EXPECT_THAT(text, HasSubstr(name + "_bucket" + labels + ",le=\"0.0005\"} 0\n"));
  EXPECT_THAT(text, HasSubstr(name + "_bucket" + labels + ",le=\"0.001\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(name + "_bucket" + labels + ",le=\"+Inf\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(name + "_sum" + labels + "} 0.002\n"));
  EXPECT_THAT(text, HasSubstr(name + "_count" + labels + "} 2\n"));
}

TEST_F(MetricsTest, CountItemsOfQueriesAndScans) {
  start();
  create("tab", 50, 50);
  put("tab");
  answer(database_.get(), "PutItem", R"({"TableName":"tab","Item":{"pk":{"S":"z"}}})");
  answer(database_.get(), "Scan", R"({"TableName":"tab"})");
  answer(database_.get(), "Scan", R"({"TableName":"tab","IndexName":"gsi"})");
  const std::string text = metrics();
  EXPECT_THAT(text, HasSubstr("\ndynamodb_returned_item_count_total{table_name=\"tab\","
                              "operation=\"Scan\"} 3\n"));
  EXPECT_THAT(text, Not(HasSubstr("dynamodb_returned_item_count_total{table_name=\"tab\","
                                  "operation=\"PutItem\"}")));
}

TEST_F(MetricsTest, CountItemsOfStatements) {
  start();
  create("tab", 50, 50);
  put("tab");
  answer(database_.get(), "ExecuteStatement", R"({"Statement":"SELECT * FROM tab"})");
  EXPECT_THAT(metrics(), HasSubstr("\ndynamodb_returned_item_count_total{table_name=\"tab\","
                                   "operation=\"ExecuteStatement\"} 1\n"));
}

// Of a shard of "tab", from its first record on.
std::string oldest_records(Database* database, const std::string& stream) {
  const auto text_of = [](const std::string& body, const std::string& member) {
    const std::size_t at = body.find("\"" + member + "\":\"") + member.size() + 4;
    return body.substr(at, body.find('"', at) - at);
  };
  const std::string described =
      answer(database, "DescribeStream", R"({"StreamArn":")" + stream + "\"}");
  return text_of(answer(database, "GetShardIterator",
                        R"({"ShardIteratorType":"TRIM_HORIZON","StreamArn":")" + stream +
                            R"(","ShardId":")" + text_of(described, "ShardId") + "\"}"),
                 "ShardIterator");
}

TEST_F(MetricsTest, CountWhatGetRecordsReturnsByStream) {
  start();
  create("tab", 50, 50);
  answer(database_.get(), "UpdateTable",
         R"({"TableName":"tab","StreamSpecification":{"StreamEnabled":true,)"
         R"("StreamViewType":"KEYS_ONLY"}})");
  const std::string label = "1970-01-12T13:46:40.000";
  const std::string stream = "arn:aws:dynamodb:us-east-1:000000000000:table/tab/stream/" + label;
  put("tab");
  put("tab", R"(,"ReturnValues":"ALL_OLD")");
  answer(database_.get(), "PutItem", R"({"TableName":"tab","Item":{"pk":{"S":"z"}}})");
  const std::string get = R"({"ShardIterator":")" + oldest_records(database_.get(), stream) + "\"}";
  answer(database_.get(), "GetRecords", get);
  answer(database_.get(), "GetRecords", get);
  const std::string text = metrics();
  const std::string labels =
      "{table_name=\"tab\",operation=\"GetRecords\",stream_label=\"" + label + "\"";
  EXPECT_THAT(text, HasSubstr("\ndynamodb_returned_records_count_total" + labels + "} 4\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_returned_bytes_total" + labels + "} 12\n"));
  EXPECT_THAT(text,
              HasSubstr("\ndynamodb_successful_request_latency_seconds_count" + labels + "} 2\n"));
}

TEST_F(MetricsTest, SayHowFarAnIndexIsThatIsAdded) {
  DatabaseOptions options;
  options.transitions.backfilling = 20s;
  start(std::move(options));
  create("tab", 50, 50);
  const std::string name = "dynamodb_online_index_percentage_progress{";
  EXPECT_THAT(metrics(), Not(HasSubstr(name)));
  answer(database_.get(), "UpdateTable",
         R"({"TableName":"tab","AttributeDefinitions":[{"AttributeName":"h","AttributeType":"S"}],)"
         R"("GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"added","KeySchema":[)"
         R"({"AttributeName":"h","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"},)"
         R"("ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}}]})");
  EXPECT_THAT(metrics(), HasSubstr("\n" + name +
                                   "table_name=\"tab\",global_secondary_index_name="
                                   "\"added\"} 100\n"));
  clock_->advance(20s);
  EXPECT_THAT(metrics(), Not(HasSubstr(name)));
}

TEST_F(MetricsTest, CountARequestOverTablesForEachOfThem) {
  start();
  create("one", 50, 50);
  create("two", 50, 50);
  answer(database_.get(), "BatchWriteItem",
         R"({"RequestItems":{"one":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}}],)"
         R"("two":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}}]}})");
  for (const std::string table : {"one", "two"}) {
    EXPECT_THAT(metrics(),
                HasSubstr("_count{table_name=\"" + table + "\",operation=\"BatchWriteItem\"} 1\n"));
  }
}

TEST_F(MetricsTest, GoOnWhenATableIsUpdatedAndBeginAgainWhenItIsNew) {
  start();
  create("tab", 50, 50);
  put("tab");
  answer(database_.get(), "UpdateTable",
         R"({"TableName":"tab","DeletionProtectionEnabled":false})");
  const std::string count = "_count{table_name=\"tab\",operation=\"PutItem\"}";
  EXPECT_THAT(metrics(), HasSubstr(count + " 1\n"));
  answer(database_.get(), "DeleteTable", R"({"TableName":"tab"})");
  EXPECT_THAT(metrics(), Not(HasSubstr("\"tab\"")));
  create("tab", 50, 50);
  EXPECT_THAT(metrics(), Not(HasSubstr(count)));
  EXPECT_THAT(metrics(), HasSubstr("capacity_units_total{table_name=\"tab\"} 0\n"));
}

TEST_F(MetricsTest, StandInOneBlockForEachFamily) {
  start();
  create("tab", 50, 50);
  put("tab");
  std::istringstream lines(metrics());
  std::set<std::string> families;
  std::string family;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) {
      family = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_TRUE(families.insert(family).second) << line;
    } else if (!line.starts_with("# TYPE " + family + " ")) {
      EXPECT_TRUE(line.starts_with(family)) << line;
    }
  }
  EXPECT_EQ(families.size(), 37U);
}

TEST_F(MetricsTest, CountWhatManyThreadsDo) {
  start();
  create("tab", 10'000, 10'000);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      for (int n = 0; n < 200; ++n) put("tab");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(metrics(), HasSubstr("_count{table_name=\"tab\",operation=\"PutItem\"} 800\n"));
}

TEST_F(MetricsTest, TakeNoParameters) {
  start();
  Reply reply;
  database_->control({.method = "GET", .path = "/metrics", .body = {}, .query = "a=b"}, &reply);
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, R"({"message":"unknown parameter: a"})");
}

}  // namespace
}  // namespace stator
