#include "base/utf8.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

TEST(Utf8, CountsCharacters) {
  EXPECT_EQ(utf8_characters(""), 0U);
  EXPECT_EQ(utf8_characters("abc"), 3U);
  EXPECT_EQ(utf8_characters("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 3U);
}

TEST(Utf8, CountsTwoUnitsOfWhatUtf16WritesAsAPair) {
  EXPECT_EQ(utf16_units("abc"), 3U);
  EXPECT_EQ(utf16_units("\xC3\xA9\xE2\x82\xAC"), 2U);
  EXPECT_EQ(utf16_units("\xF0\x9F\x98\x80"), 2U);
}

}  // namespace
}  // namespace stator
