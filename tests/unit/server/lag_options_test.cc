#include "server/lag_options.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;

std::string fault(std::string_view text) {
  DatabaseOptions options;
  const Result<void> set = set_gsi_lag(text, &options);
  return set ? "(none)" : set.error().message();
}

TEST(LagOptions, OfAllIndexes) {
  DatabaseOptions options;
  ASSERT_TRUE(set_gsi_lag("200ms", &options));
  EXPECT_EQ(options.gsi_lag, 200ms);
  EXPECT_TRUE(options.gsi_lags.empty());
}

TEST(LagOptions, OfOneIndex) {
  DatabaseOptions options;
  ASSERT_TRUE(set_gsi_lag("orders/by-customer=5s", &options));
  EXPECT_EQ(options.gsi_lag, 0ms);
  ASSERT_EQ(options.gsi_lags.size(), 1U);
  EXPECT_EQ(options.gsi_lags[0].table, "orders");
  EXPECT_EQ(options.gsi_lags[0].index, "by-customer");
  EXPECT_EQ(options.gsi_lags[0].lag, 5s);
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
