// Tumbling windows: which records are in which, and the state that goes from batch to batch.
#include <gtest/gtest.h>

#include "delivery_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using namespace testing_support;

const MappingSettings kSettings = {.batch_size = 2, .tumbling_window = 10s};

DeliveryRecord record_at(std::uint64_t number, std::chrono::seconds at) {
  return record(number, number, kStart + at);
}

InvocationResult state(const std::string& json) {
  return success("{\"state\":" + json + "}");
}

TEST(TumblingWindow, HandsTheStateFromBatchToBatch) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s), record_at(2, 1s), record_at(3, 9s)});
  EXPECT_EQ(delivery.next_ends(state(R"({"n":2})")), "invoke 1 2 window 0-10 {}");
  EXPECT_EQ(delivery.next_ends(state(R"({"n":3})")), R"(invoke 3 window 0-10 {"n":2})");
  EXPECT_EQ(delivery.next(), "");
}

TEST(TumblingWindow, EndsWithItsTime) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s)});
  delivery.next_ends(state(R"({"n":1})"));
  EXPECT_EQ(delivery.next(), "");
  EXPECT_EQ(delivery.wait(), 10'000);
  EXPECT_EQ(delivery.next_ends(state("{}")), R"(invoke window 0-10 {"n":1} final)");
  EXPECT_EQ(delivery.next(), "");
  EXPECT_EQ(delivery.delivery().wake_at(delivery.now()), std::nullopt);
}

TEST(TumblingWindow, EndsBeforeARecordOfTheNext) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 9s), record_at(2, 10s), record_at(3, 11s)});
  EXPECT_EQ(delivery.next_ends(state(R"({"n":1})")), "invoke 1 window 0-10 {}");
  EXPECT_EQ(delivery.next_ends(state("{}")), R"(invoke window 0-10 {"n":1} final)");
  EXPECT_EQ(delivery.next_ends(state("{}")), "invoke 2 3 window 10-20 {}");
}

TEST(TumblingWindow, EndsWithItsShard) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s)}, true);
  delivery.next_ends(state(R"({"n":1})"));
  EXPECT_FALSE(delivery.delivery().is_finished());
  EXPECT_EQ(delivery.next_ends(state("{}")), R"(invoke window 0-10 {"n":1} final)");
  EXPECT_TRUE(delivery.delivery().is_finished());
}

TEST(TumblingWindow, TakesALateRecordIntoTheNextWindow) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s)});
  delivery.next_ends(state("{}"));
  delivery.wait();
  delivery.next_ends(state("{}"));
  delivery.add({record_at(2, 9s), record_at(3, 12s)});
  EXPECT_EQ(delivery.next_ends(state("{}")), "invoke 2 3 window 10-20 {}");
}

TEST(TumblingWindow, DoesNotMoveOnBeforeItsEndSucceeded) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s), record_at(2, 10s)});
  delivery.next_ends(state("{}"));
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke window 0-10 {} final");
  EXPECT_EQ(delivery.next(), "");
  delivery.wait();
  EXPECT_EQ(delivery.next_ends(state("{}")), "invoke window 0-10 {} final");
  EXPECT_EQ(delivery.next(), "invoke 2 window 10-20 {}");
}

TEST(TumblingWindow, GivesUpItsEndWhenRetriesAreUsedUp) {
  MappingSettings settings = kSettings;
  settings.retries_max = 0;
  Delivery delivery(settings);
  delivery.add({record_at(1, 0s), record_at(2, 10s)});
  delivery.next_ends(state("{}"));
  delivery.next_ends(function_error());
  EXPECT_EQ(delivery.next_discarded(), "discard RetryAttemptsExhausted 1 window 0-10 {} final");
  EXPECT_EQ(delivery.next(), "invoke 2 window 10-20 {}");
}

TEST(TumblingWindow, FailsWithoutAState) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s)});
  EXPECT_EQ(delivery.next_ends(success("{}")), "invoke 1 window 0-10 {}");
  EXPECT_EQ(delivery.done(), 0U);
  delivery.wait();
  EXPECT_EQ(delivery.next(), "invoke 1 window 0-10 {}");
}

TEST(TumblingWindow, KeepsItsStateWhenABatchIsDiscarded) {
  MappingSettings settings = kSettings;
  settings.retries_max = 0;
  settings.batch_size = 1;
  Delivery delivery(settings);
  delivery.add({record_at(1, 0s), record_at(2, 1s), record_at(3, 2s)});
  delivery.next_ends(state(R"({"n":1})"));
  delivery.next_ends(function_error());
  EXPECT_EQ(delivery.next_discarded(), R"(discard 2 RetryAttemptsExhausted 1 window 0-10 {"n":1})");
  EXPECT_EQ(delivery.next(), R"(invoke 3 window 0-10 {"n":1})");
}

TEST(TumblingWindow, TakesTheStateOfAPartialFailure) {
  MappingSettings settings = kSettings;
  settings.reports_item_failures = true;
  Delivery delivery(settings);
  delivery.add({record_at(1, 0s), record_at(2, 1s)});
  delivery.next_ends(success(R"({"state":{"n":1},"batchItemFailures":[{"itemIdentifier":"2"}]})"));
  EXPECT_EQ(delivery.next(), R"(invoke 2 window 0-10 {"n":1})");
}

TEST(TumblingWindow, EndsEarlyWhenItsStateIsTooLarge) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s), record_at(2, 1s), record_at(3, 2s)});
  const std::string large = "\"" + std::string(kWindowStateBytesMax, 'x') + "\"";
  delivery.next_ends(state(large));
  EXPECT_EQ(delivery.next_ends(state("{}")), "invoke window 0-10 " + large + " final early");
  EXPECT_EQ(delivery.next_ends(state("{}")), "invoke 3 window 0-10 {}") << "from the beginning";
}

TEST(TumblingWindow, GoesOnAfterARestart) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s), record_at(2, 1s), record_at(3, 2s)});
  delivery.next_ends(state(R"({"n":2})"));
  delivery.restart();
  delivery.add({record_at(3, 2s)});
  EXPECT_EQ(delivery.next_ends(state(R"({"n":3})")), R"(invoke 3 window 0-10 {"n":2})");
  delivery.restart();
  EXPECT_EQ(delivery.wait(), 10'000);
  EXPECT_EQ(delivery.next_ends(state("{}")), R"(invoke window 0-10 {"n":3} final)");
  delivery.restart();
  EXPECT_EQ(delivery.next(), "");
}

TEST(TumblingWindow, KnowsALateRecordAfterARestart) {
  Delivery delivery(kSettings);
  delivery.add({record_at(1, 0s)}, false);
  delivery.next_ends(state("{}"));
  delivery.wait();
  EXPECT_EQ(delivery.next_ends(state("{}")), "invoke window 0-10 {} final");
  delivery.restart();
  delivery.add({record_at(2, 9s)});
  EXPECT_EQ(delivery.next(), "invoke 2 window 10-20 {}");
}

TEST(TumblingWindow, DoesNotWaitBeyondItsEndForAFullBatch) {
  MappingSettings settings = kSettings;
  settings.batching_window = 60s;
  Delivery delivery(settings);
  delivery.add({record_at(1, 0s), record_at(2, 0s), record_at(3, 1s)});
  delivery.next_ends(state("{}"));
  EXPECT_EQ(delivery.next(), "");
  EXPECT_EQ(delivery.wait(), 10'000);
  EXPECT_EQ(delivery.next(), "invoke 3 window 0-10 {}");
}

TEST(TumblingWindow, HasOneLane) {
  MappingSettings settings = kSettings;
  settings.parallelization = 10;
  Delivery delivery(settings);
  delivery.add({record_at(1, 0s), record_at(2, 1s)});
  EXPECT_EQ(delivery.next(), "invoke 1 2 window 0-10 {}");
}

}  // namespace
}  // namespace stator
