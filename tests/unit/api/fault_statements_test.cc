// PartiQL's statements under rules of faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "faults_fixture.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::FaultsTest;

// A batch of these statements.
std::string batch(std::initializer_list<std::string> statements) {
  std::string text;
  for (const std::string& each : statements) {
    text += (text.empty() ? "" : ",") + (R"({"Statement":")" + each + "\"}");
  }
  return R"({"Statements":[)" + text + "]}";
}

const std::string kReadA = R"(SELECT * FROM \"table\" WHERE pk = 'a')";
const std::string kReadB = R"(SELECT * FROM \"table\" WHERE pk = 'b')";
const std::string kAddA = R"(INSERT INTO \"table\" VALUE {'pk': 'a'})";
const std::string kAddB = R"(INSERT INTO \"table\" VALUE {'pk': 'b'})";
const std::string kAddC = R"(INSERT INTO \"table\" VALUE {'pk': 'c'})";

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
  auto held = call_held("ExecuteTransaction",
                        R"({"TransactStatements":[{"Statement":")" + kAddA + R"("}]})");
  EXPECT_THAT(
      answer(database_.get(), "PutItem", R"({"TableName":"table","Item":{"pk":{"S":"a"}}})", 400),
      HasSubstr("TransactionConflictException"));
  clock_->advance(1s);
  EXPECT_EQ(held.get().status, 200);
}

TEST_F(FaultsTest, FailTheStatementsOfABatchThatTheyAreAbout) {
  FaultRule rule = failing("BatchExecuteStatement", "ThrottlingException");
  rule.key = R"({"pk":{"S":"a"}})";
  rule.message = "text";
  const std::uint64_t throttle = add(rule);
  EXPECT_EQ(answer(database_.get(), "BatchExecuteStatement", batch({kReadA, kReadB})),
            R"({"Responses":[{"Error":{"Code":"ThrottlingError","Message":"text"},)"
            R"("TableName":"table"},{"TableName":"table"}]})");
  EXPECT_EQ(database_->faults().front().fired, 1U);
  database_->remove_fault(throttle);
  rule.operation = "";
  const std::pair<const char*, const char*> kCodes[] = {
      {"TransactionConflictException", "TransactionConflict"},
      {"ConditionalCheckFailedException", "ConditionalCheckFailed"},
      {"ItemCollectionSizeLimitExceededException", "ItemCollectionSizeLimitExceeded"},
      {"DuplicateItemException", "DuplicateItem"},
      {"ProvisionedThroughputExceededException", "ProvisionedThroughputExceeded"},
      {"RequestLimitExceeded", "RequestLimitExceeded"}};
  for (const auto& [error, code] : kCodes) {
    rule.error = error;
    const std::uint64_t id = add(rule);
    EXPECT_EQ(answer(database_.get(), "BatchExecuteStatement", batch({kAddA})),
              R"({"Responses":[{"Error":{"Code":")" + std::string(code) +
                  R"(","Message":"text"},"TableName":"table"}]})");
    database_->remove_fault(id);
  }
  EXPECT_EQ(answer(database_.get(), "GetItem", R"({"TableName":"table","Key":{"pk":{"S":"a"}}})"),
            "{}");
}

TEST_F(FaultsTest, OfWhatEndsAStatementBeforeItRunsTellNoTable) {
  add(failing("", "ResourceNotFoundException"));
  EXPECT_EQ(answer(database_.get(), "BatchExecuteStatement", batch({kReadA})),
            R"({"Responses":[{"Error":{"Code":"ResourceNotFound",)"
            R"("Message":"Requested resource not found"}}]})");
}

TEST_F(FaultsTest, OfWritesDoNotMeetStatementsThatRead) {
  add(failing("", "ConditionalCheckFailedException"));
  add(failing("BatchExecuteStatement", "TransactionConflictException"));
  EXPECT_EQ(answer(database_.get(), "BatchExecuteStatement", batch({kReadA})),
            R"({"Responses":[{"TableName":"table"}]})");
  for (const FaultState& state : database_->faults()) EXPECT_EQ(state.met, 0U);
}

TEST_F(FaultsTest, ThatAreInternalFailABatchAsAWhole) {
  add(failing("BatchExecuteStatement", "InternalServerError"));
  answer(database_.get(), "BatchExecuteStatement", batch({kReadA}), 500);
}

// One statement meets it; those around run, and are all that is charged.
TEST_F(FaultsTest, ThatAreHeldLetABatchMeetTheirTransaction) {
  FaultRule rule;
  rule.operation = "ExecuteTransaction";
  rule.hold = 1s;
  add(rule);
  auto held = call_held("ExecuteTransaction",
                        R"({"TransactStatements":[{"Statement":")" + kAddA + R"("}]})");
  std::string request = batch({kAddB, kAddA, kAddC});
  request.insert(request.size() - 1, R"(,"ReturnConsumedCapacity":"TOTAL")");
  EXPECT_EQ(answer(database_.get(), "BatchExecuteStatement", request),
            R"({"Responses":[{"TableName":"table"},{"Error":{"Code":"TransactionConflict",)"
            R"("Message":"Transaction is ongoing for the item"},"TableName":"table"},)"
            R"({"TableName":"table"}],)"
            R"("ConsumedCapacity":[{"TableName":"table","CapacityUnits":2.0}]})");
  for (const std::string key : {"b", "c"}) {
    const std::string item = R"({"pk":{"S":")" + key + "\"}}";
    EXPECT_EQ(answer(database_.get(), "GetItem", R"({"TableName":"table","Key":)" + item + "}"),
              R"({"Item":)" + item + "}");
  }
  clock_->advance(1s);
  EXPECT_EQ(held.get().status, 200);
}

TEST_F(FaultsTest, HoldTheFirstStatementOfABatchThatTheyAreAbout) {
  FaultRule rule;
  rule.key = R"({"pk":{"S":"b"}})";
  rule.hold = 1s;
  add(rule);
  auto held = call_held("BatchExecuteStatement", batch({kAddA, kAddB}));
  const auto get = [this](const char* key) {
    return answer(database_.get(), "GetItem",
                  R"({"TableName":"table","Key":{"pk":{"S":")" + std::string(key) + "\"}}}");
  };
  EXPECT_EQ(get("a"), R"({"Item":{"pk":{"S":"a"}}})");
  EXPECT_EQ(get("b"), "{}");
  clock_->advance(1s);
  EXPECT_EQ(held.get().body, R"({"Responses":[{"TableName":"table"},{"TableName":"table"}]})");
  EXPECT_EQ(get("b"), R"({"Item":{"pk":{"S":"b"}}})");
}

}  // namespace
}  // namespace stator
