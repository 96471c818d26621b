#include "simulate/figure_text.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

TEST(Figures, CountsHaveThousands) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1,000");
  EXPECT_EQ(count_text(1234567), "1,234,567");
}

TEST(Figures, AmountsBelowAHundredHaveTenths) {
  EXPECT_EQ(amount_text(0), "0");
  EXPECT_EQ(amount_text(0.04), "<0.1");
  EXPECT_EQ(amount_text(0.5), "0.5");
  EXPECT_EQ(amount_text(7), "7");
  EXPECT_EQ(amount_text(99.94), "99.9");
  EXPECT_EQ(amount_text(99.96), "100");
  EXPECT_EQ(amount_text(1234.5), "1,235");
}

TEST(Figures, SharesAreNeverRoundedToNothingOrAll) {
  EXPECT_EQ(percent_text(0), "0%");
  EXPECT_EQ(percent_text(0.0001), "<0.1%");
  EXPECT_EQ(percent_text(0.125), "12.5%");
  EXPECT_EQ(percent_text(0.99999), ">99.9%");
  EXPECT_EQ(percent_text(1), "100%");
}

TEST(Figures, TimesAreHoursMinutesSeconds) {
  EXPECT_EQ(clock_text(0), "0:00:00");
  EXPECT_EQ(clock_text(620.9), "0:10:20");
  EXPECT_EQ(clock_text(90061), "25:01:01");
}

}  // namespace
}  // namespace stator
