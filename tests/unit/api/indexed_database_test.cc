// Secondary indexes as an embedder meets them: lag, the limit of collections, backfills.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "../storage/temporary_directory.h"
#include "database_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing_support::answer;
using testing_support::open;
using testing_support::TemporaryDirectory;

constexpr char kCreate[] = R"({"TableName":"table","BillingMode":"PAY_PER_REQUEST",
  "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
  "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
    {"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"l","AttributeType":"S"},
    {"AttributeName":"g","AttributeType":"S"}],
  "LocalSecondaryIndexes":[{"IndexName":"local","Projection":{"ProjectionType":"ALL"},
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}]}],
  "GlobalSecondaryIndexes":[{"IndexName":"global","Projection":{"ProjectionType":"ALL"},
    "KeySchema":[{"AttributeName":"g","KeyType":"HASH"}]}]})";

class IndexedDatabase : public testing::Test {
 protected:
  void open_database(DatabaseOptions options) {
    options.clock = clock_;
    database_ = open(std::move(options));
  }
  void create_table() { answer(database_.get(), "CreateTable", kCreate); }

  Reply call(std::string_view operation, const std::string& members) {
    return database_->call(operation, R"({"TableName":"table",)" + members + "}");
  }
  Reply put(int sk, const std::string& attributes) {
    return call("PutItem", R"("Item":{"pk":{"S":"k"},"sk":{"N":")" + std::to_string(sk) + R"("},)" +
                               attributes + "}");
  }
  Reply erase(int sk) {
    return call("DeleteItem", R"("Key":{"pk":{"S":"k"},"sk":{"N":")" + std::to_string(sk) + "\"}}");
  }
  // How many items a Scan of the index or, without a name, of the table counts.
  std::string count(const std::string& index, const std::string& more = "") {
    const std::string name = index.empty() ? "" : R"("IndexName":")" + index + "\",";
    const Reply reply = call("Scan", name + R"("Select":"COUNT")" + more);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.body;
  }

  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(TimePoint(1000s));
  std::unique_ptr<Database> database_;
};

constexpr char kNone[] = R"({"Count":0,"ScannedCount":0})";
constexpr char kOne[] = R"({"Count":1,"ScannedCount":1})";

TEST_F(IndexedDatabase, ShowsGlobalIndexesLateWhenAsked) {
  DatabaseOptions options;
  options.gsi_lag = 500ms;
  open_database(std::move(options));
  create_table();
  put(1, R"("g":{"S":"x"},"l":{"S":"y"})");
  EXPECT_EQ(count("global"), kNone);
  EXPECT_EQ(count("local"), kOne);
  EXPECT_EQ(count(""), kOne);
  clock_->advance(499ms);
  EXPECT_EQ(count("global"), kNone);
  clock_->advance(1ms);
  EXPECT_EQ(count("global"), kOne);
  erase(1);
  EXPECT_EQ(count("global"), kOne);
  EXPECT_EQ(count(""), kNone);
  database_->set_gsi_lag(0ms);
  EXPECT_EQ(count("global"), kNone);
}

TEST_F(IndexedDatabase, HasALagForOneIndex) {
  open_database({});
  create_table();
  ASSERT_TRUE(database_->set_gsi_lag("table", "global", 1s));
  EXPECT_FALSE(database_->set_gsi_lag("table", "nothing", 1s));
  EXPECT_FALSE(database_->set_gsi_lag("table", "local", 1s));
  put(1, R"("g":{"S":"x"})");
  EXPECT_EQ(count("global"), kNone);
  clock_->advance(1s);
  EXPECT_EQ(count("global"), kOne);
}

TEST_F(IndexedDatabase, ShowsLocalIndexesLateWithTheirTable) {
  DatabaseOptions options;
  options.read_lag = 1s;
  open_database(std::move(options));
  create_table();
  put(1, R"("g":{"S":"x"},"l":{"S":"y"})");
  EXPECT_EQ(count("local"), kNone);
  EXPECT_EQ(count("local", R"(,"ConsistentRead":true)"), kOne);
  EXPECT_EQ(count("global"), kOne);
  clock_->advance(1s);
  EXPECT_EQ(count("local"), kOne);
}

TEST_F(IndexedDatabase, LimitsItemCollectionsOfATableWithLocalIndexes) {
  DatabaseOptions options;
  options.item_collection_bytes_max = 1000;
  open_database(std::move(options));
  create_table();
  // 7 + 100 bytes without an entry, as much again with one; 100 of storage for each.
  const std::string text(100, 'x');
  const std::string large = R"("l":{"S":")" + text + "\"}";
  EXPECT_EQ(put(1, large).status, 200);
  EXPECT_EQ(put(2, large).status, 200);
  const Reply refused = put(3, large);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.body,
            R"({"__type":"com.amazonaws.dynamodb.v20120810#)"
            R"(ItemCollectionSizeLimitExceededException","message":"Collection size exceeded."})");
  EXPECT_EQ(count("", R"(,"ConsistentRead":true)"), R"({"Count":2,"ScannedCount":2})");
  EXPECT_EQ(call("PutItem", R"("Item":{"pk":{"S":"other"},"sk":{"N":"1"},)" + large + "}").status,
            200);
  EXPECT_EQ(erase(1).status, 200);
  EXPECT_EQ(put(3, large).status, 200);
}

std::string add_index(const std::string& name) {
  return R"("AttributeDefinitions":[{"AttributeName":"n","AttributeType":"N"}],)"
         R"("GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":")" +
         name + R"(","Projection":{"ProjectionType":"ALL"},)" +
         R"("KeySchema":[{"AttributeName":"n","KeyType":"HASH"}]}}])";
}

TEST_F(IndexedDatabase, FillsAnIndexThatIsAddedToATableInUse) {
  open_database({});
  create_table();
  constexpr int kItems = 5000;
  for (int sk = 0; sk < kItems; ++sk) put(sk, R"("n":{"N":"1"})");
  std::atomic<bool> running{true};
  std::thread writer([&] {
    for (int sk = 0; running; sk = (sk + 7) % kItems) {
      if (sk % 3 == 0) {
        erase(sk);
      } else {
        put(sk, R"("n":{"N":")" + std::to_string(sk % 5) + "\"}");
      }
    }
  });
  EXPECT_EQ(call("UpdateTable", add_index("added")).status, 200);
  std::string table;
  do {
    table = database_->call("DescribeTable", R"({"TableName":"table"})").body;
  } while (table.find(R"("Backfilling":true)") != std::string::npos);
  running = false;
  writer.join();
  EXPECT_NE(table.find(R"("IndexName":"added")"), std::string::npos);
  const CheckResult checked = database_->check();
  EXPECT_EQ(checked.error, "");
  EXPECT_EQ(checked.report.problem_count, 0U)
      << (checked.report.problems.empty() ? "" : checked.report.problems.front());
  const std::string all = count("", ",\"FilterExpression\":\"attribute_exists(n)\"");
  EXPECT_EQ(count("added").substr(0, count("added").find(',')), all.substr(0, all.find(',')));
}

TEST_F(IndexedDatabase, ShowsThePhasesOfAnIndexThatIsAdded) {
  DatabaseOptions options;
  options.transitions.updating = 10s;
  options.transitions.backfilling = 20s;
  open_database(std::move(options));
  create_table();
  put(1, R"("n":{"N":"1"})");
  const auto shows = [&](std::string_view text) {
    return database_->call("DescribeTable", R"({"TableName":"table"})").body.find(text) !=
           std::string::npos;
  };
  call("UpdateTable", add_index("added"));
  EXPECT_TRUE(shows(R"("TableStatus":"UPDATING")"));
  EXPECT_TRUE(shows(R"("IndexStatus":"CREATING","Backfilling":false)"));
  clock_->advance(10s);
  EXPECT_TRUE(shows(R"("TableStatus":"ACTIVE")"));
  EXPECT_TRUE(shows(R"("IndexStatus":"CREATING","Backfilling":true)"));
  const Reply early = call("Scan", R"("IndexName":"added")");
  EXPECT_NE(early.body.find("Cannot read from backfilling global secondary index: added"),
            std::string::npos);
  const Reply refused = database_->call("DeleteTable", R"({"TableName":"table"})");
  EXPECT_EQ(refused.status, 400);
  clock_->advance(20s);
  EXPECT_FALSE(shows("Backfilling"));
  EXPECT_EQ(count("added"), kOne);
}

TEST_F(IndexedDatabase, KeepsItsIndexesAndGoesOnWithBackfills) {
  const TemporaryDirectory directory;
  DatabaseOptions options;
  options.directory = directory.path();
  constexpr int kItems = 3000;
  {
    open_database(options);
    create_table();
    for (int sk = 0; sk < kItems; ++sk) put(sk, R"("n":{"N":"1"},"g":{"S":"x"})");
    call("UpdateTable", add_index("added"));
    database_.reset();
  }
  open_database(options);
  std::string table;
  do {
    table = database_->call("DescribeTable", R"({"TableName":"table"})").body;
  } while (table.find(R"("Backfilling":true)") != std::string::npos);
  const std::string whole = R"({"Count":3000,"ScannedCount":3000})";
  EXPECT_EQ(count("added"), whole);
  EXPECT_EQ(count("global"), whole);
  EXPECT_NE(table.find(R"("ItemCount":3000)"), std::string::npos);
  EXPECT_EQ(database_->check().report.problem_count, 0U);
}

}  // namespace
}  // namespace stator
