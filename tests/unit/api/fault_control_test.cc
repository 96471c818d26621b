// Rules of faults over /_stator/faults, and which are refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "faults_fixture.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::FaultsTest;

TEST_F(FaultsTest, AreAddedListedAndRemovedOverHttp) {
  EXPECT_EQ(control("POST", R"({"operation":"PutItem","table":"table","key":{"pk":{"S":"k"}},)"
                            R"("nth":2,"times":1,"probability":"0.5","seed":3,"after":"1s",)"
                            R"("for":"1m","error":"InternalServerError","message":"text"})")
                .body,
            R"({"id":1})");
  EXPECT_EQ(control("POST", R"({"hold":"5s","delay":"10ms","close":"after","unprocessed":2})").body,
            R"({"id":2})");
  EXPECT_EQ(control("GET").body,
            R"({"faults":[{"id":1,"operation":"PutItem","table":"table","key":)"
            R"({"pk":{"S":"k"}},"nth":2,"times":1,"probability":"0.5","seed":3,"after":"1s",)"
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
            R"({"message":"probability is not above 0 and at most 1"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","probability":"0"})"),
            R"({"message":"probability is not above 0 and at most 1"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","reason":"x"})"),
            R"({"message":"message and reason go with error"})");
  EXPECT_EQ(refusal(R"({"close":"never"})"),
            R"({"message":"close is not \"before\" or \"after\""})");
  EXPECT_EQ(refusal(R"({"delay":1})"), R"({"message":"delay is not a string"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","key":{}})"),
            R"({"message":"key is not an object of attributes: {}"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","key":{"pk":"a"}})"),
            R"({"message":"key is not an object of attributes: {\"pk\": {\"S\": \"a\"}}"})");
  for (const char* const count : {"2.7", "2e0", "-1", "\"2\""}) {
    EXPECT_EQ(refusal(R"({"delay":"1s","nth":)" + std::string(count) + "}"),
              R"({"message":"nth is not a whole number from 0 on"})");
  }
  EXPECT_EQ(refusal(R"({"what":1})"), R"({"message":"unknown member: what"})");
  EXPECT_EQ(database_->faults().size(), 0U);
}

TEST_F(FaultsTest, WithReasonsThatAreNoneAreRefused) {
  EXPECT_EQ(refusal(R"({"error":"ThrottlingException","reason":"x"})"),
            R"({"message":"no such reason: x"})");
  EXPECT_EQ(refusal(R"({"error":"InternalServerError",)"
                    R"("reason":"TableReadAccountLimitExceeded"})"),
            R"({"message":"reason goes with throttles"})");
}

TEST_F(FaultsTest, WithAnIndexThatDoesNotFitAreRefused) {
  const std::string throttle = R"({"error":"ThrottlingException",)";
  EXPECT_EQ(refusal(throttle + R"("reason":"IndexReadAccountLimitExceeded"})"),
            R"({"message":"IndexReadAccountLimitExceeded wants an index"})");
  EXPECT_EQ(refusal(throttle + R"("reason":"TableReadAccountLimitExceeded","index":"ix"})"),
            R"({"message":"index goes with the reasons of an index"})");
  EXPECT_EQ(refusal(throttle + R"("index":"by_n"})"),
            R"({"message":"index goes with the reasons of an index"})");
  EXPECT_EQ(refusal(R"({"delay":"1s","index":"by_n"})"),
            R"({"message":"index goes with the reasons of an index"})");
  EXPECT_EQ(refusal(throttle + R"("reason":"IndexReadAccountLimitExceeded","index":"a b"})"),
            R"({"message":"index is not an index's name: a b"})");
}

TEST_F(FaultsTest, WithAMemberTwiceAreRefused) {
  EXPECT_EQ(refusal(R"({"delay":"1s","times":1,"delay":"2s"})"), R"({"message":"twice: delay"})");
}

TEST_F(FaultsTest, ThatCanNeverFireAreRefused) {
  EXPECT_EQ(refusal(R"({"operation":"Putitem","delay":"1s"})"),
            R"({"message":"no such operation: Putitem"})");
  EXPECT_EQ(refusal(R"({"operation":"DynamoDB_20120810.PutItem","delay":"1s"})"),
            R"({"message":"no such operation: DynamoDB_20120810.PutItem"})");
  EXPECT_EQ(refusal(R"({"operation":"Query","hold":"1s"})"),
            R"({"message":"hold does not go with Query"})");
  EXPECT_EQ(refusal(R"({"operation":"BatchExecuteStatement","unprocessed":1})"),
            R"({"message":"unprocessed does not go with BatchExecuteStatement"})");
  EXPECT_EQ(refusal(R"({"operation":"Scan","key":{"pk":{"S":"a"}},"delay":"1s"})"),
            R"({"message":"key does not go with Scan"})");
  EXPECT_EQ(refusal(R"({"operation":"GetRecords","table":"table","delay":"1s"})"),
            R"({"message":"table does not go with GetRecords"})");
  EXPECT_EQ(refusal(R"({"table":"arn:aws:dynamodb:us-east-1:000000000000:table/t","delay":"1s"})"),
            R"({"message":"table is not a table's name: )"
            R"(arn:aws:dynamodb:us-east-1:000000000000:table/t"})");
  EXPECT_EQ(refusal(R"({"error":"ResourceInUseException","hold":"1s"})"),
            R"({"message":"there is no operation that all of this can happen to"})");
  EXPECT_EQ(refusal(R"({"error":"ResourceConflictException"})"),
            R"({"message":"no such error: ResourceConflictException"})");
  EXPECT_EQ(database_->faults().size(), 0U);
}

TEST_F(FaultsTest, AreListedAsTheyMayBeAddedAgain) {
  FaultRule rule = failing("PutItem", "InternalServerError");
  rule.key = "{ \"pk\" : {\"S\":\"k\"} }";
  add(rule);
  const std::string listed = control("GET").body;
  const std::string start = R"({"faults":[{"id":1,)";
  const std::size_t end = listed.find(R"(,"met")");
  ASSERT_NE(end, std::string::npos);
  ASSERT_TRUE(listed.starts_with(start)) << listed;
  const std::string again = "{" + listed.substr(start.size(), end - start.size()) + "}";
  EXPECT_EQ(again, R"({"operation":"PutItem","key":{"pk":{"S":"k"}},)"
                   R"("error":"InternalServerError"})");
  EXPECT_EQ(control("POST", again).body, R"({"id":2})");
}

}  // namespace
}  // namespace stator
