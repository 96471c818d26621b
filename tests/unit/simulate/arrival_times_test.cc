#include "simulate/arrival_times.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace stator {
namespace {

using namespace std::chrono_literals;

std::vector<std::chrono::microseconds> times(const Rate& rate, Arrivals arrivals,
                                             std::chrono::microseconds duration) {
  ArrivalTimes source(rate, arrivals, duration, Random(1));
  std::vector<std::chrono::microseconds> result;
  while (const auto next = source.next()) result.push_back(*next);
  return result;
}

std::size_t count_before(const std::vector<std::chrono::microseconds>& all,
                         std::chrono::microseconds end) {
  return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), end) - all.begin());
}

TEST(ArrivalTimes, EvenOnesAreAsFarApartAsTheRateSays) {
  EXPECT_EQ(times({4, 4}, Arrivals::even, 1s),
            (std::vector<std::chrono::microseconds>{125ms, 375ms, 625ms, 875ms}));
}

TEST(ArrivalTimes, ARateOfNothingHasNone) {
  EXPECT_TRUE(times({0, 0}, Arrivals::even, 10s).empty());
  EXPECT_TRUE(times({0, 0}, Arrivals::poisson, 10s).empty());
}

TEST(ArrivalTimes, ARampHasAsManyAsTheAreaUnderIt) {
  const auto up = times({0, 1000}, Arrivals::even, 100s);
  EXPECT_EQ(up.size(), 50'000U);
  EXPECT_NEAR(static_cast<double>(count_before(up, 50s)), 12'500, 1);
  const auto down = times({1000, 0}, Arrivals::even, 100s);
  EXPECT_EQ(down.size(), 50'000U);
  EXPECT_NEAR(static_cast<double>(count_before(down, 50s)), 37'500, 1);
  EXPECT_TRUE(std::is_sorted(down.begin(), down.end()));
  EXPECT_LT(down.back(), 100s);
}

TEST(ArrivalTimes, RandomOnesHaveTheMeanAndTheVarianceOfPoisson) {
  const auto all = times({50, 50}, Arrivals::poisson, 4000s);
  EXPECT_NEAR(static_cast<double>(all.size()), 200'000, 4 * std::sqrt(200'000));
  double variance = 0;
  for (int second = 0; second < 4000; ++second) {
    const auto in_second =
        static_cast<double>(count_before(all, (second + 1) * 1s) - count_before(all, second * 1s));
    variance += (in_second - 50) * (in_second - 50) / 4000;
  }
  EXPECT_NEAR(variance, 50, 50 * 4 * std::sqrt(2.0 / 4000));
}

}  // namespace
}  // namespace stator
