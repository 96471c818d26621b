#include "api/change_event_json.h"

#include <gtest/gtest.h>

#include "../expression/support.h"
#include "streams/json_text.h"
#include "streams/record_filter.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;

const KeySchema kKey = {.partition = {{"Id", AttributeType::N}}, .sort = {}};
constexpr std::string_view kArn =
    "arn:aws:dynamodb:eu-central-1:000000000000:table/T/stream/2026-01-02T03:04:05.678";

// One change of an item from `before` to `after` (support.h), written by `append`.
std::string json_of(std::string_view before, std::string_view after, ChangeActor actor,
                    void (*append)(const ChangeEventView&, JsonWriter*)) {
  const std::string old_item = before.empty() ? "" : item_bytes_of(before);
  const std::string new_item = after.empty() ? "" : item_bytes_of(after);
  ItemChange change;
  if (!before.empty()) change.before = ItemView::trusted(old_item);
  if (!after.empty()) change.after = ItemView::trusted(new_item);
  change.time = TimePoint(std::chrono::milliseconds(1'479'499'740'999));
  change.actor = actor;
  std::string bytes;
  EXPECT_TRUE(append_stream_record(change, kKey, StreamViewType::new_and_old_images, &bytes));
  const auto record = parse_stream_record(bytes);
  EXPECT_TRUE(record.has_value());
  std::string out;
  JsonWriter json(&out);
  append({.record = *record, .number = 3, .shard = 9, .region = "eu-central-1", .stream_arn = kArn},
         &json);
  json.finish();
  return out;
}

// The text without the value of "eventID", which must be 32 hexadecimal digits.
std::string without_event_id(std::string text) {
  const std::string_view start = R"("eventID":")";
  const std::size_t at = text.find(start) + start.size();
  EXPECT_EQ(text.find_first_not_of("0123456789abcdef", at), at + 32);
  return text.erase(at, 32);
}

TEST(ChangeEventJson, IsWhatGetRecordsReturns) {
  EXPECT_EQ(
      without_event_id(json_of("{Id: 101, a: 1}", R"({Id: 101, a: "x"})", ChangeActor::client,
                               append_stream_record_json)),
      R"({"eventID":"","eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb",)"
      R"("awsRegion":"eu-central-1","dynamodb":{"ApproximateCreationDateTime":1479499740,)"
      R"("Keys":{"Id":{"N":"101"}},"NewImage":{"Id":{"N":"101"},"a":{"S":"x"}},)"
      R"("OldImage":{"Id":{"N":"101"},"a":{"N":"1"}},"SequenceNumber":"300000000000000000009",)"
      R"("SizeBytes":20,"StreamViewType":"NEW_AND_OLD_IMAGES"}})");
}

TEST(ChangeEventJson, NamesTheStreamForHandlers) {
  EXPECT_EQ(
      without_event_id(json_of("", "{Id: 101}", ChangeActor::client, append_handler_record_json)),
      R"({"eventID":"","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",)"
      R"("awsRegion":"eu-central-1","dynamodb":{"ApproximateCreationDateTime":1479499740,)"
      R"("Keys":{"Id":{"N":"101"}},"NewImage":{"Id":{"N":"101"}},)"
      R"("SequenceNumber":"300000000000000000009","SizeBytes":10,)"
      R"("StreamViewType":"NEW_AND_OLD_IMAGES"},"eventSourceARN":")" +
          std::string(kArn) + R"("})");
}

TEST(ChangeEventJson, WritesTheServicesIdentityAsEachReaderKnowsIt) {
  const std::string returned =
      json_of("{Id: 1}", "", ChangeActor::service, append_stream_record_json);
  EXPECT_NE(returned.find(R"("userIdentity":{"PrincipalId":"dynamodb.amazonaws.com",)"
                          R"("Type":"Service"}})"),
            std::string::npos)
      << returned;
  const std::string handed =
      json_of("{Id: 1}", "", ChangeActor::service, append_handler_record_json);
  EXPECT_NE(handed.find(R"("userIdentity":{"principalId":"dynamodb.amazonaws.com",)"
                        R"("type":"Service"}})"),
            std::string::npos)
      << handed;
}

TEST(ChangeEventJson, SaysNothingOfAClient) {
  EXPECT_EQ(
      json_of("{Id: 1}", "", ChangeActor::client, append_stream_record_json).find("userIdentity"),
      std::string::npos);
}

std::string pattern_of(JsonText* json);

// Of an array: the pattern of its first object, or one of its texts.
std::string pattern_of_array(JsonText* json) {
  std::string pattern;
  std::string texts;
  for (JsonText::Elements element(json); element.next();) {
    const bool is_object = json->kind() == JsonTextKind::object;
    const std::string one = is_object ? pattern_of(json) : std::string(json->skip());
    if (is_object && pattern.empty()) pattern = one;
    if (!is_object && texts.empty()) texts = one;
  }
  return texts.empty() ? pattern : "[" + texts + "]";
}

// The pattern that wants everything that the JSON has.
std::string pattern_of(JsonText* json) {
  if (json->kind() == JsonTextKind::array) return pattern_of_array(json);
  if (json->kind() != JsonTextKind::object) return "[" + std::string(json->skip()) + "]";
  std::string pattern;
  for (JsonText::Members member(json); member.next();) {
    const std::string name = member.name();
    const std::string value = pattern_of(json);
    if (value.empty()) continue;
    pattern += (pattern.empty() ? "{\"" : ",\"") + name + "\":" + value;
  }
  return pattern.empty() ? pattern : pattern + "}";
}

// Filters look at records, handlers get JSON: what is written must be what a filter sees.
TEST(ChangeEventJson, IsWhatFiltersSee) {
  const std::string item = item_bytes_of(
      R"({Id: 7, s: "xy", n: -1.5, b: b"abc", t: true, z: null, ss: <"p", "q">, ns: <1, 2>, )"
      R"(bs: <b"u">, l: [1, ["k"], {m: "d"}], m: {in: {deep: "e"}}})");
  ItemChange change;
  change.before = ItemView::trusted(item);
  change.time = TimePoint(std::chrono::seconds(1'700'000'000));
  change.actor = ChangeActor::service;
  std::string bytes;
  ASSERT_TRUE(append_stream_record(change, kKey, StreamViewType::old_image, &bytes));
  const auto record = parse_stream_record(bytes);
  ASSERT_TRUE(record.has_value());
  const ChangeEventView event{
      .record = *record, .number = 3, .shard = 9, .region = "r", .stream_arn = kArn};
  std::string out;
  JsonWriter writer(&out);
  append_handler_record_json(event, &writer);
  writer.finish();
  JsonText json(out);
  const std::string pattern = pattern_of(&json);
  ASSERT_TRUE(json.finish());
  const auto filter = RecordFilter::parse(std::vector<std::string>{pattern});
  ASSERT_TRUE(filter.has_value()) << pattern;
  EXPECT_TRUE(filter->matches(event)) << pattern;
  ChangeEventView other = event;
  other.number = 4;
  EXPECT_FALSE(filter->matches(other)) << pattern;
}

TEST(EventId, IsTheSameForOneRecordAndAnotherForTheNext) {
  const ChangeEventView one{
      .record = {}, .number = 1, .shard = 1, .region = "", .stream_arn = kArn};
  ChangeEventView next = one;
  next.number = 2;
  ChangeEventView elsewhere = one;
  elsewhere.shard = 2;
  EXPECT_EQ(event_id(one), event_id(one));
  EXPECT_NE(event_id(one), event_id(next));
  EXPECT_NE(event_id(one), event_id(elsewhere));
}

}  // namespace
}  // namespace stator
