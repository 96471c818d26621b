#include "streams/sequence_number.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

std::string text_of(std::uint64_t record, std::uint32_t shard) {
  std::string text;
  append_sequence_number(record, shard, &text);
  return text;
}

SequenceNumber parsed(std::string_view text) {
  const auto number = SequenceNumber::parse(text);
  EXPECT_TRUE(number.has_value()) << text;
  return number.value_or(SequenceNumber());
}

// Whether decimal `a` is less than decimal `b`, as consumers compare them.
bool is_less(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

TEST(SequenceNumber, HasAtLeast21DigitsAndEndsInTheShard) {
  EXPECT_EQ(text_of(1, 1), "100000000000000000001");
  EXPECT_EQ(text_of(42, 4294967295), "4200000000004294967295");
}

TEST(SequenceNumber, NeverHasMoreThan40Digits) {
  EXPECT_EQ(text_of(UINT64_MAX, UINT32_MAX).size(), 40U);
}

TEST(SequenceNumber, GrowsFromTheLastRecordOfAShardToTheFirstOfItsChild) {
  const std::uint64_t last = first_record_of(3) + kRecordsPerShardMax - 2;
  EXPECT_TRUE(is_less(text_of(last, 17), text_of(first_record_of(4), 18)));
  EXPECT_TRUE(is_less(text_of(first_record_of(0), 1), text_of(first_record_of(0) + 1, 1)));
}

TEST(SequenceNumber, FindsTheRecordThatItNames) {
  const SequenceNumber number = parsed(text_of(100'000'000'007, 5));
  EXPECT_EQ(number.first_at(5), 100'000'000'007U);
  EXPECT_EQ(number.first_after(5), 100'000'000'008U);
}

TEST(SequenceNumber, OfAnotherShardStandsBetweenTheRecords) {
  const SequenceNumber number = parsed(text_of(7, 5));
  EXPECT_EQ(number.first_at(4), 8U);
  EXPECT_EQ(number.first_after(4), 8U);
  EXPECT_EQ(number.first_at(6), 7U);
  EXPECT_EQ(number.first_after(6), 7U);
}

TEST(SequenceNumber, BeyondEveryRecordIsTheLastOne) {
  const SequenceNumber number = parsed(std::string(40, '9'));
  EXPECT_EQ(number.first_at(1), UINT64_MAX);
  EXPECT_EQ(number.first_after(1), UINT64_MAX);
}

TEST(SequenceNumber, IsMadeOfDigitsOnly) {
  EXPECT_FALSE(SequenceNumber::parse("-00000000000000000001"));
  EXPECT_FALSE(SequenceNumber::parse("10000000000000000000x"));
  EXPECT_FALSE(SequenceNumber::parse(std::string(20, '1')));
  EXPECT_FALSE(SequenceNumber::parse(std::string(41, '1')));
  EXPECT_FALSE(SequenceNumber::parse(""));
}

}  // namespace
}  // namespace stator
