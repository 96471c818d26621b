#include "server/lag_options.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;

std::string fault(const std::string& text) {
  DatabaseOptions options;
  const Result<void> set = set_gsi_lags({text}, &options);
  return set ? "(none)" : set.error().message();
}

TEST(LagOptions, OfAllIndexes) {
  DatabaseOptions options;
  ASSERT_TRUE(set_gsi_lags({"200ms"}, &options));
  EXPECT_EQ(options.gsi_lag, 200ms);
  EXPECT_TRUE(options.gsi_lags.empty());
}

TEST(LagOptions, OfOneIndex) {
  DatabaseOptions options;
  ASSERT_TRUE(set_gsi_lags({"orders/by-customer=5s"}, &options));
  EXPECT_EQ(options.gsi_lag, 0ms);
  ASSERT_EQ(options.gsi_lags.size(), 1U);
  EXPECT_EQ(options.gsi_lags[0].table, "orders");
  EXPECT_EQ(options.gsi_lags[0].index, "by-customer");
  EXPECT_EQ(options.gsi_lags[0].lag, 5s);
}

TEST(LagOptions, OfAnIndexOfATableThatIsIsolated) {
  DatabaseOptions options;
  ASSERT_TRUE(set_gsi_lags({"key/eu-west-1/orders/by-customer=5s"}, &options));
  EXPECT_EQ(options.gsi_lags.at(0).table, "key/eu-west-1/orders");
  EXPECT_EQ(options.gsi_lags.at(0).index, "by-customer");
}

TEST(LagOptions, ThatContradictEachOtherAreRefused) {
  DatabaseOptions options;
  for (const auto& [one, other] : {std::pair<std::string, std::string>("300ms", "400ms"),
                                   std::pair<std::string, std::string>("t/i=1s", "t/i=2s")}) {
    const Result<void> set = set_gsi_lags({one, "1s/2s=3s", other}, &options);
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().message(), "one lag is given twice: " + one + " and " + other);
    EXPECT_TRUE(set_gsi_lags({one, one}, &options));
  }
  EXPECT_TRUE(set_gsi_lags({"1s", "t/i=2s", "t/j=3s"}, &options));
}

TEST(LagOptions, ThatAreWrongAreRefused) {
  for (const std::string text : {"=5s", "table=5s", "/index=5s", "table/=5s"}) {
    EXPECT_EQ(fault(text), "not TABLE/INDEX=DURATION: \"" + text + "\"");
  }
  EXPECT_EQ(fault("25h"), "too long: \"25h\"; the most is 1d");
  EXPECT_EQ(fault("t/i=25h"), "too long: \"25h\"; the most is 1d");
  EXPECT_EQ(fault("t/i="), "not a duration: \"\"; it is written like 0, 200ms, 1.5s, 2m, 1h or 1d");
}

}  // namespace
}  // namespace stator
