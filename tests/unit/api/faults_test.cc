// Rules of faults through the embedding API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "faults_fixture.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::FaultsTest;

constexpr char kTransaction[] =
    R"({"TransactItems":[{"Put":{"TableName":"table","Item":{"pk":{"S":"a"}}}},)"
    R"({"Put":{"TableName":"table","Item":{"pk":{"S":"b"}}}}]})";
constexpr char kBatchPut[] =
    R"({"RequestItems":{"table":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}},)"
    R"({"PutRequest":{"Item":{"pk":{"S":"b"}}}}]}})";
constexpr char kBatchGet[] =
    R"({"RequestItems":{"table":{"Keys":[{"pk":{"S":"a"}},{"pk":{"S":"b"}}]}}})";

TEST_F(FaultsTest, MakeAnOperationFail) {
  add(failing("GetItem", "InternalServerError"));
  EXPECT_EQ(answer(database_.get(), "GetItem", testing_support::kGet, 500),
            R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError",)"
            R"("message":"Internal server error"})");
  EXPECT_EQ(puts(1), "-");
}

TEST_F(FaultsTest, MayHaveAMessageAndAReason) {
  FaultRule rule = failing("PutItem", "ThrottlingException");
  rule.message = "slow down";
  rule.reason = "TableWriteKeyRangeThroughputExceeded";
  add(rule);
  EXPECT_EQ(answer(database_.get(), "PutItem", testing_support::kPut, 400),
            R"({"__type":"com.amazon.coral.availability#ThrottlingException",)"
            R"("message":"slow down","throttlingReasons":[{"reason":)"
            R"("TableWriteKeyRangeThroughputExceeded","resource":)"
            R"("arn:aws:dynamodb:us-east-1:000000000000:table/table"}]})");
}

TEST_F(FaultsTest, ThatThrottleSayWhatTheirReasonSays) {
  const auto text_for = [&](const std::string& error, const std::string& reason) {
    database_->remove_faults();
    FaultRule rule = failing("PutItem", error);
    rule.reason = reason;
    if (reason.starts_with("Index")) rule.index = "by_n";
    add(rule);
    return answer(database_.get(), "PutItem", testing_support::kPut, 400);
  };
  EXPECT_THAT(text_for("ThrottlingException", "TableWriteMaxOnDemandThroughputExceeded"),
              HasSubstr("Throughput exceeds the maximum OnDemandThroughput configured"));
  EXPECT_THAT(text_for("ThrottlingException", "IndexWriteKeyRangeThroughputExceeded"),
              HasSubstr("for one or more global secondary indexes"));
  EXPECT_THAT(text_for("ThrottlingException", ""),
              HasSubstr("Throughput exceeds the current capacity of your table or index."));
  EXPECT_THAT(
      text_for("ProvisionedThroughputExceededException", "IndexWriteProvisionedThroughputExceeded"),
      HasSubstr("for the under-provisioned global secondary indexes"));
}

TEST_F(FaultsTest, ThatThrottleMayNameAnIndex) {
  FaultRule rule = failing("PutItem", "ThrottlingException");
  rule.reason = "IndexWriteKeyRangeThroughputExceeded";
  rule.index = "by_n";
  add(rule);
  EXPECT_THAT(answer(database_.get(), "PutItem", testing_support::kPut, 400),
              HasSubstr(R"("resource":"arn:aws:dynamodb:us-east-1:000000000000:table/table/index/)"
                        R"(by_n")"));
}

// What is there comes back as with a condition of the request itself.
TEST_F(FaultsTest, OfConditionsBringTheItemThatIsThere) {
  constexpr char kItem[] = R"("Item":{"n":{"N":"1"},"pk":{"S":"k"}})";
  answer(database_.get(), "PutItem", testing_support::kPut);
  add(failing("", "ConditionalCheckFailedException"));
  const std::string wanted = R"("ReturnValuesOnConditionCheckFailure":"ALL_OLD")";
  const std::string key = R"({"TableName":"table","Key":{"pk":{"S":"k"}})";
  EXPECT_THAT(answer(database_.get(), "DeleteItem", key + "," + wanted + "}", 400),
              HasSubstr(kItem));
  EXPECT_THAT(answer(database_.get(), "UpdateItem", key + "," + wanted + "}", 400),
              HasSubstr(kItem));
  EXPECT_THAT(answer(database_.get(), "DeleteItem", key + "}", 400), Not(HasSubstr("Item\"")));
  EXPECT_THAT(answer(database_.get(), "TransactWriteItems",
                     R"({"TransactItems":[{"Delete":)" + key + "," + wanted + "}}]}", 400),
              HasSubstr(kItem));
  EXPECT_THAT(answer(database_.get(), "ExecuteStatement",
                     R"({"Statement":"DELETE FROM \"table\" WHERE pk = 'k'",)" + wanted + "}", 400),
              HasSubstr(kItem));
  EXPECT_THAT(answer(database_.get(), "DeleteItem", R"({"TableName":"table","Key":{}})", 400),
              HasSubstr("ValidationException"));
  database_->remove_faults();
  EXPECT_EQ(answer(database_.get(), "GetItem", testing_support::kGet), testing_support::kGot);
}

TEST_F(FaultsTest, OfATableLeaveOthersAlone) {
  FaultRule rule = failing("PutItem", "InternalServerError");
  rule.table = "other";
  add(rule);
  EXPECT_EQ(puts(1), "-");
}

TEST_F(FaultsTest, OfAKeyMeetItsItemAlone) {
  FaultRule rule = failing("", "InternalServerError");
  rule.key = R"({"pk":{"S":"k"}})";
  add(rule);
  EXPECT_EQ(puts(1), "x");
  answer(database_.get(), "GetItem", testing_support::kGet, 500);
  answer(database_.get(), "PutItem", R"({"TableName":"table","Item":{"pk":{"S":"other"}}})");
}

TEST_F(FaultsTest, FireFromTheNthRequestOnAndSoOften) {
  FaultRule rule = failing("PutItem", "InternalServerError");
  rule.nth = 3;
  rule.times = 2;
  add(rule);
  EXPECT_EQ(puts(6), "--xx--");
  const FaultState state = database_->faults().front();
  EXPECT_EQ(state.met, 6U);
  EXPECT_EQ(state.fired, 2U);
}

TEST_F(FaultsTest, WithAProbabilityFollowTheirSeed) {
  FaultRule rule = failing("PutItem", "InternalServerError");
  rule.probability = 0.5;
  rule.seed = 7;
  const std::uint64_t first = add(rule);
  const std::string drawn = puts(40);
  EXPECT_GT(std::count(drawn.begin(), drawn.end(), 'x'), 8);
  EXPECT_GT(std::count(drawn.begin(), drawn.end(), '-'), 8);
  EXPECT_TRUE(database_->remove_fault(first));
  const std::uint64_t second = add(rule);
  EXPECT_EQ(puts(40), drawn);
  EXPECT_TRUE(database_->remove_fault(second));
  rule.seed = 8;
  add(rule);
  EXPECT_NE(puts(40), drawn);
}

TEST_F(FaultsTest, BeginAndEndByTheClock) {
  FaultRule rule = failing("PutItem", "InternalServerError");
  rule.after = 10s;
  rule.duration = 5s;
  add(rule);
  EXPECT_EQ(puts(1), "-");
  clock_->advance(10s);
  EXPECT_EQ(puts(1), "x");
  clock_->advance(5s);
  EXPECT_EQ(puts(1), "-");
}

TEST_F(FaultsTest, DelayARequestByTheClock) {
  FaultRule rule;
  rule.operation = "PutItem";
  rule.delay = 10s;
  add(rule);
  EXPECT_TRUE(database_->may_wait());
  auto delayed = std::async(std::launch::async, [this] { return puts(1); });
  while (database_->faults().front().waiting == 0) std::this_thread::yield();
  EXPECT_EQ(answer(database_.get(), "GetItem", testing_support::kGet), "{}");
  clock_->advance(10s);
  EXPECT_EQ(delayed.get(), "-");
  EXPECT_EQ(database_->faults().front().waiting, 0U);
}

TEST_F(FaultsTest, DropTheAnswerBeforeOrAfterTheCommit) {
  FaultRule rule;
  rule.operation = "PutItem";
  rule.close = FaultClose::before;
  const std::uint64_t before = add(rule);
  EXPECT_TRUE(database_->call("PutItem", testing_support::kPut).is_dropped);
  EXPECT_EQ(answer(database_.get(), "GetItem", testing_support::kGet), "{}");
  database_->remove_fault(before);
  rule.close = FaultClose::after;
  add(rule);
  EXPECT_TRUE(database_->call("PutItem", testing_support::kPut).is_dropped);
  EXPECT_EQ(answer(database_.get(), "GetItem", testing_support::kGet), testing_support::kGot);
}

TEST_F(FaultsTest, LeaveElementsOfABatchUnprocessed) {
  FaultRule rule;
  rule.unprocessed = 1;
  add(rule);
  EXPECT_EQ(answer(database_.get(), "BatchWriteItem", kBatchPut),
            R"({"UnprocessedItems":{"table":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}}]}})");
  EXPECT_EQ(answer(database_.get(), "BatchGetItem", kBatchGet),
            R"({"Responses":{"table":[{"pk":{"S":"b"}}]},)"
            R"("UnprocessedKeys":{"table":{"Keys":[{"pk":{"S":"a"}}]}}})");
}

TEST_F(FaultsTest, ThrottleABatchAsAWholeWhenNothingIsLeft) {
  FaultRule rule = failing("BatchWriteItem", "ProvisionedThroughputExceededException");
  rule.key = R"({"pk":{"S":"b"}})";
  const std::uint64_t one = add(rule);
  EXPECT_EQ(answer(database_.get(), "BatchWriteItem", kBatchPut),
            R"({"UnprocessedItems":{"table":[{"PutRequest":{"Item":{"pk":{"S":"b"}}}}]}})");
  database_->remove_fault(one);
  rule.key = "";
  add(rule);
  EXPECT_THAT(answer(database_.get(), "BatchWriteItem", kBatchPut, 400),
              HasSubstr("ProvisionedThroughputExceededException"));
}

TEST_F(FaultsTest, CancelTransactionsWithTheReasonOfTheItem) {
  FaultRule rule = failing("TransactWriteItems", "TransactionConflictException");
  rule.key = R"({"pk":{"S":"b"}})";
  add(rule);
  EXPECT_THAT(answer(database_.get(), "TransactWriteItems", kTransaction, 400),
              HasSubstr("[None, TransactionConflict]"));
  answer(database_.get(), "PutItem", R"({"TableName":"table","Item":{"pk":{"S":"b"}}})");
}

TEST_F(FaultsTest, OfConflictsDoNotMeetReads) {
  add(failing("", "TransactionConflictException"));
  answer(database_.get(), "GetItem", testing_support::kGet);
  EXPECT_EQ(puts(1), "x");
}

TEST_F(FaultsTest, OfAMissingTableFailATransactionAsAWhole) {
  FaultRule rule = failing("", "ResourceNotFoundException");
  rule.key = R"({"pk":{"S":"b"}})";
  add(rule);
  EXPECT_EQ(answer(database_.get(), "TransactWriteItems", kTransaction, 400),
            testing_support::kNotFound);
  EXPECT_EQ(
      answer(database_.get(), "TransactGetItems",
             R"({"TransactItems":[{"Get":{"TableName":"table","Key":{"pk":{"S":"b"}}}}]})", 400),
      testing_support::kNotFound);
}

TEST_F(FaultsTest, WithoutAnOperationLeaveThoseAloneThatNeverGetTheError) {
  const std::string describe = testing_support::kDescribe;
  FaultRule rule = failing("", "TransactionInProgressException");
  rule.table = "table";
  const std::uint64_t token = add(rule);
  EXPECT_EQ(puts(1), "-");
  answer(database_.get(), "GetItem", testing_support::kGet);
  answer(database_.get(), "Scan", describe);
  answer(database_.get(), "DescribeTable", describe);
  EXPECT_EQ(database_->faults().front().met, 0U);
  EXPECT_THAT(answer(database_.get(), "TransactWriteItems", kTransaction, 400),
              HasSubstr("TransactionInProgressException"));
  database_->remove_fault(token);
  rule.error = "ItemCollectionSizeLimitExceededException";
  add(rule);
  answer(database_.get(), "GetItem", testing_support::kGet);
  EXPECT_EQ(puts(1), "x");
}

TEST_F(FaultsTest, MayNameAnOperationForAnErrorThatItNeverGets) {
  add(failing("CreateTable", "ThrottlingException"));
  EXPECT_THAT(answer(database_.get(), "CreateTable", "{}", 400), HasSubstr("ThrottlingException"));
  add(failing("GetItem", "TransactionConflictException"));
  EXPECT_THAT(answer(database_.get(), "GetItem", testing_support::kGet, 400),
              HasSubstr("TransactionConflictException"));
}

TEST_F(FaultsTest, ThatHoldOrLeaveElementsOutDoNotMeetOtherOperations) {
  FaultRule rule;
  rule.hold = 1s;
  add(rule);
  rule.hold = 0s;
  rule.unprocessed = 1;
  add(rule);
  answer(database_.get(), "GetItem", testing_support::kGet);
  for (const FaultState& state : database_->faults()) EXPECT_EQ(state.met, 0U) << state.id;
}

TEST_F(FaultsTest, MeetTheTableOfAnArn) {
  FaultRule rule = failing("ListTagsOfResource", "InternalServerError");
  rule.table = "table";
  add(rule);
  const std::string arn = "arn:aws:dynamodb:us-east-1:000000000000:table/";
  answer(database_.get(), "ListTagsOfResource", R"({"ResourceArn":")" + arn + "table\"}", 500);
  answer(database_.get(), "ListTagsOfResource", R"({"ResourceArn":")" + arn + "other\"}", 400);
  rule.operation = "DescribeStream";
  add(rule);
  answer(database_.get(), "DescribeStream",
         R"({"StreamArn":")" + arn + "table/stream/2026-01-01T00:00:00.000\"}", 500);
}

}  // namespace
}  // namespace stator
