// Rules of faults through the embedding API and /_stator/faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "database_support.h"
#include "stator/clock.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::open_with_table;

constexpr char kTransaction[] =
    R"({"TransactItems":[{"Put":{"TableName":"table","Item":{"pk":{"S":"a"}}}},)"
    R"({"Put":{"TableName":"table","Item":{"pk":{"S":"b"}}}}]})";
constexpr char kBatchPut[] =
    R"({"RequestItems":{"table":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}},)"
    R"({"PutRequest":{"Item":{"pk":{"S":"b"}}}}]}})";
constexpr char kBatchGet[] =
    R"({"RequestItems":{"table":{"Keys":[{"pk":{"S":"a"}},{"pk":{"S":"b"}}]}}})";

class FaultsTest : public testing::Test {
 protected:
  FaultsTest() {
    DatabaseOptions options;
    options.clock = clock_;
    database_ = open_with_table(std::move(options));
  }

  // The id of a rule that must be right.
  std::uint64_t add(const FaultRule& rule) {
    const AddedFault added = database_->add_fault(rule);
    EXPECT_EQ(added.error, "");
    return added.id;
  }
  static FaultRule failing(const std::string& operation, const std::string& error) {
    FaultRule rule;
    rule.operation = operation;
    rule.error = error;
    return rule;
  }

  // For each of so many puts whether it failed: "-x-".
  std::string puts(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += database_->call("PutItem", testing_support::kPut).status == 200 ? '-' : 'x';
    }
    return text;
  }

  Reply control(std::string_view method, std::string_view body = "", std::string_view query = "") {
    Reply reply;
    database_->control({.method = method, .path = "/_stator/faults", .body = body, .query = query},
                       &reply);
    return reply;
  }
  std::string refusal(std::string_view body) {
    const Reply reply = control("POST", body);
    EXPECT_EQ(reply.status, 400);
    return reply.body;
  }

  const std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(TimePoint(std::chrono::milliseconds(1791505294500)));
  std::unique_ptr<Database> database_;
};

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

TEST_F(FaultsTest, MeetTheItemsOfStatements) {
  FaultRule rule = failing("", "TransactionConflictException");
  rule.key = R"({"pk":{"S":"b"}})";
  add(rule);
  const auto transaction = [this](const std::string& first, const std::string& second) {
    return database_->call("ExecuteTransaction", R"({"TransactStatements":[{"Statement":")" +
                                                     first + R"("},{"Statement":")" + second +
                                                     R"(","Parameters":[{"S":"b"}]}]})");
  };
  EXPECT_THAT(transaction("INSERT INTO \\\"table\\\" VALUE {'pk': 'a'}",
                          "DELETE FROM \\\"table\\\" WHERE pk = ?")
                  .body,
              HasSubstr("[None, TransactionConflict]"));
  EXPECT_THAT(transaction("SELECT * FROM \\\"table\\\" WHERE pk = 'a'",
                          "SELECT * FROM \\\"table\\\" WHERE ? = pk")
                  .body,
              HasSubstr("[None, TransactionConflict]"));
  const auto execute = [this](const std::string& statement) {
    return database_->call("ExecuteStatement", R"({"Statement":")" + statement + "\"}");
  };
  EXPECT_THAT(execute("INSERT INTO \\\"table\\\" VALUE {'pk': 'b'}").body,
              HasSubstr("TransactionConflictException"));
  EXPECT_EQ(execute("INSERT INTO \\\"table\\\" VALUE {'pk': 'c'}").status, 200);
  EXPECT_EQ(execute("SELECT * FROM \\\"table\\\" WHERE pk = 'b'").status, 200);
}

TEST_F(FaultsTest, HoldStatements) {
  FaultRule rule;
  rule.operation = "ExecuteTransaction";
  rule.hold = 1s;
  add(rule);
  auto held = std::async(std::launch::async, [this] {
    return database_->call("ExecuteTransaction", R"({"TransactStatements":[{"Statement":)"
                                                 R"("INSERT INTO \"table\" VALUE {'pk': 'a'}"}]})");
  });
  while (database_->faults().front().waiting == 0) std::this_thread::yield();
  EXPECT_THAT(
      answer(database_.get(), "PutItem", R"({"TableName":"table","Item":{"pk":{"S":"a"}}})", 400),
      HasSubstr("TransactionConflictException"));
  clock_->advance(1s);
  EXPECT_EQ(held.get().status, 200);
}

TEST_F(FaultsTest, OfConflictsDoNotMeetReads) {
  add(failing("", "TransactionConflictException"));
  answer(database_.get(), "GetItem", testing_support::kGet);
  EXPECT_EQ(puts(1), "x");
}

TEST_F(FaultsTest, AreAddedListedAndRemovedOverHttp) {
  EXPECT_EQ(control("POST", R"({"operation":"PutItem","table":"table","key":{"pk":{"S":"k"}},)"
                            R"("nth":2,"times":1,"probability":"0.5","seed":3,"after":"1s",)"
                            R"("for":"1m","error":"InternalServerError","message":"text"})")
                .body,
            R"({"id":1})");
  EXPECT_EQ(control("POST", R"({"hold":"5s","delay":"10ms","close":"after","unprocessed":2})").body,
            R"({"id":2})");
  EXPECT_EQ(
      control("GET").body,
      R"({"faults":[{"id":1,"operation":"PutItem","table":"table","key":)"
      R"("{\"pk\":{\"S\":\"k\"}}","nth":2,"times":1,"probability":"0.5","seed":3,"after":"1s",)"
      R"("for":"1m","error":"InternalServerError","message":"text","met":0,"fired":0,)"
      R"("waiting":0},{"id":2,"delay":"10ms","hold":"5s","close":"after","unprocessed":2,)"
      R"("met":0,"fired":0,"waiting":0}]})");
  control("DELETE", "", "id=1");
  EXPECT_EQ(database_->faults().size(), 1U);
  EXPECT_EQ(control("DELETE", "", "id=1").status, 400);
  EXPECT_EQ(control("DELETE").body, R"({"faults":[]})");
  EXPECT_FALSE(database_->may_wait());
}

TEST_F(FaultsTest, ThatMeanNothingAreRefused) {
  EXPECT_EQ(refusal("{}"), R"({"message":"error, delay, hold, close or unprocessed is missing"})");
  EXPECT_EQ(refusal(R"({"error":"NoSuchException"})"),
            R"({"message":"no such error: NoSuchException"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","nth":0})"), R"({"message":"nth counts from 1"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","probability":"2"})"),
            R"({"message":"probability is not between 0 and 1"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","reason":"x"})"),
            R"({"message":"message and reason go with error"})");
  EXPECT_EQ(refusal(R"({"close":"never"})"),
            R"({"message":"close is not \"before\" or \"after\""})");
  EXPECT_EQ(refusal(R"({"delay":1})"), R"({"message":"delay is not a string"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","key":{}})"),
            R"({"message":"key is not an object of attributes: {}"})");
  EXPECT_EQ(refusal(R"({"what":1})"), R"({"message":"unknown member: what"})");
  EXPECT_EQ(database_->faults().size(), 0U);
}

}  // namespace
}  // namespace stator
