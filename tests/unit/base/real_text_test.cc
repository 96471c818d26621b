#include "base/real_text.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace stator {
namespace {

std::string text_of(double value) {
  std::array<char, kRealTextBytesMax> text;
  return {text.data(), write_real(value, text.data())};
}

TEST(RealText, WritesNumbersOfAUsualSizeWithoutAnExponent) {
  EXPECT_EQ(text_of(0), "0");
  EXPECT_EQ(text_of(-3), "-3");
  EXPECT_EQ(text_of(100'000), "100000");
  EXPECT_EQ(text_of(1e15), "1000000000000000");
  EXPECT_EQ(text_of(0.0001), "0.0001");
  EXPECT_EQ(text_of(-1.2345678901234567e-6), "-0.0000012345678901234567");
}

TEST(RealText, WritesTheShortestDigitsOfTheRest) {
  EXPECT_EQ(text_of(0.1), "0.1");
  EXPECT_EQ(text_of(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(text_of(1e22), "1e+22");
  EXPECT_EQ(text_of(1e-7), "1e-07");
  EXPECT_LE(text_of(-1.7976931348623157e308).size(), kRealTextBytesMax);
}

}  // namespace
}  // namespace stator
