#include "stator/database.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <vector>

#include "database_support.h"
#include "padded_json.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::failure;
using testing_support::kCreateTable;
using testing_support::kDescribe;
using testing_support::kGet;
using testing_support::kGot;
using testing_support::kMalformed;
using testing_support::kNotFound;
using testing_support::kPut;
using testing_support::kUnknown;
using testing_support::open;
using testing_support::open_with_table;
using testing_support::repeated;

DatabaseOptions with_clock(std::shared_ptr<Clock> clock) {
  DatabaseOptions options;
  options.clock = std::move(clock);
  return options;
}

TEST(Database, AnswersRequests) {
  const std::unique_ptr<Database> database = open_with_table();
  EXPECT_EQ(answer(database.get(), "GetItem", kGet), "{}");
  EXPECT_EQ(answer(database.get(), "PutItem", kPut), "{}");
  EXPECT_EQ(answer(database.get(), "GetItem", kGet), kGot);
}

TEST(Database, TakesTheWholeTargetOrTheOperationAlone) {
  const std::unique_ptr<Database> database = open();
  EXPECT_EQ(answer(database.get(), "ListTables", "{}"), R"({"TableNames":[]})");
  EXPECT_EQ(answer(database.get(), "DynamoDB_20120810.ListTables", "{}"), R"({"TableNames":[]})");
  for (const char* const target :
       {"", "listtables", "ListTable", "ListTablesX", "DynamoDB_20120810.", "DynamoDB_20120810",
        "DynamoDB_20111205.ListTables", "DynamoDBStreams_20120810.ListTables",
        "DynamoDB_20120810.DynamoDB_20120810.ListTables"}) {
    EXPECT_EQ(failure(database.get(), target, "{}"), kUnknown) << target;
  }
}

TEST(Database, SeveralInOneProcessDoNotSeeEachOther) {
  const std::unique_ptr<Database> one = open_with_table();
  const std::unique_ptr<Database> other = open();
  EXPECT_EQ(failure(other.get(), "GetItem", kGet), kNotFound);
  answer(other.get(), "CreateTable", kCreateTable);
  answer(one.get(), "PutItem", kPut);
  EXPECT_EQ(answer(other.get(), "GetItem", kGet), "{}");
  EXPECT_EQ(answer(one.get(), "GetItem", kGet), kGot);
}

TEST(Database, TakesCallsFromManyThreads) {
  const std::unique_ptr<Database> database = open_with_table();
  constexpr int kThreads = 4;
  constexpr int kCalls = 100;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&database, thread] {
      for (int i = 0; i < kCalls; ++i) {
        const std::string key =
            R"({"pk":{"S":")" + std::to_string(thread) + "-" + std::to_string(i) + "\"}}";
        answer(database.get(), "PutItem", R"({"TableName":"table","Item":)" + key + "}");
        EXPECT_EQ(answer(database.get(), "GetItem", R"({"TableName":"table","Key":)" + key + "}"),
                  "{\"Item\":" + key + "}");
        answer(
            database.get(), "UpdateItem",
            R"({"TableName":"table","Key":{"pk":{"S":"counter"}},"UpdateExpression":"ADD n :one",)"
            R"("ExpressionAttributeValues":{":one":{"N":"1"}}})");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(
      answer(database.get(), "GetItem", R"({"TableName":"table","Key":{"pk":{"S":"counter"}}})"),
      R"({"Item":{"n":{"N":"400"},"pk":{"S":"counter"}}})");
}

TEST(Database, TakesCallsWhileTablesComeAndGo) {
  const std::unique_ptr<Database> database = open();
  std::atomic<bool> done{false};
  std::thread reader([&] {
    while (!done) {
      const Reply reply = database->call("GetItem", kGet);
      EXPECT_TRUE(reply.body == "{}" || reply.body == kGot || reply.body == kNotFound)
          << reply.body;
    }
  });
  for (int i = 0; i < 20; ++i) {
    answer(database.get(), "CreateTable", kCreateTable);
    EXPECT_EQ(answer(database.get(), "GetItem", kGet), "{}") << "nothing of the table before";
    answer(database.get(), "PutItem", kPut);
    answer(database.get(), "DeleteTable", kDescribe);
  }
  done = true;
  reader.join();
}

// ---- errors ----

TEST(DatabaseError, NamesItsExceptionAsAwsDoes) {
  const std::unique_ptr<Database> database = open_with_table();
  answer(database.get(), "PutItem", kPut);
  EXPECT_EQ(failure(database.get(), "GetItem", R"({"TableName":"nothing","Key":{"pk":{"S":"k"}}})"),
            kNotFound);
  EXPECT_EQ(failure(database.get(), "GetItem", R"({"TableName":1})"),
            R"({"__type":"com.amazon.coral.service#SerializationException",)"
            R"("Message":"NUMBER_VALUE cannot be converted to String"})");
  EXPECT_EQ(failure(database.get(), "GetItem", R"({"TableName":"table","Key":{}})"),
            R"({"__type":"com.amazon.coral.validate#ValidationException",)"
            R"("message":"The provided key element does not match the schema"})");
  EXPECT_EQ(failure(database.get(), "PutItem",
                    R"({"TableName":"table","Item":{"pk":{"S":"k"}},)"
                    R"-("ConditionExpression":"attribute_not_exists(pk)",)-"
                    R"("ReturnValuesOnConditionCheckFailure":"ALL_OLD"})"),
            R"({"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",)"
            R"("message":"The conditional request failed",)"
            R"("Item":{"n":{"N":"1"},"pk":{"S":"k"}}})");
}

TEST(DatabaseError, MalformedJsonComesBeforeEverything) {
  const std::unique_ptr<Database> database = open();
  EXPECT_EQ(failure(database.get(), "GetItem", ""), kMalformed);
  for (const char* const body : {"{", "[]", "null", R"({"TableName":1,})", R"({"TableName":1} x)",
                                 R"({"TableName":1,"Later":tru})"}) {
    EXPECT_EQ(failure(database.get(), "GetItem", body), kMalformed) << body;
    EXPECT_EQ(failure(database.get(), "NoSuchOperation", body), kMalformed) << body;
  }
}

TEST(DatabaseError, SurvivesDeepJson) {
  const std::unique_ptr<Database> database = open_with_table();
  constexpr std::size_t kLevels = 200'000;
  const std::string deep = repeated(R"({"L":[)", kLevels) + repeated("]}", kLevels);
  EXPECT_THAT(failure(database.get(), "PutItem",
                      R"({"TableName":"table","Item":{"pk":{"S":"k"},"a":)" + deep + "}}"),
              HasSubstr("Nesting Levels have exceeded supported limits"));
  EXPECT_EQ(failure(database.get(), "PutItem", deep.substr(0, kLevels * 6)), kMalformed);
  EXPECT_EQ(answer(database.get(), "GetItem",
                   R"({"TableName":"table","Key":{"pk":{"S":"k"}},"Unknown":)" + deep + "}"),
            "{}");
}

std::string refused(Database* database, std::string_view operation, std::string_view body) {
  const Refusal refusal{.type = "MissingAuthenticationTokenException",
                        .message = "Request is missing Authentication Token"};
  Call call;
  call.operation = operation;
  call.body = body;
  call.refusal = &refusal;
  Reply reply;
  database->call(call, &reply);
  EXPECT_EQ(reply.status, 400);
  return reply.body;
}

TEST(DatabaseRefusal, IsAnsweredAfterMalformedJsonAndUnknownOperations) {
  const std::unique_ptr<Database> database = open();
  EXPECT_EQ(refused(database.get(), "GetItem", "{"), kMalformed);
  EXPECT_EQ(refused(database.get(), "NoSuchOperation", "{"), kMalformed);
  EXPECT_EQ(refused(database.get(), "NoSuchOperation", "{}"), kUnknown);
}

TEST(DatabaseRefusal, IsAnsweredBeforeABodyThatIsMissing) {
  const std::unique_ptr<Database> database = open();
  EXPECT_EQ(refused(database.get(), "NoSuchOperation", ""), kUnknown);
  EXPECT_THAT(refused(database.get(), "GetItem", ""),
              testing::HasSubstr("MissingAuthenticationTokenException"));
  EXPECT_EQ(database->call("GetItem", "").body, kMalformed);
}

TEST(DatabaseRefusal, IsAnsweredBeforeTheRequestIsLookedAt) {
  const std::unique_ptr<Database> database = open_with_table();
  for (const char* const body : {"{}", R"({"TableName":1})", kPut}) {
    EXPECT_EQ(refused(database.get(), "PutItem", body),
              R"({"__type":"com.amazon.coral.service#MissingAuthenticationTokenException",)"
              R"("message":"Request is missing Authentication Token"})");
  }
  EXPECT_EQ(answer(database.get(), "GetItem", kGet), "{}") << "nothing was written";
}

// ---- time ----

class DatabaseClockTest : public testing::Test {
 protected:
  static DatabaseOptions options(std::shared_ptr<Clock> clock) {
    DatabaseOptions options = with_clock(std::move(clock));
    options.transitions = {.creating = 10s, .updating = 20s, .deleting = 30s};
    return options;
  }

  std::string describe() { return answer(database_.get(), "DescribeTable", kDescribe); }

  const std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(TimePoint(1'700'000'000'123ms));
  const std::unique_ptr<Database> database_ = open(options(clock_));
};

TEST_F(DatabaseClockTest, ATableIsCreatingUntilTheClockSaysOtherwise) {
  EXPECT_THAT(answer(database_.get(), "CreateTable", kCreateTable),
              HasSubstr(R"("TableStatus":"CREATING")"));
  EXPECT_EQ(failure(database_.get(), "PutItem", kPut), kNotFound);
  clock_->advance(10s - 1us);
  EXPECT_THAT(describe(), HasSubstr(R"("TableStatus":"CREATING")"));
  clock_->advance(1us);
  EXPECT_THAT(describe(), HasSubstr(R"("TableStatus":"ACTIVE")"));
  answer(database_.get(), "PutItem", kPut);
}

TEST_F(DatabaseClockTest, ATableIsBeingDeletedUntilTheClockSaysOtherwise) {
  answer(database_.get(), "CreateTable", kCreateTable);
  clock_->advance(10s);
  answer(database_.get(), "PutItem", kPut);
  answer(database_.get(), "DeleteTable", kDescribe);
  EXPECT_THAT(describe(), HasSubstr(R"("TableStatus":"DELETING")"));
  EXPECT_EQ(failure(database_.get(), "GetItem", kGet), kNotFound);
  clock_->advance(30s);
  EXPECT_THAT(failure(database_.get(), "DescribeTable", kDescribe),
              HasSubstr("ResourceNotFoundException"));
  EXPECT_EQ(answer(database_.get(), "ListTables", "{}"), R"({"TableNames":[]})");
}

TEST_F(DatabaseClockTest, ATableOfADeletedNameStartsEmpty) {
  answer(database_.get(), "CreateTable", kCreateTable);
  clock_->advance(10s);
  answer(database_.get(), "PutItem", kPut);
  answer(database_.get(), "DeleteTable", kDescribe);
  clock_->advance(30s);
  answer(database_.get(), "CreateTable", kCreateTable);
  clock_->advance(10s);
  EXPECT_EQ(answer(database_.get(), "GetItem", kGet), "{}");
  EXPECT_THAT(describe(), HasSubstr(R"("ItemCount":0)"));
}

TEST_F(DatabaseClockTest, TimesOfTheReplyAreTheClocks) {
  EXPECT_THAT(answer(database_.get(), "CreateTable", kCreateTable),
              HasSubstr(R"("CreationDateTime":1700000000.123)"));
}

TEST(Database, OfOneSeedAndClockGivesTheSameAnswers) {
  const auto created = [](std::uint64_t seed) {
    DatabaseOptions options = with_clock(std::make_shared<ManualClock>(TimePoint(5s)));
    options.seed = seed;
    const std::unique_ptr<Database> database = open(std::move(options));
    return answer(database.get(), "CreateTable", kCreateTable);
  };
  EXPECT_EQ(created(1), created(1));
  EXPECT_NE(created(1), created(2));
}

TEST(Database, SaysWhereItsItemsLive) {
  EXPECT_EQ(open()->storage(), "memory");
}

TEST(Database, HasAVersion) {
  EXPECT_THAT(std::string(version()), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

}  // namespace
}  // namespace stator
