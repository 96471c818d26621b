// AWS's reasons, each met by a request that is really throttled.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "database_support.h"
#include "stator/clock.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::open;

constexpr char kProvisioned[] = "ProvisionedThroughputExceededException";
constexpr char kThrottling[] = "ThrottlingException";
constexpr char kTableProvisionedText[] =
    "The level of configured provisioned throughput for the table was exceeded. Consider "
    "increasing your provisioning level with the UpdateTable API.";
constexpr char kIndexProvisionedText[] =
    "The level of configured provisioned throughput for one or more global secondary indexes of "
    "the table was exceeded. Consider increasing your provisioning level for the "
    "under-provisioned global secondary indexes with the UpdateTable API.";
constexpr char kTableOnDemandText[] =
    "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically "
    "scaling your table or index so please try again shortly. If exceptions persist, check if you "
    "have a hot key: "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";
constexpr char kIndexOnDemandText[] =
    "Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB is "
    "automatically scaling your index so please try again shortly.";
constexpr char kMaximumText[] =
    "Throughput exceeds the maximum OnDemandThroughput configured on table or index";
constexpr char kAccountText[] =
    "Throughput exceeds the current throughput limit for your account. Please contact AWS Support "
    "at https://aws.amazon.com/support request a limit increase";

using Request = std::function<Reply(int)>;

class ThrottlingReasonsTest : public testing::Test {
 protected:
  // A table "table" with the key "pk" and an index "index" over "g".
  void create(const std::string& of_table, const std::string& of_index,
              DatabaseOptions options = {}) {
    options.clock = clock_;
    options.burst_at_start = BurstAtStart::none;
    database_ = open(std::move(options));
    answer(database_.get(), "CreateTable",
           R"({"TableName":"table","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
           R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
           R"({"AttributeName":"g","AttributeType":"S"}],)" +
               of_table +
               R"(,"GlobalSecondaryIndexes":[{"IndexName":"index",)"
               R"("KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],)"
               R"("Projection":{"ProjectionType":"ALL"})" +
               of_index + "}]}");
  }

  // An item of so many write units; of the index as well where it has a `g`.
  Reply put(const std::string& key, int units, const std::string& g = "") {
    const std::string filler(static_cast<std::size_t>(units) * 1024 - 100, 'x');
    const std::string indexed = g.empty() ? "" : R"("g":{"S":")" + g + R"("},)";
    return call("PutItem", R"("Item":{"pk":{"S":")" + key + R"("},)" + indexed + R"("d":{"S":")" +
                               filler + R"("}})");
  }
  Reply get(const std::string& key) {
    return call("GetItem", R"("Key":{"pk":{"S":")" + key + R"("}},"ConsistentRead":true)");
  }
  Reply query(const std::string& g) {
    return call("Query", R"("IndexName":"index","KeyConditionExpression":"g = :g",)"
                         R"("ExpressionAttributeValues":{":g":{"S":")" +
                             g + R"("}})");
  }

  // Sends requests until one is refused, which must be for this reason alone.
  void expect_refused(const Request& request, const std::string& exception, const std::string& text,
                      const std::string& reason) {
    clock_->advance(1s);
    Reply reply;
    for (int i = 0; i < kRequestsMax; ++i) {
      reply = request(i);
      if (reply.status != 200) break;
    }
    ASSERT_EQ(reply.status, 400) << reason;
    const std::string resource = reason.starts_with("Index") ? "table/index/index" : "table";
    EXPECT_THAT(reply.body, HasSubstr("#" + exception + "\""));
    EXPECT_THAT(reply.body, HasSubstr("essage\":\"" + text + "\""));
    EXPECT_THAT(reply.body,
                HasSubstr("hrottlingReasons\":[{\"reason\":\"" + reason +
                          R"(","resource":"arn:aws:dynamodb:us-east-1:000000000000:table/)" +
                          resource + "\"}]"));
  }

  // The four requests that meet the limits of single keys.
  const Request put_one = [this](int) { return put("a", 50); };
  const Request get_one = [this](int) { return get("a"); };
  const Request put_one_g = [this](int i) { return put(std::to_string(i), 50, "g"); };
  const Request query_one_g = [this](int) { return query("g"); };

  static constexpr int kRequestsMax = 3000;
  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(TimePoint(1'000'000s));
  std::unique_ptr<Database> database_;

 private:
  Reply call(std::string_view operation, const std::string& members) {
    return database_->call(operation, R"({"TableName":"table",)" + members + "}");
  }
};

TEST_F(ThrottlingReasonsTest, ProvisionedUnits) {
  create(R"("ProvisionedThroughput":{"ReadCapacityUnits":50,"WriteCapacityUnits":300})",
         R"(,"ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":60})");
  expect_refused(put_one, kProvisioned, kTableProvisionedText,
                 "TableWriteProvisionedThroughputExceeded");
  expect_refused(get_one, kProvisioned, kTableProvisionedText,
                 "TableReadProvisionedThroughputExceeded");
  expect_refused(put_one_g, kProvisioned, kIndexProvisionedText,
                 "IndexWriteProvisionedThroughputExceeded");
  expect_refused(query_one_g, kProvisioned, kIndexProvisionedText,
                 "IndexReadProvisionedThroughputExceeded");
}

TEST_F(ThrottlingReasonsTest, KeyRangesOfProvisionedTables) {
  const std::string units =
      R"("ProvisionedThroughput":{"ReadCapacityUnits":12000,"WriteCapacityUnits":9000})";
  create(units, "," + units);
  expect_refused(put_one, kProvisioned, kTableProvisionedText,
                 "TableWriteKeyRangeThroughputExceeded");
  expect_refused(get_one, kProvisioned, kTableProvisionedText,
                 "TableReadKeyRangeThroughputExceeded");
  expect_refused(put_one_g, kProvisioned, kIndexProvisionedText,
                 "IndexWriteKeyRangeThroughputExceeded");
  expect_refused(query_one_g, kProvisioned, kIndexProvisionedText,
                 "IndexReadKeyRangeThroughputExceeded");
}

TEST_F(ThrottlingReasonsTest, KeyRangesOfTablesOnDemand) {
  create(R"("BillingMode":"PAY_PER_REQUEST")", "");
  expect_refused(put_one, kThrottling, kTableOnDemandText, "TableWriteKeyRangeThroughputExceeded");
  expect_refused(get_one, kThrottling, kTableOnDemandText, "TableReadKeyRangeThroughputExceeded");
  expect_refused(put_one_g, kThrottling, kIndexOnDemandText,
                 "IndexWriteKeyRangeThroughputExceeded");
  expect_refused(query_one_g, kThrottling, kIndexOnDemandText,
                 "IndexReadKeyRangeThroughputExceeded");
}

TEST_F(ThrottlingReasonsTest, MaximaOnDemand) {
  const auto maxima = [](int read, int write) {
    return R"(,"OnDemandThroughput":{"MaxReadRequestUnits":)" + std::to_string(read) +
           R"(,"MaxWriteRequestUnits":)" + std::to_string(write) + "}";
  };
  create(R"("BillingMode":"PAY_PER_REQUEST")" + maxima(50, 300), maxima(5, 60));
  expect_refused(put_one, kThrottling, kMaximumText, "TableWriteMaxOnDemandThroughputExceeded");
  expect_refused(get_one, kThrottling, kMaximumText, "TableReadMaxOnDemandThroughputExceeded");
  expect_refused(put_one_g, kThrottling, kMaximumText, "IndexWriteMaxOnDemandThroughputExceeded");
  expect_refused(query_one_g, kThrottling, kMaximumText, "IndexReadMaxOnDemandThroughputExceeded");
}

// Large items over many partitions, each far from its partition's limit. Partitions are cut by size
// until there are several times as many as the quota needs.
class AccountThrottlingTest : public ThrottlingReasonsTest {
 protected:
  static constexpr int kKeys = 240;
  static constexpr int kUnits = 390;
  static constexpr char kExceeded[] = "RequestLimitExceeded";

  static std::string key(int i) { return "k" + std::to_string(i % kKeys); }

  void create_warm() {
    const std::string warm =
        R"("WarmThroughput":{"ReadUnitsPerSecond":40000,"WriteUnitsPerSecond":40000})";
    DatabaseOptions options;
    options.partition_bytes_max = 400 << 10;
    create(R"("BillingMode":"PAY_PER_REQUEST",)" + warm, "," + warm, std::move(options));
  }
  void fill(bool with_index) {
    for (int i = 0; i < kKeys; ++i) {
      clock_->advance(1s);
      EXPECT_EQ(put(key(i), kUnits, with_index ? key(i) : "").status, 200);
    }
    for (int i = 0; i < kSecondsToCut; ++i) {
      clock_->advance(1s);
      EXPECT_EQ(get(key(0)).status, 200);
    }
  }

 private:
  static constexpr int kSecondsToCut = 10;
};

TEST_F(AccountThrottlingTest, OfReads) {
  create_warm();
  fill(true);
  expect_refused([this](int i) { return get(key(i)); }, kExceeded, kAccountText,
                 "TableReadAccountLimitExceeded");
  expect_refused([this](int i) { return query(key(i)); }, kExceeded, kAccountText,
                 "IndexReadAccountLimitExceeded");
}

// An item whose key in the index changes writes there twice, and once in its table.
TEST_F(AccountThrottlingTest, OfWrites) {
  create_warm();
  fill(false);
  expect_refused([this](int i) { return put(key(i), kUnits); }, kExceeded, kAccountText,
                 "TableWriteAccountLimitExceeded");
  fill(true);
  expect_refused([this](int i) { return put(key(i), kUnits, key(i + kKeys / 2)); }, kExceeded,
                 kAccountText, "IndexWriteAccountLimitExceeded");
}

}  // namespace
}  // namespace stator
