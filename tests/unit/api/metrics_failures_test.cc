// GET /metrics: what failed, and why.
#include "metrics_fixture.h"

namespace stator {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::answer;
using testing_support::failure;
using testing_support::MetricsTest;

class MetricsFailuresTest : public MetricsTest {};

TEST_F(MetricsFailuresTest, CountThrottlesByTheirReason) {
  start();
  create("tab", 5, 1);
  put("tab");
  EXPECT_EQ(put("tab").status, 400);
  const std::string text = metrics();
  const std::string table = "{table_name=\"tab\"} ";
  EXPECT_THAT(text, HasSubstr("\ndynamodb_write_throttle_events_total" + table + "1\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_write_provisioned_throughput_throttle_events_total" +
                              table + "1\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_write_key_range_throughput_throttle_events_total" +
                              table + "0\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_read_throttle_events_total" + table + "0\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_throttled_requests_total{table_name=\"tab\",operation="
                              "\"PutItem\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_user_errors_total 0\n"));
  EXPECT_THAT(text, Not(HasSubstr("stator_observed_throttle_events_total{")));
}

TEST_F(MetricsFailuresTest, CountWhatIsOnlyObservedUnderANameOfItsOwn) {
  DatabaseOptions options;
  options.capacity = CapacityMode::observe;
  start(std::move(options));
  create("tab", 5, 1);
  put("tab");
  EXPECT_EQ(put("tab").status, 200);
  const std::string text = metrics();
  EXPECT_THAT(text, HasSubstr("\ndynamodb_write_throttle_events_total{table_name=\"tab\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("\nstator_observed_throttle_events_total{table_name=\"tab\",reason="
                              "\"TableWriteProvisionedThroughputExceeded\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("dynamodb_throttled_requests_total{table_name=\"tab\","
                                  "operation=\"PutItem\"} 1")));
}

TEST_F(MetricsFailuresTest, TellErrorsOfUsersFromConditionsThatFailed) {
  start();
  create("tab", 50, 50);
  put("tab");
  put("tab", R"+(,"ConditionExpression":"attribute_not_exists(pk)")+");
  failure(database_.get(), "PutItem", R"({"TableName":"none","Item":{"pk":{"S":"a"}}})");
  failure(database_.get(), "PutItem", "{");
  failure(database_.get(), "NoSuchOperation", "{}");
  failure(database_.get(), "DescribeTable", R"({"TableName":"none"})");
  const std::string text = metrics();
  EXPECT_THAT(
      text,
      HasSubstr("\ndynamodb_conditional_check_failed_requests_total{table_name=\"tab\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_user_errors_total 4\n"));
  EXPECT_THAT(text, HasSubstr("_count{table_name=\"tab\",operation=\"PutItem\"} 1\n"));
}

TEST_F(MetricsFailuresTest, CountRequestsThatFaultsFail) {
  start();
  create("tab", 50, 50);
  const auto fail = [this](const std::string& error) {
    FaultRule rule;
    rule.operation = "PutItem";
    rule.error = error;
    const AddedFault added = database_->add_fault(rule);
    EXPECT_EQ(added.error, "");
    EXPECT_NE(put("tab").status, 200);
    database_->remove_fault(added.id);
  };
  for (const char* const error :
       {"ThrottlingException", "InternalServerError", "ConditionalCheckFailedException",
        "TransactionConflictException"}) {
    fail(error);
  }
  const std::string text = metrics();
  const std::string put = "{table_name=\"tab\",operation=\"PutItem\"} 1\n";
  EXPECT_THAT(text, HasSubstr("\ndynamodb_throttled_requests_total" + put));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_system_errors_total" + put));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_conditional_check_failed_requests_total"
                              "{table_name=\"tab\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_transaction_conflict_total{table_name=\"tab\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_user_errors_total 0\n"));
}

TEST_F(MetricsFailuresTest, CountConflictsThatFaultsMakeOfElements) {
  start();
  create("tab", 50, 50);
  FaultRule rule;
  rule.error = "TransactionConflictException";
  EXPECT_EQ(database_->add_fault(rule).error, "");
  const std::string item = R"({"pk":{"S":"a"},"g":{"S":"b"}})";
  answer(database_.get(), "BatchWriteItem",
         R"({"RequestItems":{"tab":[{"PutRequest":{"Item":)" + item + "}}]}}");
  answer(database_.get(), "BatchExecuteStatement",
         R"({"Statements":[{"Statement":"DELETE FROM tab WHERE pk='a'"}]})");
  failure(database_.get(), "TransactGetItems",
          R"({"TransactItems":[{"Get":{"TableName":"tab","Key":{"pk":{"S":"a"}}}}]})");
  EXPECT_THAT(metrics(),
              HasSubstr("\ndynamodb_transaction_conflict_total{table_name=\"tab\"} 3\n"));
}

TEST_F(MetricsFailuresTest, CountTheStatementsOfBatches) {
  start();
  create("tab", 5, 1);
  const auto execute = [this](const std::string& statement) {
    answer(database_.get(), "BatchExecuteStatement",
           R"({"Statements":[{"Statement":")" + statement + "\"}]}");
  };
  execute("UPDATE tab SET n=1 WHERE pk='a'");  // there is none; takes the unit that there is
  execute("UPDATE tab SET n=1 WHERE pk='a'");
  const std::string text = metrics();
  EXPECT_THAT(text, HasSubstr("\ndynamodb_conditional_check_failed_requests_total"
                              "{table_name=\"tab\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_throttled_requests_total{table_name=\"tab\","
                              "operation=\"BatchExecuteStatement\"} 1\n"));
}

// Twice the item that is there or the one that it would have made, whichever is larger.
TEST_F(MetricsFailuresTest, CountWhatACancelledTransactionAttempted) {
  start();
  create("tab", 50, 50);
  const std::string item =
      R"("Item":{"pk":{"S":"a"},"x":{"S":")" + std::string(5 * 1024 - 100, 'x') + R"("}})";
  const auto transact = [&] {
    return database_->call("TransactWriteItems", R"({"TransactItems":[{"Put":{"TableName":"tab",)" +
                                                     item +
                                                     R"(,"ConditionExpression":"x = g"}}]})");
  };
  EXPECT_EQ(transact().status, 400);
  EXPECT_THAT(metrics(), HasSubstr("consumed_write_capacity_units_total{table_name=\"tab\"} 10\n"));
  answer(database_.get(), "PutItem", R"({"TableName":"tab","Item":{"pk":{"S":"a"}}})");
  EXPECT_EQ(transact().status, 400);
  EXPECT_THAT(metrics(), HasSubstr("consumed_write_capacity_units_total{table_name=\"tab\"} 21\n"));
}

TEST_F(MetricsFailuresTest, CountWhyTransactionsAreCancelled) {
  start();
  create("tab", 50, 50);
  create("slow", 1, 1);
  put("tab");
  const std::string insert = R"({"Statement":"INSERT INTO tab VALUE {'pk': 'a'}"})";
  failure(database_.get(), "ExecuteTransaction", R"({"TransactStatements":[)" + insert + "]}");
  const auto transact = [this](const std::string& table, const std::string& condition) {
    const auto put = [&](const std::string& key) {
      return R"({"Put":{"TableName":")" + table + R"(","Item":{"pk":{"S":")" + key + "\"}}" +
             condition + "}}";
    };
    return database_->call("TransactWriteItems",
                           R"({"TransactItems":[)" + put("a") + "," + put("c") + "]}");
  };
  EXPECT_EQ(transact("tab", R"(,"ConditionExpression":"pk = g")").status, 400);
  EXPECT_EQ(transact("slow", "").status, 400);
  const std::string text = metrics();
  EXPECT_THAT(
      text,
      HasSubstr("\ndynamodb_conditional_check_failed_requests_total{table_name=\"tab\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_throttled_requests_total{table_name=\"slow\","
                              "operation=\"TransactWriteItems\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\ndynamodb_user_errors_total 0\n"));
}

TEST_F(MetricsFailuresTest, CountABatchOfStatementsAsThrottledWhenAllOfItIs) {
  start();
  create("tab", 5, 1);
  const auto insert = [](const std::string& key) {
    return R"({"Statement":"INSERT INTO tab VALUE {'pk': ')" + key + "'}\"}";
  };
  const auto batch = [&](const std::string& one, const std::string& other) {
    answer(database_.get(), "BatchExecuteStatement",
           R"({"Statements":[)" + insert(one) + "," + insert(other) + "]}");
  };
  const std::string labels = "{table_name=\"tab\",operation=\"BatchExecuteStatement\"} ";
  batch("a", "b");  // the second is throttled
  EXPECT_THAT(metrics(), HasSubstr("\ndynamodb_throttled_requests_total" + labels + "0\n"));
  batch("c", "d");
  EXPECT_THAT(metrics(), HasSubstr("\ndynamodb_throttled_requests_total" + labels + "1\n"));
  EXPECT_THAT(metrics(), HasSubstr("_latency_seconds_count" + labels + "1\n"));
}

}  // namespace
}  // namespace stator
