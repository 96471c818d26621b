#include "api/handler_json.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

constexpr TimePoint kTime{
    std::chrono::milliseconds(1'573'690'399'717)};  // 2019-11-14T00:13:19.717Z
constexpr EventSourceView kSource = {.stream_arn = "arn:stream", .shard_id = "shardId-1"};

DeliveryRecord record(std::uint64_t number, std::string event, TimePoint created = kTime) {
  return {.number = number,
          .sequence_number = std::to_string(number),
          .key_hash = 0,
          .created = created,
          .event = std::move(event)};
}

DeliveryAction discarding(std::vector<const DeliveryRecord*> records,
                          std::optional<InvocationResult> last) {
  DeliveryAction action;
  action.records = std::move(records);
  action.discard = Discard{.condition = DiscardCondition::retry_attempts_exhausted,
                           .invocations = last ? 3 : 0,
                           .last = std::move(last)};
  return action;
}

TEST(HandlerEvent, IsAListOfRecords) {
  const DeliveryRecord one = record(1, R"({"a":1})");
  const DeliveryRecord two = record(2, R"({"b":2})");
  DeliveryAction action;
  action.records = {&one, &two};
  EXPECT_EQ(handler_event(action, kSource), R"({"Records":[{"a":1},{"b":2}]})");
}

TEST(HandlerEvent, SaysInWhichWindowItIs) {
  const DeliveryRecord one = record(1, R"({"a":1})");
  DeliveryAction action;
  action.records = {&one};
  action.window = WindowEvent{.start = TimePoint(std::chrono::seconds(1'573'690'320)),
                              .end = TimePoint(std::chrono::seconds(1'573'690'440)),
                              .state = R"({"n":1})",
                              .is_final = false,
                              .is_terminated_early = false};
  EXPECT_EQ(handler_event(action, kSource),
            R"({"Records":[{"a":1}],"window":{"start":"2019-11-14T00:12:00Z",)"
            R"("end":"2019-11-14T00:14:00Z"},"state":{"n":1},"shardId":"shardId-1",)"
            R"("eventSourceARN":"arn:stream","isFinalInvokeForWindow":false,)"
            R"("isWindowTerminatedEarly":false})");
}

TEST(HandlerEvent, OfAWindowsEndHasNoRecords) {
  DeliveryAction action;
  action.window = WindowEvent{
      .start = kTime, .end = kTime, .state = "{}", .is_final = true, .is_terminated_early = true};
  const std::string event = handler_event(action, kSource);
  EXPECT_TRUE(event.starts_with(R"({"Records":[],"window":)")) << event;
  EXPECT_TRUE(event.ends_with(R"("isFinalInvokeForWindow":true,"isWindowTerminatedEarly":true})"))
      << event;
}

TEST(FailureDocument, IsThatOfAws) {
  const DeliveryRecord one = record(800, "{}");
  const DeliveryRecord two = record(900, "{}", kTime + std::chrono::seconds(1));
  InvocationResult last;
  last.request_id = "316aa6d0";
  last.function_error = "Unhandled";
  EXPECT_EQ(
      failure_document(discarding({&one, &two}, last), {.source = kSource,
                                                        .function_arn = "arn:function",
                                                        .now = kTime + std::chrono::seconds(30),
                                                        .payload = {}}),
      R"({"requestContext":{"requestId":"316aa6d0","functionArn":"arn:function",)"
      R"("condition":"RetryAttemptsExhausted","approximateInvokeCount":3},)"
      R"("responseContext":{"statusCode":200,"executedVersion":"$LATEST",)"
      R"("functionError":"Unhandled"},"version":"1.0","timestamp":"2019-11-14T00:13:49.717Z",)"
      R"("DDBStreamBatchInfo":{"shardId":"shardId-1","startSequenceNumber":"800",)"
      R"("endSequenceNumber":"900","approximateArrivalOfFirstRecord":"2019-11-14T00:13:19Z",)"
      R"("approximateArrivalOfLastRecord":"2019-11-14T00:13:20Z","batchSize":2,)"
      R"("streamArn":"arn:stream"}})");
}

TEST(FailureDocument, SaysNothingOfAnInvocationThatThereWasNot) {
  const DeliveryRecord one = record(800, "{}");
  const std::string document = failure_document(
      discarding({&one}, {}),
      {.source = kSource, .function_arn = "arn:function", .now = kTime, .payload = {}});
  EXPECT_TRUE(document.starts_with(
      R"({"requestContext":{"functionArn":"arn:function","condition":"RetryAttemptsExhausted",)"
      R"("approximateInvokeCount":0},"version":"1.0",)"))
      << document;
}

TEST(FailureDocument, CarriesTheEventAsText) {
  const DeliveryRecord one = record(800, "{}");
  const std::string document =
      failure_document(discarding({&one}, {}), {.source = kSource,
                                                .function_arn = "arn:function",
                                                .now = kTime,
                                                .payload = R"({"Records":[{}]})"});
  EXPECT_TRUE(document.ends_with(R"("payload":"{\"Records\":[{}]}"})")) << document;
}

TEST(FailureDocument, OfAWindowsEndHasNoPlaces) {
  const std::string document = failure_document(
      discarding({}, {}),
      {.source = kSource, .function_arn = "arn:function", .now = kTime, .payload = {}});
  EXPECT_TRUE(document.ends_with(
      R"("DDBStreamBatchInfo":{"shardId":"shardId-1","batchSize":0,"streamArn":"arn:stream"}})"))
      << document;
}

}  // namespace
}  // namespace stator
