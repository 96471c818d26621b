// Retries, ages, splits, partial failures: what becomes of a batch that fails.
#include <gtest/gtest.h>

#include "delivery_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using namespace testing_support;

TEST(DeliveryFailure, IsRetriedAfterWaitsThatDouble) {
  Delivery delivery({.delays = {.first = 1s, .most = 5s}});
  delivery.add(records(1, 2));
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(delivery.next_ends(function_error()), "invoke 1 2");
    EXPECT_EQ(delivery.next(), "");
    waits.push_back(delivery.wait());
  }
  EXPECT_EQ(waits, std::vector<std::int64_t>({1000, 2000, 4000, 5000, 5000}));
}

TEST(DeliveryFailure, BlocksWhatComesAfterIt) {
  Delivery delivery({.batch_size = 1});
  delivery.add(records(1, 2));
  delivery.next_ends(function_error());
  EXPECT_EQ(delivery.next(), "");
  delivery.wait();
  EXPECT_EQ(delivery.next_ends(), "invoke 1");
  EXPECT_EQ(delivery.next_ends(), "invoke 2");
}

TEST(DeliveryFailure, BeginsWithTheFirstWaitAfterASuccess) {
  Delivery delivery({.batch_size = 1});
  delivery.add(records(1, 2));
  delivery.next_ends(function_error());
  EXPECT_EQ(delivery.wait(), 1000);
  delivery.next_ends(function_error());
  EXPECT_EQ(delivery.wait(), 2000);
  delivery.next_ends();
  delivery.next_ends(function_error());
  EXPECT_EQ(delivery.wait(), 1000);
}

TEST(MaximumRetryAttempts, AreWhatABatchIsGivenBeyondTheFirst) {
  Delivery delivery({.retries_max = 2});
  delivery.add(records(1, 2));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(delivery.next_ends(function_error()), "invoke 1 2");
    if (i < 2) delivery.wait();
  }
  EXPECT_EQ(delivery.wait(), 0);
  EXPECT_EQ(delivery.next(), "discard 1 2 RetryAttemptsExhausted 3");
}

TEST(MaximumRetryAttempts, OfNoneMakeOneInvocation) {
  Delivery delivery({.retries_max = 0});
  delivery.add(records(1, 1));
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke 1");
  EXPECT_EQ(delivery.next(), "discard 1 RetryAttemptsExhausted 1");
  ASSERT_TRUE(delivery.last_action->discard->last.has_value());
  EXPECT_EQ(delivery.last_action->discard->last->function_error, "Unhandled");
}

TEST(MaximumRetryAttempts, AreNotSpentByThrottles) {
  Delivery delivery({.retries_max = 0});
  delivery.add(records(1, 1));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(delivery.next_ends(throttled()), "invoke 1");
    EXPECT_GT(delivery.wait(), 0);
  }
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke 1");
  EXPECT_EQ(delivery.next(), "discard 1 RetryAttemptsExhausted 1");
}

TEST(DeliveryDiscard, IsDoneWhenItIsAtItsDestination) {
  Delivery delivery({.batch_size = 1, .retries_max = 0});
  delivery.add(records(1, 2));
  delivery.next_ends(function_error());
  EXPECT_EQ(delivery.next(), "discard 1 RetryAttemptsExhausted 1");
  EXPECT_EQ(delivery.done(), 0U);
  EXPECT_EQ(delivery.next(), "");
  delivery.discarded();
  EXPECT_EQ(delivery.done(), 1U);
  EXPECT_EQ(delivery.next_ends(), "invoke 2");
}

TEST(DeliveryDiscard, KeepsItsReasonWhenItsRecordsGrowOld) {
  Delivery delivery({.retries_max = 0, .age_max = 60s});
  delivery.add(records(1, 2));
  delivery.next_ends(function_error());
  delivery.advance(2min);
  EXPECT_EQ(delivery.next(), "discard 1 2 RetryAttemptsExhausted 1");
}

TEST(DeliveryDiscard, ComesAgainAfterACrash) {
  Delivery delivery({.retries_max = 0});
  delivery.add(records(1, 1));
  delivery.next_ends(function_error());
  EXPECT_EQ(delivery.next(), "discard 1 RetryAttemptsExhausted 1");
  delivery.restart();
  delivery.add(records(1, 1));
  EXPECT_EQ(delivery.next(), "invoke 1");
}

TEST(MaximumRecordAge, EndsRetriesThatHaveNoOtherEnd) {
  Delivery delivery({.age_max = 60s});
  delivery.add(records(1, 1));
  int invocations = 0;
  std::string action = delivery.next_ends(throttled());
  for (; action == "invoke 1"; action = delivery.next_ends(throttled())) {
    ++invocations;
    delivery.wait();
  }
  EXPECT_EQ(action, "discard 1 RecordAgeExceeded 0");
  EXPECT_EQ(invocations, 6) << "at 0, 1, 3, 7, 15 and 31 seconds";
  EXPECT_EQ(delivery.now(), kStart + 60s + 1us) << "not only when the next retry is due";
}

TEST(MaximumRecordAge, DiscardsOldRecordsWithoutInvokingWithThem) {
  Delivery delivery({.age_max = 60s});
  delivery.advance(2min);
  delivery.add({record(1), record(2, 0, kStart + 59s), record(3, 0, kStart + 60s),
                record(4, 0, kStart + 2min)});
  EXPECT_EQ(delivery.next_discarded(), "discard 1 2 RecordAgeExceeded 0");
  EXPECT_FALSE(delivery.last_action->discard->last.has_value());
  EXPECT_EQ(delivery.next_ends(), "invoke 3 4");
}

TEST(MaximumRecordAge, LeavesTheYoungerPartOfABatch) {
  Delivery delivery({.age_max = 60s, .delays = {.first = 40s, .most = 40s}});
  delivery.add({record(1, 0, kStart - 30s), record(2)});
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke 1 2");
  EXPECT_EQ(delivery.wait(), 30'000);
  EXPECT_EQ(delivery.next_discarded(), "discard 1 RecordAgeExceeded 1");
  EXPECT_EQ(delivery.next(), "");
  EXPECT_EQ(delivery.wait(), 9'999);
  EXPECT_EQ(delivery.next_ends(), "invoke 2");
}

TEST(MaximumRecordAge, IsNeverMoreThanWhatTheStreamKeeps) {
  Delivery delivery({});
  delivery.add(records(1, 1));
  delivery.next_ends(function_error());
  delivery.advance(24h);
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke 1");
  delivery.advance(1ms);
  EXPECT_EQ(delivery.next(), "discard 1 RecordAgeExceeded 2");
}

TEST(BisectBatchOnFunctionError, FindsTheRecordThatFails) {
  Delivery delivery({.retries_max = 1, .bisects = true});
  delivery.add(records(1, 8));
  std::vector<std::string> seen;
  for (std::string action; !(action = delivery.next()).empty();) {
    seen.push_back(action);
    if (delivery.last_action->discard) {
      delivery.discarded();
      continue;
    }
    const bool is_poisoned = (action + " ").find(" 6 ") != std::string::npos;
    delivery.ends(is_poisoned ? function_error() : success());
    if (action == "invoke 6") delivery.wait();
  }
  EXPECT_EQ(seen,
            std::vector<std::string>({"invoke 1 2 3 4 5 6 7 8", "invoke 1 2 3 4", "invoke 5 6 7 8",
                                      "invoke 5 6", "invoke 5", "invoke 6", "invoke 6",
                                      "discard 6 RetryAttemptsExhausted 5", "invoke 7 8"}));
  EXPECT_EQ(delivery.done(), 8U);
}

TEST(BisectBatchOnFunctionError, CostsNoRetry) {
  Delivery delivery({.retries_max = 0, .bisects = true});
  delivery.add(records(1, 3));
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke 1 2 3");
  EXPECT_EQ(delivery.next_ends(), "invoke 1");
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke 2 3");
  EXPECT_EQ(delivery.next_ends(), "invoke 2");
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke 3");
  EXPECT_EQ(delivery.next(), "discard 3 RetryAttemptsExhausted 3");
}

TEST(BisectBatchOnFunctionError, DoesNotSplitForAThrottle) {
  Delivery delivery({.bisects = true});
  delivery.add(records(1, 2));
  delivery.next_ends(throttled());
  delivery.wait();
  EXPECT_EQ(delivery.next(), "invoke 1 2");
}

TEST(ReportBatchItemFailures, RetriesFromTheFirstRecordThatFailed) {
  for (std::uint64_t failed = 2; failed <= 4; ++failed) {
    Delivery delivery({.reports_item_failures = true});
    delivery.add(records(1, 4));
    EXPECT_EQ(delivery.next_ends(item_failures({failed})), "invoke 1 2 3 4");
    EXPECT_EQ(delivery.done(), failed - 1);
    std::string rest = "invoke";
    for (std::uint64_t n = failed; n <= 4; ++n) rest += " " + std::to_string(n);
    EXPECT_EQ(delivery.next_ends(), rest);
    EXPECT_EQ(delivery.done(), 4U);
  }
}

TEST(ReportBatchItemFailures, TakesTheLowestOfSeveral) {
  Delivery delivery({.reports_item_failures = true});
  delivery.add(records(1, 4));
  delivery.next_ends(item_failures({4, 2, 3}));
  EXPECT_EQ(delivery.next(), "invoke 2 3 4");
}

TEST(ReportBatchItemFailures, OfTheFirstRecordIsAFailureOfAll) {
  Delivery delivery({.retries_max = 0, .reports_item_failures = true});
  delivery.add(records(1, 2));
  EXPECT_EQ(delivery.next_ends(item_failures({1})), "invoke 1 2");
  EXPECT_EQ(delivery.next(), "discard 1 2 RetryAttemptsExhausted 1");
}

TEST(ReportBatchItemFailures, GivesWhatIsLeftAllItsRetries) {
  Delivery delivery({.retries_max = 1, .reports_item_failures = true});
  delivery.add(records(1, 3));
  delivery.next_ends(function_error());
  delivery.wait();
  EXPECT_EQ(delivery.next_ends(item_failures({2})), "invoke 1 2 3");
  EXPECT_EQ(delivery.next_ends(item_failures({2})), "invoke 2 3");
  delivery.wait();
  EXPECT_EQ(delivery.next_ends(item_failures({2})), "invoke 2 3");
  EXPECT_EQ(delivery.next(), "discard 2 3 RetryAttemptsExhausted 2");
}

TEST(ReportBatchItemFailures, SplitsAtTheRecordThatFailed) {
  Delivery delivery({.retries_max = 0, .bisects = true, .reports_item_failures = true});
  delivery.add(records(1, 4));
  EXPECT_EQ(delivery.next_ends(item_failures({3})), "invoke 1 2 3 4");
  EXPECT_EQ(delivery.next_ends(item_failures({3})), "invoke 3 4");
  EXPECT_EQ(delivery.next_ends(item_failures({3})), "invoke 3");
  EXPECT_EQ(delivery.next_discarded(), "discard 3 RetryAttemptsExhausted 2");
  EXPECT_EQ(delivery.next_ends(), "invoke 4");
}

TEST(ReportBatchItemFailures, DoesNotLookAtTheAnswerWithoutTheSetting) {
  Delivery delivery({});
  delivery.add(records(1, 2));
  EXPECT_EQ(delivery.next_ends(item_failures({1})), "invoke 1 2");
  EXPECT_EQ(delivery.done(), 2U);
}

}  // namespace
}  // namespace stator
