// GET /_stator/partitions, on a clock that is moved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database_support.h"
#include "stator/clock.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing_support::answer;
using testing_support::open;

constexpr char kCreate[] =
    R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},)"
    R"({"AttributeName":"sk","KeyType":"RANGE"}],"AttributeDefinitions":[)"
    R"({"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},)"
    R"({"AttributeName":"g","AttributeType":"B"}],)"
    R"("ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":4},)"
    R"("GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[)"
    R"({"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"},)"
    R"("ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":2}}]})";

class PartitionsReportTest : public testing::Test {
 protected:
  void start(CapacityMode mode = CapacityMode::enforce, const std::string& create = kCreate) {
    DatabaseOptions options;
    options.clock = clock_;
    options.capacity = mode;
    options.burst_at_start = BurstAtStart::none;
    database_ = open(std::move(options));
    answer(database_.get(), "CreateTable", create);
  }
  Reply put(const std::string& pk, int sk, const std::string& more = "") {
    return database_->call("PutItem", R"({"TableName":"tab","Item":{"pk":{"S":")" + pk +
                                          R"("},"sk":{"N":")" + std::to_string(sk) +
                                          R"("},"g":{"B":"AAEC"})" + more + "}}");
  }
  Reply get(std::string_view query) {
    Reply reply;
    database_->control({.method = "GET", .path = "/_stator/partitions", .body = {}, .query = query},
                       &reply);
    return reply;
  }
  // From the first `start` on, of the report of the table.
  std::string report(const std::string& start = "") {
    const Reply reply = get("table=tab");
    EXPECT_EQ(reply.status, 200) << reply.body;
    const std::size_t at = reply.body.find(start);
    EXPECT_NE(at, std::string::npos) << reply.body;
    return at == std::string::npos ? "" : reply.body.substr(at);
  }

  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(TimePoint(1'000'000s));
  std::unique_ptr<Database> database_;
};

TEST_F(PartitionsReportTest, NamesTheTableItsModeAndItsLimits) {
  start();
  EXPECT_THAT(
      report(),
      testing::StartsWith(
          R"({"table":"tab","time":1000000.000,"capacity":"enforce","billing":"PROVISIONED",)"
          R"("resources":[{"limits":{"provisioned":{"read":5,"write":4},)"
          R"("warm":{"read":5,"write":4}},"levels":{"read":[{"limit":"provisioned",)"
          R"("units_per_second":5,"saved_max":1500,"units":5}],"write":[{)"
          R"("limit":"provisioned","units_per_second":4,"saved_max":1200,"units":4}]})"));
  EXPECT_THAT(report(R"("index":"gsi")"), HasSubstr(R"("provisioned":{"read":1,"write":2})"));
}

TEST_F(PartitionsReportTest, HasTheLimitsOfAnOnDemandTable) {
  start(CapacityMode::observe,
        R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
        R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)"
        R"("BillingMode":"PAY_PER_REQUEST","OnDemandThroughput":{"MaxWriteRequestUnits":70}})");
  EXPECT_THAT(report(), HasSubstr(R"("capacity":"observe","billing":"PAY_PER_REQUEST")"));
  EXPECT_THAT(report(), HasSubstr(R"("limits":{"on_demand_maximum":{"write":70},)"
                                  R"("warm":{"read":12000,"write":4000}})"));
  EXPECT_THAT(report(R"("levels")"),
              HasSubstr(R"({"limit":"max_on_demand","units_per_second":70,"saved_max":21000)"));
  EXPECT_THAT(report(R"("partitions")"),
              HasSubstr(R"({"id":4,"born":1000000.000,"range":{"first_hash":"c000000000000000",)"
                        R"("last_hash":"ffffffffffffffff"},"buckets":{"read":{)"
                        R"("units_per_second":3000,"saved_max":3000,"units":3000},"write":{)"
                        R"("units_per_second":1000,"saved_max":1000,"units":1000}})"));
}

TEST_F(PartitionsReportTest, TellsWhatWasConsumedAndThrottledBySecond) {
  start();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(put("a", i).status, i < 2 ? 200 : 400);
  clock_->advance(20s);
  put("b", 1);
  EXPECT_THAT(report(R"("last_hour")"),
              HasSubstr(R"("rows":[[1000000,0,2,0,0,0,0],[1000020,0,1,0,0,0,0]]})"));
  EXPECT_THAT(report(R"("partitions")"),
              HasSubstr(R"("rows":[[1000000,0,0.2,0,0,0,0],[1000020,0,0.1,0,0,0,0]]})"));
  // The index has two units a second: its back-pressure is counted where it arose.
  const std::string index = report(R"("index":"gsi")");
  EXPECT_THAT(index, HasSubstr(R"("rows":[[1000000,0,2,0,2,0,2],[1000020,0,1,0,0,0,0]]})"));
  clock_->advance(1h);
  EXPECT_THAT(report(R"("last_hour")"), HasSubstr(R"("rows":[]})"));
}

TEST_F(PartitionsReportTest, CountsReadsThatWereRefusedAlthoughNobodyKnowsTheirUnits) {
  start();
  const std::string get = R"({"TableName":"tab","ConsistentRead":true})";
  for (int i = 0; i < 7; ++i) database_->call("Scan", get);
  EXPECT_THAT(report(R"("last_hour")"), HasSubstr(R"("rows":[[1000000,5,0,0,0,2,0]]})"));
}

TEST_F(PartitionsReportTest, ShowsTheHottestKeysReadably) {
  start();
  for (int i = 0; i < 2; ++i) put("a\\\"b", -1);
  put("c", 2);
  const std::string keys = report(R"("hot_keys")");
  EXPECT_THAT(keys, HasSubstr(R"("sketch":"Space-Saving","counters":256,"half_life_seconds":600)"));
  EXPECT_THAT(keys, HasSubstr(R"("used":{"unit":"3 x write units + read units","collections":{)"
                              R"("units_of_all_keys":9,"error_max":0.03515625,"keys":[)"
                              R"({"key":{"pk":{"S":"a\"b"}},"units":6,"error":0},)"
                              R"({"key":{"pk":{"S":"c"}},"units":3,"error":0}]},"items":{)"
                              R"("units_of_all_keys":9,"error_max":0.03515625,"keys":[{"key":)"
                              R"({"pk":{"S":"a\"b"},"sk":{"N":"-1"}},"units":6,"error":0})"));
  EXPECT_THAT(report(R"("index":"gsi")"), HasSubstr(R"({"key":{"g":{"B":"AAEC"}})"));
}

TEST_F(PartitionsReportTest, ShowsTheKeysThatWereThrottledMost) {
  start();
  for (int i = 0; i < 8; ++i) put("a", i);
  EXPECT_THAT(report(R"("index":"gsi")"),
              HasSubstr(R"("throttled":{"unit":"requests","collections":{"units_of_all_keys":6,)"
                        R"("error_max":0.0234375,"keys":[{"key":{"g":{"B":"AAEC"}},"units":6)"));
  // AWS does not count what the index throttled against the table.
  const std::string table = report(R"("throttled":{)");
  EXPECT_THAT(table, testing::StartsWith(R"("throttled":{"unit":"requests","collections":{)"
                                         R"("units_of_all_keys":0,"error_max":0,"keys":[]})"));
}

TEST_F(PartitionsReportTest, TellsTheLineage) {
  start();
  clock_->advance(60s);
  answer(database_.get(), "UpdateTable",
         R"({"TableName":"tab","ProvisionedThroughput":{"ReadCapacityUnits":5,)"
         R"("WriteCapacityUnits":1000}})");
  const std::string partitions = report(R"("partitions")");
  EXPECT_THAT(partitions, HasSubstr(R"([{"id":2,"parent":1,"born":1000060.000,"range":{)"
                                    R"("first_hash":"0000000000000000",)"
                                    R"("last_hash":"7fffffffffffffff"})"));
  EXPECT_THAT(partitions, HasSubstr(R"("former_partitions":[{"id":1,"born":1000000.000,)"
                                    R"("ended":1000060.000)"));
}

TEST_F(PartitionsReportTest, KeepsTheTrafficOfAPartitionThatIsGone) {
  start();
  put("a", 1);
  answer(database_.get(), "UpdateTable",
         R"({"TableName":"tab","ProvisionedThroughput":{"ReadCapacityUnits":5,)"
         R"("WriteCapacityUnits":1000}})");
  EXPECT_THAT(report(R"("former_partitions")"), HasSubstr(R"("rows":[[1000000,0,0.1,0,0,0,0]]})"));
}

// The buckets and keys of a hot collection that was cut between two of its items.
TEST_F(PartitionsReportTest, NamesTheFirstKeyOfAPartitionInsideOfACollection) {
  start(CapacityMode::enforce,
        R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},)"
        R"({"AttributeName":"sk","KeyType":"RANGE"}],"AttributeDefinitions":[)"
        R"({"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],)"
        R"("BillingMode":"PAY_PER_REQUEST"})");
  const std::string filler(9 * 1024, 'x');
  for (int i = 0; i < 130 * 100; ++i) {  // of ten units each
    clock_->advance(10ms);
    put("hot", i * 7919 % 100, R"(,"d":{"S":")" + filler + "\"}");
  }
  const std::string partitions = report(R"("partitions")");
  EXPECT_THAT(partitions, testing::ContainsRegex(R"("first_key":\{"pk":\{"S":"hot"\},)"
                                                 R"("sk":\{"N":"[0-9]+"\}\})"));
}

TEST_F(PartitionsReportTest, NeedsATableThatIsThere) {
  start();
  EXPECT_EQ(get("table=none").status, 400);
  EXPECT_EQ(get("table=none").body, R"({"message":"no such table: none"})");
  EXPECT_EQ(get("").body, R"({"message":"the parameter table is missing"})");
  EXPECT_EQ(get("tables=tab").body, R"({"message":"unknown parameter: tables"})");
  EXPECT_EQ(get("table=%74ab").status, 200);
}

TEST_F(PartitionsReportTest, HasPartitionsAlsoWhereNothingIsMetered) {
  start(CapacityMode::off);
  put("a", 1);
  EXPECT_THAT(report(), HasSubstr(R"("capacity":"off")"));
  EXPECT_THAT(report(R"("last_hour")"), HasSubstr(R"("rows":[]})"));
}

}  // namespace
}  // namespace stator
