#include "streams/shard_iterator.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

ShardIterator example() {
  return {.stream_arn =
              "arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/2026-01-02T03:04:05.678",
          .shard = 7,
          .next = 300'000'000'042,
          .issued = TimePoint(std::chrono::seconds(1'700'000'000))};
}

TEST(ShardIterator, IsReadAsItWasWritten) {
  EXPECT_EQ(decode_shard_iterator(encode_shard_iterator(example())), example());
}

TEST(ShardIterator, HasAwsShape) {
  const std::string token = encode_shard_iterator(example());
  EXPECT_TRUE(token.starts_with(example().stream_arn + "|1|")) << token;
}

TEST(ShardIterator, ExpiresAfter15Minutes) {
  EXPECT_FALSE(example().is_expired_at(example().issued + 15min));
  EXPECT_TRUE(example().is_expired_at(example().issued + 15min + 1us));
  EXPECT_FALSE(example().is_expired_at(example().issued - 1h)) << "the clock was set back";
}

TEST(ShardIterator, IsNotMadeOfAnotherStreamsPosition) {
  std::string token = encode_shard_iterator(example());
  token[token.find("table/T") + 6] = 'U';
  EXPECT_FALSE(decode_shard_iterator(token));
}

TEST(ShardIterator, IsRefusedWhenAnyByteIsAnother) {
  const std::string token = encode_shard_iterator(example());
  Random random(1);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = static_cast<char>(changed[i] ^ static_cast<char>(1 + random.below(127)));
    EXPECT_FALSE(decode_shard_iterator(changed)) << changed;
    EXPECT_FALSE(decode_shard_iterator(token.substr(0, i))) << i;
  }
}

TEST(ShardIterator, IsRefusedWhenItsTimeIsNone) {
  ShardIterator ancient = example();
  ancient.issued = TimePoint::min();
  EXPECT_FALSE(decode_shard_iterator(encode_shard_iterator(ancient)));
  ShardIterator late = example();
  late.issued = TimePoint::max();
  EXPECT_FALSE(decode_shard_iterator(encode_shard_iterator(late)));
}

TEST(ShardIterator, IsRefusedWhenItIsNoToken) {
  for (const char* const text : {"", "|1|", "x|1|", "x|1|!!", "arn:aws:dynamodb", "|1|AAAA"}) {
    EXPECT_FALSE(decode_shard_iterator(text)) << text;
  }
  EXPECT_FALSE(decode_shard_iterator(std::string(4000, '|')));
}

}  // namespace
}  // namespace stator
