#include "base/utf8.h"

#include <gtest/gtest.h>

#include <utility>

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

TEST(Utf8, FindsTheFirstCharacterOfAText) {
  const auto first = [](std::string_view text) {
    const Utf8Character character = first_character(text);
    return std::pair(static_cast<std::uint32_t>(character.code_point), character.bytes);
  };
  EXPECT_EQ(first("ab"), std::pair(0x61U, std::size_t{1}));
  EXPECT_EQ(first("\xC3\xA9z"), std::pair(0xE9U, std::size_t{2}));
  EXPECT_EQ(first("\xED\x9F\xBF"), std::pair(0xD7FFU, std::size_t{3}));
  EXPECT_EQ(first("\xEE\x80\x80"), std::pair(0xE000U, std::size_t{3}));
  EXPECT_EQ(first("\xF0\x9F\x98\x80"), std::pair(0x1F600U, std::size_t{4}));
  EXPECT_EQ(first("\xF4\x8F\xBF\xBF"), std::pair(0x10FFFFU, std::size_t{4}));
}

TEST(Utf8, FindsNoCharacterInWhatIsNotWellFormed) {
  constexpr std::string_view kTexts[] = {
      "",                  // nothing
      "\x80",              // begins in the middle of one
      "\xC3",              // cut short
      "\xE2\x82",          // cut short
      "\xF0\x9F\x98",      // cut short
      "\xC3z",             // does not go on
      "\xE2\x82z",         // does not go on
      "\xC1\xBF",          // longer than needed
      "\xE0\x9F\xBF",      // longer than needed
      "\xF0\x8F\xBF\xBF",  // longer than needed
      "\xED\xA0\x80",      // half a pair of UTF-16
      "\xF4\x90\x80\x80",  // beyond Unicode
      "\xF5\x80\x80\x80",  // beyond Unicode
      "\xFF",              // in no UTF-8
  };
  for (const std::string_view text : kTexts) {
    EXPECT_EQ(first_character(text).bytes, 0U) << ::testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace stator
