#include "functions/delivery_engine.h"

#include <gtest/gtest.h>

#include "functions/mapping_request.h"
#include "test_delivery.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing_support::kStart;
using testing_support::kUuid;
using testing_support::TestDelivery;

TEST(DeliveryEngine, HandsTheRecordsOfAStreamToItsFunction) {
  TestDelivery e;
  const std::string arn = e.source.enable("t");
  e.add_mapping();
  e.source.write("t", "a", 1);
  e.source.write("t", "b", 2);
  e.step();
  EXPECT_EQ(e.state(), "Enabled");
  ASSERT_EQ(e.function->running(), 1U);
  const Invocation& invocation = e.function->oldest();
  EXPECT_EQ(invocation.function_arn, "arn:aws:lambda:us-east-1:000000000000:function:f");
  EXPECT_EQ(invocation.request_id.size(), 36U);
  EXPECT_NE(invocation.event.find("\"eventSourceARN\":\"" + arn + "\""), std::string::npos);
  EXPECT_EQ(e.function->numbers(), "1 2");
  e.end();
  EXPECT_EQ(e.function->running(), 0U);
  EXPECT_EQ(e.registry->mapping(kUuid)->last_result, "OK");
  EXPECT_EQ(e.counters().invocations, 1U);
  EXPECT_EQ(e.metrics().records, 2U);
}

TEST(DeliveryEngine, GoesOnBehindItsCheckpointAfterARestart) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.batch_size = 2});
  for (int n = 1; n <= 5; ++n) e.source.write("t", "a", n);
  e.step();
  e.end();
  EXPECT_EQ(e.function->numbers(), "3 4");
  e.start();  // 3 and 4 were on their way
  e.step();
  EXPECT_EQ(e.function->numbers(), "3 4");
  e.end();
  e.start();
  e.step();
  EXPECT_EQ(e.function->numbers(), "5");
}

TEST(DeliveryEngine, KeepsWhatEndedWhenItStops) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping();
  e.source.write("t", "a", 1);
  e.step();
  e.function->end();
  e.engine->stop(e.now);
  e.start();
  e.step();
  EXPECT_EQ(e.function->running(), 0U);
}

TEST(DeliveryEngine, StartsNothingWhileItsCheckpointIsNotKept) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.batch_size = 1});
  e.source.write("t", "a", 1);
  e.source.write("t", "a", 2);
  e.step();
  e.rows.fails = true;
  e.end();
  EXPECT_EQ(e.function->running(), 0U);
  e.rows.fails = false;
  e.now = e.engine->wake_at(e.now).value();
  e.step();
  EXPECT_EQ(e.function->numbers(), "2");
}

TEST(DeliveryEngine, TriesAShardAgainThatCannotBeRead) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping();
  e.source.write("t", "a", 1);
  e.source.fail_reads(true);
  e.step();
  EXPECT_EQ(e.function->running(), 0U);
  e.source.fail_reads(false);
  EXPECT_EQ(e.engine->wake_at(e.now), e.now + 1s);
  e.now += 1s;
  e.step();
  EXPECT_EQ(e.function->numbers(), "1");
}

TEST(DeliveryEngine, RetriesAFailedBatchAfterAWhileAndKeepsWhatIsGivenUp) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.batch_size = 1, .retry_attempts_max = 1});
  e.source.write("t", "a", 1);
  e.source.write("t", "a", 2);
  e.step();
  e.fail();
  EXPECT_EQ(e.registry->mapping(kUuid)->last_result, "PROBLEM: Function call failed");
  EXPECT_EQ(e.function->running(), 0U);
  e.now = e.engine->wake_at(e.now).value();
  e.step();
  EXPECT_EQ(e.function->numbers(), "1");
  e.fail();
  e.step();  // the discard has ended
  EXPECT_EQ(e.function->numbers(), "2");
  const std::vector<std::string> failures = *e.failures->all();
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_NE(failures[0].find("\"condition\":\"RetryAttemptsExhausted\""), std::string::npos);
  EXPECT_NE(failures[0].find("\"approximateInvokeCount\":2"), std::string::npos);
  EXPECT_EQ(e.counters().errors, 2U);
  EXPECT_EQ(e.metrics().discarded, 1U);
}

TEST(DeliveryEngine, BlocksOnlyTheShardWhoseBatchFails) {
  TestDelivery e;
  e.source.enable("t", 2);
  e.add_mapping();
  for (int n = 1; n <= 8; ++n) e.source.write("t", "key" + std::to_string(n), n);
  e.step();
  ASSERT_EQ(e.function->running(), 2U);
  const std::string failed = e.function->numbers();
  e.fail();
  e.end();
  for (int n = 11; n <= 18; ++n) e.source.write("t", "key" + std::to_string(n - 10), n);
  e.step();
  EXPECT_EQ(e.function->running(), 1U) << "the shard that failed waits";
  e.end();
  e.now += 1s;
  e.step();
  EXPECT_EQ(e.function->numbers(), failed);
}

TEST(DeliveryEngine, DeliversParentsBeforeChildren) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping();
  e.source.write("t", "a", 1);
  e.source.roll_over("t", kStart + 1s);
  e.source.write("t", "a", 2);
  e.step();
  EXPECT_EQ(e.function->running(), 1U);
  EXPECT_EQ(e.function->numbers(), "1");
  e.end();
  EXPECT_EQ(e.function->numbers(), "2");
  e.start();
  e.step();
  EXPECT_EQ(e.function->numbers(), "2") << "the parent is done for good";
}

TEST(DeliveryEngine, SendsAsManyBatchesOfAShardAsTheFactorSays) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.batch_size = 1, .parallelization_factor = 10});
  for (int n = 1; n <= 40; ++n) e.source.write("t", "key" + std::to_string(n), n);
  e.step();
  EXPECT_GT(e.function->running(), 5U);
  EXPECT_LE(e.function->running(), 10U);
}

TEST(DeliveryEngine, PassesOverWhatTheFiltersLeaveOut) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.filters = {R"({"dynamodb":{"NewImage":{"n":{"N":["2"]}}}})"}});
  for (int n = 1; n <= 3; ++n) e.source.write("t", "a", n);
  e.step();
  EXPECT_EQ(e.function->numbers(), "2");
}

TEST(DeliveryEngine, KeepsThatFiltersPassedOverRecords) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.filters = {R"({"eventName":["REMOVE"]})"}});
  e.source.write("t", "a", 1);
  e.source.write("t", "a", 2);
  e.step();
  EXPECT_EQ(e.registry->checkpoints(kUuid)->at(1).done, 2U);
  e.start();
  e.change([](EventSourceMapping* mapping) { mapping->configuration.filters.clear(); });
  e.source.write("t", "a", 3);
  e.step();
  EXPECT_EQ(e.function->numbers(), "3");
}

TEST(DeliveryEngine, KeepsThatFiltersPassedOverRecordsBeforeOneThatIsNotDone) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.filters = {R"({"dynamodb":{"NewImage":{"n":{"N":["2"]}}}})"}});
  for (int n = 1; n <= 3; ++n) e.source.write("t", "a", n);
  e.step();
  EXPECT_EQ(e.registry->checkpoints(kUuid)->at(1).done, 1U);
  e.end();
  EXPECT_EQ(e.registry->checkpoints(kUuid)->at(1).done, 3U);
}

TEST(DeliveryEngine, WaitsForTheBatchingWindowOnTheClock) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.batching_window_seconds = 5});
  e.source.write("t", "a", 1);
  e.step();
  EXPECT_EQ(e.function->running(), 0U);
  EXPECT_EQ(e.engine->wake_at(e.now), e.now + 5s);
  e.now += 5s;
  e.step();
  EXPECT_EQ(e.function->numbers(), "1");
}

TEST(DeliveryEngine, LetsInvocationsEndBeforeAMappingIsUpdated) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.batch_size = 1});
  for (int n = 1; n <= 3; ++n) e.source.write("t", "a", n);
  e.step();
  e.change([](EventSourceMapping* mapping) {
    mapping->configuration.batch_size = 10;
    mapping->state = MappingState::updating;
  });
  EXPECT_EQ(e.state(), "Updating");
  e.end();
  EXPECT_EQ(e.state(), "Enabled");
  EXPECT_EQ(e.function->numbers(), "2 3");
}

TEST(DeliveryEngine, DeliversNothingWhileAMappingIsDisabled) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping({.batch_size = 1});
  e.source.write("t", "a", 1);
  e.source.write("t", "a", 2);
  e.step();
  e.change([](EventSourceMapping* mapping) {
    mapping->enabled = false;
    mapping->state = MappingState::disabling;
  });
  e.end();
  EXPECT_EQ(e.state(), "Disabled");
  EXPECT_EQ(e.function->running(), 0U);
  e.change([](EventSourceMapping* mapping) {
    mapping->enabled = true;
    mapping->state = MappingState::enabling;
  });
  EXPECT_EQ(e.state(), "Enabled");
  EXPECT_EQ(e.function->numbers(), "2");
}

TEST(DeliveryEngine, TakesADeletedMappingAwayWithItsCheckpoints) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping();
  e.source.write("t", "a", 1);
  e.step();
  e.end();
  EXPECT_EQ(e.rows.count(checkpoints_prefix(kUuid)), 1U);
  e.change([](EventSourceMapping* mapping) {
    mapping->enabled = false;
    mapping->state = MappingState::deleting;
  });
  EXPECT_FALSE(e.registry->mapping(kUuid).has_value());
  EXPECT_EQ(e.rows.count(checkpoints_prefix(kUuid)), 0U);
  EXPECT_EQ(e.rows.count(kMappingPrefix), 0U);
}

TEST(DeliveryEngine, GoesOnWithOtherMappingsWhenAFunctionHangs) {
  TestDelivery e;
  e.source.enable("t");
  e.source.enable("other");
  e.add_mapping({}, "other");
  EventSourceMapping hanging = *e.registry->mapping(kUuid);
  hanging.uuid[0] = '2';
  hanging.function = "hangs";
  hanging.stream_arn = e.source.stream_of("us-east-1", "t")->arn;
  LambdaFunction hangs;
  hangs.name = "hangs";
  ASSERT_TRUE(e.registry->put_function(hangs, Registry::Put::add));
  ASSERT_TRUE(e.registry->add_mapping(hanging, {}));
  e.source.write("t", "a", 1);
  e.source.write("other", "a", 2);
  e.step();
  EXPECT_EQ(e.function->numbers(), "2");
  e.end();
  e.source.write("other", "a", 3);
  e.step();
  EXPECT_EQ(e.function->numbers(), "3");
}

void enable_again(TestDelivery* e) {
  e->change([](EventSourceMapping* mapping) {
    mapping->enabled = true;
    mapping->state = MappingState::enabling;
  });
}

TEST(DeliveryEngine, DisablesAMappingThatIsEnabledWhenItsStreamIsGone) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping();
  e.change([](EventSourceMapping* mapping) {
    mapping->enabled = false;
    mapping->state = MappingState::disabling;
  });
  e.source.drop("t");
  enable_again(&e);
  EXPECT_EQ(e.state(), "Disabled");
  EXPECT_FALSE(e.registry->mapping(kUuid)->enabled);
  EXPECT_EQ(e.registry->mapping(kUuid)->transition_reason, "Stream not found");
  EXPECT_EQ(e.engine->wake_at(e.now), std::nullopt);
}

TEST(DeliveryEngine, DisablesAMappingThatIsUpdatedWhenItsFunctionIsGone) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping();
  e.step();
  ASSERT_TRUE(e.registry->remove_function("f"));
  e.change([](EventSourceMapping* mapping) { mapping->state = MappingState::updating; });
  EXPECT_EQ(e.state(), "Disabled");
  EXPECT_EQ(e.registry->mapping(kUuid)->transition_reason, "Function does not exist");
  e.source.write("t", "a", 1);
  e.add_function();
  enable_again(&e);
  EXPECT_EQ(e.state(), "Enabled");
  EXPECT_EQ(e.function->numbers(), "1");
}

TEST(DeliveryEngine, GoesOnAfterARestartThatHadNotItsFunction) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping();
  e.step();
  ASSERT_TRUE(e.registry->remove_function("f"));
  e.start();
  e.step();
  EXPECT_EQ(e.state(), "Enabled");
  e.source.write("t", "a", 1);
  e.add_function();
  e.step();
  EXPECT_EQ(e.function->numbers(), "1");
}

TEST(DeliveryEngine, SaysOnceThatAMappingWaitsForItsFunction) {
  TestDelivery e;
  const std::string arn = e.source.enable("t");
  const std::vector<std::string> said = {
      "an event source mapping waits for a function that is not there|" + arn};
  e.add_mapping();
  e.step();
  ASSERT_TRUE(e.registry->remove_function("f"));
  e.source.write("t", "a", 1);
  const auto try_again = [&e] {
    e.step();  // takes in that it was not invoked
    e.now += 1min;
    e.step();
  };
  for (int retries = 0; retries < 3; ++retries) try_again();
  EXPECT_EQ(e.warnings, said);
  e.add_function();
  try_again();
  EXPECT_EQ(e.function->numbers(), "1");
  ASSERT_TRUE(e.registry->remove_function("f"));
  e.warnings.clear();
  e.start();
  e.step();
  e.step();
  EXPECT_EQ(e.warnings, said) << "after a restart as well";
}

TEST(DeliveryEngine, DeliversWhatItHasReadOfAStreamThatIsGone) {
  TestDelivery e;
  e.source.enable("t");
  e.add_mapping();
  e.source.write("t", "a", 1);
  e.step();
  e.source.drop("t");
  e.fail();
  const std::optional<TimePoint> again = e.engine->wake_at(e.now);
  ASSERT_TRUE(again);
  ASSERT_GT(*again, e.now);
  e.now = *again;
  e.step();
  EXPECT_EQ(e.function->numbers(), "1");
  e.end();
  EXPECT_EQ(e.engine->wake_at(e.now), std::nullopt);
}

}  // namespace
}  // namespace stator
