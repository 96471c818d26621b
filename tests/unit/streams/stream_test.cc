#include "streams/stream.h"

#include <gtest/gtest.h>

#include "streams/stream_bytes.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart{std::chrono::milliseconds(1'432'155'070'252)};

Stream smallest() {
  Stream stream;
  stream.keyspace = 9;
  stream.table = "Orders";
  stream.created = kStart;
  stream.enabled = kStart + 1s;
  stream.key.partition = {{.name = "pk", .type = AttributeType::S}};
  return stream;
}

// Every field set, none to its default.
Stream fullest() {
  Stream stream = smallest();
  stream.space = "tests";
  stream.view = StreamViewType::new_and_old_images;
  stream.key.sort = {{.name = "sk", .type = AttributeType::B}};
  stream.end = StreamEnd{.asked = kStart + 9h, .done = kStart + 10h};
  const PartitionMap map = PartitionMap::even(2, kStart);
  stream.shards = StreamShards::opened(map, kStart)
                      .advanced(map, kStart + 5h, {})
                      .closed(kStart + 9h)
                      .trimmed(2, 77);
  return stream;
}

std::string bytes_of(const Stream& stream) {
  std::string bytes;
  append_stream(stream, &bytes);
  return bytes;
}

TEST(Stream, IsReadAsItWasWritten) {
  for (const Stream& stream : {smallest(), fullest()}) {
    const auto read = decode_stream(bytes_of(stream));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, stream);
  }
}

TEST(Stream, IsRefusedWhenItsBytesAreCutOrGoOn) {
  const std::string bytes = bytes_of(fullest());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_stream(bytes.substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_stream(bytes + "x"));
}

TEST(Stream, IsRefusedWhenItsKeyIsNone) {
  Stream keyless = smallest();
  keyless.key.partition.clear();
  EXPECT_FALSE(decode_stream(bytes_of(keyless)));
  Stream strange = smallest();
  strange.key.partition[0].type = AttributeType::M;
  EXPECT_FALSE(decode_stream(bytes_of(strange)));
}

TEST(Stream, HasTheStatusOfItsTime) {
  const auto status = [](const Stream& stream, TimePoint now) {
    return name_of(stream.status_at(now));
  };
  EXPECT_EQ(status(smallest(), kStart), "ENABLING");
  EXPECT_EQ(status(smallest(), kStart + 1s), "ENABLED");
  EXPECT_EQ(status(fullest(), kStart + 9h), "DISABLING");
  EXPECT_EQ(status(fullest(), kStart + 10h), "DISABLED");
}

TEST(Stream, CanBeReadForADayAfterItWasDisabled) {
  EXPECT_FALSE(smallest().is_gone_at(kStart + 1000h, {}));
  EXPECT_FALSE(fullest().is_gone_at(kStart + 33h, {}));
  EXPECT_TRUE(fullest().is_gone_at(kStart + 33h + 1us, {}));
}

TEST(Stream, HasAnArnThatEndsInItsLabel) {
  EXPECT_EQ(stream_arn("us-east-1", smallest()),
            "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2015-05-20T20:51:10.252");
}

TEST(StreamArn, IsTakenApart) {
  const auto arn = parse_stream_arn(
      "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2015-05-20T20:51:10.252");
  ASSERT_TRUE(arn.has_value());
  EXPECT_EQ(arn->region, "us-east-1");
  EXPECT_EQ(arn->account, "000000000000");
  EXPECT_EQ(arn->table, "Orders");
  EXPECT_EQ(arn->label, "2015-05-20T20:51:10.252");
}

TEST(StreamArn, IsNothingElse) {
  for (const char* const text :
       {"", "arn", "arn:aws:dynamodb:us-east-1:0:table/Orders",
        "arn:aws:dynamodb:us-east-1:0:x/y/z", "arn:aws:dynamodb:r:0:table//stream/l",
        "arn:aws:dynamodb:r:0:table/T/stream/", "x arn:aws:dynamodb:r:0:table/T/stream/l",
        "arn:aws:kinesis:r:0:table/T/stream/l"}) {
    EXPECT_FALSE(parse_stream_arn(text)) << text;
  }
}

}  // namespace
}  // namespace stator
