#include "streams/handler_response.h"

#include <gtest/gtest.h>

#include "delivery_support.h"

namespace stator {
namespace {

using testing_support::records;

constexpr ResponseRules kFailures = {.reports_item_failures = true};
constexpr ResponseRules kState = {.wants_state = true};
constexpr ResponseRules kBoth = {.reports_item_failures = true, .wants_state = true};

// Of a batch of the records 1, 2 and 3: how many are done; -1 where all failed.
int done(std::string_view answer, const ResponseRules& rules = kFailures) {
  const std::vector<DeliveryRecord> batch = records(1, 3);
  const std::vector<const DeliveryRecord*> places = {&batch[0], &batch[1], &batch[2]};
  const auto verdict = verdict_of(answer, places, rules);
  return verdict ? static_cast<int>(verdict->done) : -1;
}

std::string state(std::string_view answer) {
  const auto verdict = verdict_of(answer, {}, kState);
  return verdict ? verdict->state.value_or("none") : "failed";
}

TEST(HandlerResponse, WithoutFailuresIsASuccess) {
  for (const char* const answer :
       {"", " \n", "null", "{}", R"({"batchItemFailures":[]})", R"({"batchItemFailures":null})",
        R"({"other":[1]})", R"("done")", "7", "[]"}) {
    EXPECT_EQ(done(answer), 3) << answer;
  }
}

TEST(HandlerResponse, NamesWhatFailed) {
  EXPECT_EQ(done(R"({"batchItemFailures":[{"itemIdentifier":"3"}]})"), 2);
  EXPECT_EQ(done(R"({"batchItemFailures":[{"itemIdentifier":"3"},{"itemIdentifier":"2"}]})"), 1);
  EXPECT_EQ(done(R"({"batchItemFailures":[{"itemIdentifier":"1"}]})"), 0);
}

TEST(HandlerResponse, ThatNamesNoRecordIsAFailureOfAll) {
  for (const char* const failure :
       {R"({"itemIdentifier":""})", R"({"itemIdentifier":null})", R"({"itemIdentifier":4})", "{}",
        R"({"bad":"1"})", R"({"itemIdentifier":"4"})", R"("1")", "null", "1",
        R"({"itemIdentifier":"3"},{})"}) {
    EXPECT_EQ(done("{\"batchItemFailures\":[" + std::string(failure) + "]}"), -1) << failure;
  }
}

TEST(HandlerResponse, ThatIsNoListOfFailuresIsAFailureOfAll) {
  for (const char* const answer :
       {R"({"batchItemFailures":{}})", R"({"batchItemFailures":"3"})", R"({"batchItemFailures":1})",
        R"({"batchItemFailures":[)", "{", "rubbish", "{} {}"}) {
    EXPECT_EQ(done(answer), -1) << answer;
  }
}

TEST(HandlerResponse, MayBeAnythingWhenNobodyAsks) {
  EXPECT_EQ(done("rubbish", {}), 3);
  EXPECT_EQ(done(R"({"batchItemFailures":[{"itemIdentifier":"1"}]})", {}), 3);
  EXPECT_EQ(done(R"({"state":{},"batchItemFailures":7})", kState), 3);
}

TEST(HandlerResponse, CarriesTheStateOfAWindow) {
  EXPECT_EQ(state(R"({"state": {"a" : [1]} })"), R"({"a" : [1]})");
  EXPECT_EQ(state(R"({"state":{"a":1},"x":2})"), R"({"a":1})");
}

TEST(HandlerResponse, WithoutAStateIsAFailureInAWindow) {
  for (const char* const answer :
       {"", "null", "{}", R"({"state":null})", "[]", "rubbish", R"({"State":{}})"}) {
    EXPECT_EQ(state(answer), "failed") << answer;
  }
}

TEST(HandlerResponse, MaySayBoth) {
  EXPECT_EQ(done(R"({"state":{},"batchItemFailures":[{"itemIdentifier":"2"}]})", kBoth), 1);
  EXPECT_EQ(done(R"({"batchItemFailures":[{"itemIdentifier":"2"}]})", kBoth), -1);
}

}  // namespace
}  // namespace stator
