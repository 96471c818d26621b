#include "capacity/hot_keys.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart(100h);

TEST(HotKeys, AreExactWhileTheyAreFew) {
  HotKeys keys;
  for (std::uint64_t i = 0; i < HotKeys::kCountersMax; ++i) {
    keys.add("k" + std::to_string(i), static_cast<double>(i + 1), kStart);
  }
  keys.add("k0", 500, kStart);
  const std::vector<HotKey> expected = {{.key = "k0", .units = 501, .error = 0},
                                        {.key = "k255", .units = 256, .error = 0},
                                        {.key = "k254", .units = 255, .error = 0}};
  EXPECT_EQ(keys.top(3, kStart), expected);
  EXPECT_EQ(keys.top(1000, kStart).size(), HotKeys::kCountersMax);
}

// The bounds of the header, against exact counts of a skewed load over many more keys.
class HotKeysProperty : public testing::TestWithParam<std::uint64_t> {};

TEST_P(HotKeysProperty, KeepTheirBounds) {
  Random random(GetParam());
  HotKeys keys;
  std::map<std::string, double> exact;
  double total = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t range = std::uint64_t{1} << random.below(14);
    const std::string key = "key " + std::to_string(random.below(range));
    const double units = static_cast<double>(1 + random.below(8)) / 2;
    keys.add(key, units, kStart);
    exact[key] += units;
    total += units;
  }
  const double bound = total / static_cast<double>(HotKeys::kCountersMax);
  EXPECT_EQ(keys.total(kStart), total);
  std::map<std::string, double> estimated;
  for (const HotKey& hot : keys.top(HotKeys::kCountersMax, kStart)) {
    EXPECT_LE(exact[hot.key], hot.units);
    EXPECT_GE(exact[hot.key], hot.units - hot.error);
    EXPECT_LE(hot.error, bound);
    EXPECT_TRUE(estimated.emplace(hot.key, hot.units).second);
  }
  std::size_t heavy = 0;
  for (const auto& [key, units] : exact) {
    if (units <= bound) continue;
    ++heavy;
    EXPECT_TRUE(estimated.contains(key)) << key;
  }
  EXPECT_GT(heavy, 10U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, HotKeysProperty, testing::Range<std::uint64_t>(1, 6));

TEST(HotKeys, FadeByHalfEveryTenMinutes) {
  HotKeys keys;
  keys.add("a", 80, kStart);
  EXPECT_EQ(keys.top(1, kStart + 10min - 1us)[0].units, 80);
  EXPECT_EQ(keys.top(1, kStart + 10min)[0].units, 40);
  keys.add("b", 41, kStart + 10min);
  EXPECT_EQ(keys.top(1, kStart + 10min)[0].key, "b");
  EXPECT_EQ(keys.top(2, kStart + 30min)[1].units, 10);
  EXPECT_EQ(keys.total(kStart + 30min), 20.25);
}

}  // namespace
}  // namespace stator
