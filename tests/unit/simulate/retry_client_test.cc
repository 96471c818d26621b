#include "simulate/retry_client.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;
using Wait = std::optional<std::chrono::microseconds>;

TEST(RetryClient, WithoutRetriesGivesUpAtOnce) {
  RetryClient client(kNoRetries);
  Random random(1);
  EXPECT_EQ(client.next_wait(1, &random), std::nullopt);
}

TEST(RetryClient, LegacyDoublesItsWaitsAndMakesTenAttempts) {
  RetryClient client(kLegacyRetries);
  Random random(1);
  EXPECT_EQ(client.next_wait(1, &random), Wait(50ms));
  EXPECT_EQ(client.next_wait(2, &random), Wait(100ms));
  EXPECT_EQ(client.next_wait(9, &random), Wait(12800ms));
  EXPECT_EQ(client.next_wait(10, &random), std::nullopt);
}

TEST(RetryClient, WaitsAtMostSoLong) {
  ClientSetup setup = kLegacyRetries;
  setup.attempts = 1000;
  RetryClient client(setup);
  Random random(1);
  EXPECT_EQ(client.next_wait(10, &random), Wait(20s));
  EXPECT_EQ(client.next_wait(999, &random), Wait(20s));
}

TEST(RetryClient, StandardWaitsForARandomPartAndMakesFourAttempts) {
  RetryClient client(kStandardRetries);
  Random random(1);
  double first = 0;
  double third = 0;
  for (int i = 0; i < 50; ++i) {
    const Wait one = client.next_wait(1, &random);
    const Wait three = client.next_wait(3, &random);
    ASSERT_TRUE(one && three);
    ASSERT_LE(*one, 1s);
    ASSERT_LE(*three, 4s);
    first += std::chrono::duration<double>(*one).count() / 50;
    third += std::chrono::duration<double>(*three).count() / 50;
  }
  EXPECT_NEAR(first, 0.5, 0.2);
  EXPECT_NEAR(third, 2, 0.8);
  EXPECT_EQ(client.next_wait(4, &random), std::nullopt);
}

TEST(RetryClient, StopsRetryingWhenItsQuotaIsSpent) {
  RetryClient client(kStandardRetries);
  Random random(1);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(client.next_wait(1, &random)) << i;
  EXPECT_EQ(client.next_wait(1, &random), std::nullopt);
}

TEST(RetryClient, SuccessesPayTheQuotaBack) {
  RetryClient client(kStandardRetries);
  Random random(1);
  while (client.next_wait(1, &random)) {
  }
  client.succeeded(2);
  EXPECT_TRUE(client.next_wait(1, &random));
  for (int i = 0; i < 4; ++i) client.succeeded(1);
  EXPECT_EQ(client.next_wait(1, &random), std::nullopt);
  client.succeeded(1);
  EXPECT_TRUE(client.next_wait(1, &random));
}

TEST(RetryClient, ItsQuotaIsNeverMoreThanItBeganWith) {
  RetryClient client(kStandardRetries);
  Random random(1);
  for (int i = 0; i < 1000; ++i) client.succeeded(1);
  int retries = 0;
  while (client.next_wait(1, &random)) ++retries;
  EXPECT_EQ(retries, 100);
}

}  // namespace
}  // namespace stator
