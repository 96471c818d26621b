// Transactions that meet others, or their own token again; on a clock that is moved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

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

constexpr char kCreateLocal[] =
    R"({"TableName":"local","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},)"
    R"({"AttributeName":"sk","KeyType":"RANGE"}],"AttributeDefinitions":[)"
    R"({"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},)"
    R"({"AttributeName":"l","AttributeType":"S"}],"LocalSecondaryIndexes":[{"IndexName":"lsi",)"
    R"("KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"l",)"
    R"("KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}],)"
    R"("BillingMode":"PAY_PER_REQUEST"})";

constexpr char kConflict[] =
    R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionConflictException",)"
    R"("message":"Transaction is ongoing for the item"})";
constexpr char kConflictReason[] =
    R"({"Code":"TransactionConflict","Message":"Transaction is ongoing for the item"})";

std::string put_of(const std::string& key, const std::string& table = "table") {
  return R"({"Put":{"TableName":")" + table + R"(","Item":{"pk":{"S":")" + key +
         R"("},"sk":{"S":"s"},"x":{"N":"1"}}}})";
}

std::string get_of(const std::string& key) {
  return R"({"Get":{"TableName":"table","Key":{"pk":{"S":")" + key + R"("}}}})";
}

std::string items(const std::string& actions, const std::string& token = "") {
  const std::string more = token.empty() ? "" : R"(,"ClientRequestToken":")" + token + R"(")";
  return R"({"TransactItems":[)" + actions + "]" + more + "}";
}

std::string single(const std::string& key, const std::string& member = "Key") {
  return R"({"TableName":"table",")" + member + R"(":{"pk":{"S":")" + key + R"("}}})";
}

class TransactionsTest : public testing::Test {
 protected:
  TransactionsTest() { start({}); }

  void start(DatabaseOptions options) {
    options.clock = clock_;
    options.item_collection_bytes_max = 10'000;
    database_.reset();
    database_ = open(std::move(options));
  }
  void SetUp() override {
    answer(database_.get(), "CreateTable", testing_support::kCreateTable);
    answer(database_.get(), "CreateTable", kCreateLocal);
  }

  std::string ok(std::string_view operation, const std::string& json) {
    return answer(database_.get(), operation, json);
  }
  std::string failure(std::string_view operation, const std::string& json) {
    return answer(database_.get(), operation, json, 400);
  }

  // Runs a request that a hold keeps from ending, and returns while it waits.
  void hold(const std::string& operation, const std::string& json) {
    FaultRule rule;
    rule.operation = operation;
    rule.hold = 1h;
    rule.times = 1;
    fault_ = database_->add_fault(rule).id;
    held_ = std::async(std::launch::async,
                       [this, operation, json] { return database_->call(operation, json); });
    while (database_->faults().front().waiting == 0) std::this_thread::yield();
  }
  Reply release() {
    EXPECT_TRUE(database_->remove_fault(fault_));
    return held_.get();
  }

  const std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(TimePoint(std::chrono::milliseconds(1791505294500)));
  std::unique_ptr<Database> database_;
  std::uint64_t fault_ = 0;
  std::future<Reply> held_;
};

TEST_F(TransactionsTest, RefuseSingleWritesOfTheirItems) {
  hold("TransactWriteItems", items(put_of("a") + "," + put_of("b")));
  EXPECT_EQ(failure("PutItem", single("a", "Item")), kConflict);
  EXPECT_EQ(failure("DeleteItem", single("b")), kConflict);
  EXPECT_EQ(failure("UpdateItem", single("a")), kConflict);
  ok("PutItem", single("c", "Item"));
  EXPECT_EQ(release().body, "{}");
  ok("PutItem", single("a", "Item"));
}

TEST_F(TransactionsTest, LetOthersReadWhatWasThereBefore) {
  ok("PutItem", single("a", "Item"));
  hold("TransactWriteItems", items(put_of("a")));
  EXPECT_EQ(ok("GetItem", single("a")), R"({"Item":{"pk":{"S":"a"}}})");
  EXPECT_THAT(ok("Scan", R"({"TableName":"table"})"), HasSubstr(R"("Count":1)"));
  EXPECT_THAT(ok("BatchGetItem", R"({"RequestItems":{"table":{"Keys":[{"pk":{"S":"a"}}]}}})"),
              HasSubstr(R"([{"pk":{"S":"a"}}])"));
  release();
  EXPECT_THAT(ok("GetItem", single("a")), HasSubstr(R"("x":{"N":"1"})"));
}

TEST_F(TransactionsTest, CancelTransactionsOfTheSameItems) {
  hold("TransactWriteItems", items(put_of("a")));
  EXPECT_THAT(
      failure("TransactWriteItems", items(put_of("b") + "," + put_of("a"))),
      HasSubstr(R"("CancellationReasons":[{"Code":"None"},)" + std::string(kConflictReason) + "]"));
  EXPECT_THAT(failure("TransactGetItems", items(get_of("a") + "," + get_of("b"))),
              HasSubstr(R"("CancellationReasons":[)" + std::string(kConflictReason) +
                        R"(,{"Code":"None"}])"));
  release();
  EXPECT_EQ(ok("GetItem", single("b")), "{}");
}

TEST_F(TransactionsTest, ReportConflictsAndConditionsTogether) {
  hold("TransactWriteItems", items(put_of("a")));
  const std::string check = R"j({"ConditionCheck":{"TableName":"table","Key":{"pk":{"S":"b"}},)j"
                            R"j("ConditionExpression":"attribute_exists(pk)"}})j";
  EXPECT_THAT(failure("TransactWriteItems", items(check + "," + put_of("a"))),
              HasSubstr("[ConditionalCheckFailed, TransactionConflict]"));
  release();
}

TEST_F(TransactionsTest, LeaveElementsOfBatchesUnprocessed) {
  hold("TransactWriteItems", items(put_of("a")));
  const std::string batch = R"({"RequestItems":{"table":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}},)"
                            R"({"PutRequest":{"Item":{"pk":{"S":"b"}}}}]}})";
  EXPECT_EQ(ok("BatchWriteItem", batch),
            R"({"UnprocessedItems":{"table":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}}]}})");
  EXPECT_EQ(ok("GetItem", single("b")), R"({"Item":{"pk":{"S":"b"}}})");
  const std::string alone =
      R"({"RequestItems":{"table":[{"DeleteRequest":{"Key":{"pk":{"S":"a"}}}}]}})";
  EXPECT_EQ(ok("BatchWriteItem", alone),
            R"({"UnprocessedItems":{"table":[{"DeleteRequest":{"Key":{"pk":{"S":"a"}}}}]}})");
  release();
}

TEST_F(TransactionsTest, DoNotKeepOthersOutOfTheirItemCollections) {
  hold("TransactWriteItems", items(put_of("a", "local")));
  ok("PutItem", R"({"TableName":"local","Item":{"pk":{"S":"a"},"sk":{"S":"other"}}})");
  release();
}

TEST_F(TransactionsTest, CancelReadsOfItemsThatAreBeingWritten) {
  hold("PutItem", single("a", "Item"));
  EXPECT_THAT(failure("TransactGetItems", items(get_of("a"))), HasSubstr(kConflictReason));
  EXPECT_EQ(ok("TransactGetItems", items(get_of("b"))), R"({"Responses":[{}]})");
  release();
}

TEST_F(TransactionsTest, ThatReadGiveWayToWrites) {
  hold("TransactGetItems", items(get_of("a") + "," + get_of("b")));
  ok("PutItem", single("b", "Item"));
  const Reply read = release();
  EXPECT_EQ(read.status, 400);
  EXPECT_THAT(read.body, HasSubstr("[None, TransactionConflict]"));
}

TEST_F(TransactionsTest, ThatReadSucceedWhenNothingCameBetween) {
  ok("PutItem", single("a", "Item"));
  hold("TransactGetItems", items(get_of("a")));
  ok("PutItem", single("b", "Item"));
  EXPECT_EQ(release().body, R"({"Responses":[{"Item":{"pk":{"S":"a"}}}]})");
}

TEST_F(TransactionsTest, WithTheTokenOfARunningOneAreInProgress) {
  hold("TransactWriteItems", items(put_of("a"), "token"));
  EXPECT_EQ(failure("TransactWriteItems", items(put_of("a"), "token")),
            R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionInProgressException",)"
            R"("Message":"Transaction from previous request is still in progress"})");
  release();
  EXPECT_EQ(ok("TransactWriteItems", items(put_of("a"), "token")), "{}");
}

TEST_F(TransactionsTest, ForgetTokensTenMinutesAfterTheyEnded) {
  const std::string put = items(put_of("a"), "token");
  const std::string other = items(put_of("b"), "token");
  ok("TransactWriteItems", put);
  clock_->advance(10min - 1us);
  EXPECT_THAT(failure("TransactWriteItems", other), HasSubstr("IdempotentParameterMismatch"));
  clock_->advance(1us);
  ok("TransactWriteItems", other);
  EXPECT_THAT(failure("TransactWriteItems", put), HasSubstr("IdempotentParameterMismatch"));
}

TEST_F(TransactionsTest, AReplayDoesNotMakeATokenYounger) {
  const std::string put = items(put_of("a"), "token");
  ok("TransactWriteItems", put);
  clock_->advance(9min);
  ok("TransactWriteItems", put);
  clock_->advance(1min);
  ok("DeleteItem", single("a"));
  ok("TransactWriteItems", put);
  EXPECT_THAT(ok("GetItem", single("a")), HasSubstr("Item"));
}

TEST_F(TransactionsTest, KeepTheirTokensOverARestart) {
  const TemporaryDirectory directory;
  DatabaseOptions options;
  options.directory = directory.path();
  start(options);
  answer(database_.get(), "CreateTable", testing_support::kCreateTable);
  ok("TransactWriteItems", items(put_of("a"), "token"));
  start(options);
  EXPECT_THAT(failure("TransactWriteItems", items(put_of("b"), "token")),
              HasSubstr("IdempotentParameterMismatch"));
  ok("DeleteItem", single("a"));
  EXPECT_EQ(ok("TransactWriteItems", items(put_of("a"), "token")), "{}");
  EXPECT_EQ(ok("GetItem", single("a")), "{}");
}

TEST_F(TransactionsTest, ThatNoItemCollectionCanTakeAreCancelled) {
  const std::string large =
      R"({"Put":{"TableName":"local","Item":{"pk":{"S":"a"},"sk":{"S":"s"},"d":{"S":")" +
      std::string(20'000, 'x') + R"("}}}})";
  EXPECT_THAT(failure("TransactWriteItems", items(put_of("a") + "," + large)),
              HasSubstr(R"({"Code":"ItemCollectionSizeLimitExceeded",)"
                        R"("Message":"Collection size exceeded."})"));
  EXPECT_EQ(ok("GetItem", single("a")), "{}");
}

TEST_F(TransactionsTest, TellTheSizeOfItemCollections) {
  const std::string request = R"({"TransactItems":[)" + put_of("a", "local") + "," + put_of("b") +
                              R"(],"ReturnItemCollectionMetrics":"SIZE"})";
  EXPECT_EQ(ok("TransactWriteItems", request),
            R"({"ItemCollectionMetrics":{"local":[{"ItemCollectionKey":{"pk":{"S":"a"}},)"
            R"("SizeEstimateRangeGB":[0.0,1.0]}]}})");
}

TEST_F(TransactionsTest, CountTheirConflicts) {
  hold("TransactWriteItems", items(put_of("a") + "," + put_of("b")));
  failure("PutItem", single("a", "Item"));
  failure("TransactWriteItems", items(put_of("a") + "," + put_of("b")));
  release();
  Reply metrics;
  database_->control({.method = "GET", .path = "/metrics", .body = ""}, &metrics);
  EXPECT_THAT(metrics.body,
              HasSubstr(R"(dynamodb_transaction_conflict_total{table_name="table"} 3)"));
}

class ThrottledTransactionsTest : public TransactionsTest {
 protected:
  void SetUp() override {
    DatabaseOptions options;
    options.burst_at_start = BurstAtStart::none;
    start(options);
    create("table", 2);
    create("rich", 100);
  }
  void create(const std::string& name, int units) {
    const std::string each = std::to_string(units);
    ok("CreateTable", R"({"TableName":")" + name +
                          R"(","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
                          R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)"
                          R"("ProvisionedThroughput":{"ReadCapacityUnits":)" +
                          each + R"(,"WriteCapacityUnits":)" + each + "}}");
  }
};

TEST_F(ThrottledTransactionsTest, AreCancelledWithTheReasonsOfTheirActions) {
  ok("TransactWriteItems", items(put_of("a")));
  const std::string refused =
      failure("TransactWriteItems", items(put_of("a", "rich") + "," + put_of("b")));
  EXPECT_THAT(refused, HasSubstr("[None, ProvisionedThroughputExceeded]"));
  EXPECT_THAT(refused, HasSubstr(R"({"Code":"ProvisionedThroughputExceeded","Message":"The level )"
                                 "of configured provisioned throughput for the table was "));
  clock_->advance(1s);
  EXPECT_EQ(ok("TransactWriteItems", items(put_of("a", "rich") + "," + put_of("b"))), "{}");
}

TEST_F(ThrottledTransactionsTest, ChargeAllActionsOfATableAtOnce) {
  EXPECT_THAT(failure("TransactWriteItems", items(put_of("a") + "," + put_of("b"))),
              HasSubstr("ProvisionedThroughputExceeded"));
  ok("TransactWriteItems", items(put_of("a")));
}

TEST_F(ThrottledTransactionsTest, ThatReadAreCancelledToo) {
  for (int i = 0; i < 2; ++i) database_->call("TransactGetItems", items(get_of("a")));
  EXPECT_THAT(failure("TransactGetItems", items(get_of("a"))),
              HasSubstr("[ProvisionedThroughputExceeded]"));
}

}  // namespace
}  // namespace stator
