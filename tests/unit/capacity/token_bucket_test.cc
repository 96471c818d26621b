#include "capacity/token_bucket.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "handed_out.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart(1000s);
constexpr TokenBucket::Flow kFlow = {.rate = 10, .depth = 30};

TEST(TokenBucket, SavesUpToItsDepth) {
  TokenBucket bucket(kFlow, 0, kStart);
  bucket.refill(kStart + 500ms);
  EXPECT_EQ(bucket.tokens(), 5);
  bucket.refill(kStart + 1h);
  EXPECT_EQ(bucket.tokens(), 30);
}

TEST(TokenBucket, SpendsOnceWhatItHoldsBeyondItsDepthAtFirst) {
  TokenBucket bucket(kFlow, 100, kStart);
  bucket.refill(kStart + 1h);
  EXPECT_EQ(bucket.tokens(), 100);
  bucket.change({.rate = 1, .depth = 20}, kStart + 1h);
  EXPECT_EQ(bucket.tokens(), 100);
  bucket.charge(90);
  bucket.refill(kStart + 2h);
  EXPECT_EQ(bucket.tokens(), 20);
}

TEST(TokenBucket, IgnoresAClockThatGoesBack) {
  TokenBucket bucket(kFlow, 0, kStart);
  bucket.refill(kStart - 1h);
  EXPECT_EQ(bucket.tokens(), 0);
  bucket.refill(kStart + 1s);
  EXPECT_EQ(bucket.tokens(), 10);
}

TEST(TokenBucket, AdmitsNothingUntilItsDebtIsPaid) {
  TokenBucket bucket(kFlow, 1, kStart);
  EXPECT_TRUE(bucket.admits());
  bucket.charge(21);
  EXPECT_FALSE(bucket.admits());
  bucket.refill(kStart + 2s);
  EXPECT_FALSE(bucket.admits());
  bucket.refill(kStart + 2100ms);
  EXPECT_TRUE(bucket.admits());
}

TEST(TokenBucket, CountsWhatIsReservedAgainstTheNextReservation) {
  TokenBucket bucket(kFlow, 10, kStart);
  EXPECT_TRUE(bucket.reserve(6));
  EXPECT_FALSE(bucket.reserve(6));
  bucket.release(6);
  bucket.take(6);
  EXPECT_EQ(bucket.tokens(), 4);
  EXPECT_TRUE(bucket.reserve(4));
}

TEST(TokenBucket, BearsMoreThanItsDepthOnlyWhenItIsFull) {
  TokenBucket bucket(kFlow, 30, kStart);
  EXPECT_TRUE(bucket.reserve(400));
  bucket.take(400);
  EXPECT_FALSE(bucket.reserve(400));
  bucket.release(400);
  bucket.refill(kStart + 39900ms);
  EXPECT_FALSE(bucket.reserve(400));
  bucket.release(400);
  bucket.refill(kStart + 40s);
  EXPECT_TRUE(bucket.reserve(400));
}

TEST(TokenBucket, KeepsItsSavingsWhenItsRateChanges) {
  TokenBucket bucket(kFlow, 20, kStart);
  bucket.change({.rate = 100, .depth = 25}, kStart + 100ms);
  EXPECT_EQ(bucket.tokens(), 21);
  bucket.refill(kStart + 130ms);
  EXPECT_EQ(bucket.tokens(), 24);
  bucket.change({.rate = 1, .depth = 3}, kStart + 130ms);
  EXPECT_EQ(bucket.tokens(), 3);
}

// Whatever comes: no stretch of time sees more than came in and was saved, and a debt is left only
// by an operation that found tokens, or a full bucket.
class TokenBucketProperty : public testing::TestWithParam<std::uint64_t> {};

TEST_P(TokenBucketProperty, HandsOutAtMostRateTimesTimePlusDepth) {
  Random random(GetParam());
  const TokenBucket::Flow flow = {.rate = static_cast<double>(1 + random.below(1000)),
                                  .depth = static_cast<double>(1 + random.below(5000))};
  TokenBucket bucket(flow, flow.depth, kStart);
  HandedOut handed_out(flow, kStart);
  TimePoint now = kStart;
  std::size_t operations = 0;
  for (int step = 0; step < 50'000; ++step) {
    if (random.below(3) == 0) now += std::chrono::microseconds(random.below(100'000));
    if (random.below(2000) == 0) now += std::chrono::seconds(random.below(600));
    bucket.refill(now);
    const double before = bucket.tokens();
    const double units = static_cast<double>(1 + random.below(100)) / 2;
    if (random.below(2) == 0) {
      if (!bucket.admits()) continue;
      ASSERT_GT(before, 0);
      bucket.charge(units);
    } else if (bucket.reserve(units)) {
      bucket.take(units);
      ASSERT_TRUE(bucket.tokens() >= 0 || before == flow.depth);
    } else {
      bucket.release(units);
      continue;
    }
    ASSERT_TRUE(handed_out.allows(units, bucket.tokens(), now));
    ASSERT_GE(bucket.tokens(), -units);
    ++operations;
  }
  EXPECT_GT(operations, 100U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TokenBucketProperty, testing::Range<std::uint64_t>(1, 21));

}  // namespace
}  // namespace stator
