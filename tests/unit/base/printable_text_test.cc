#include "base/printable_text.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

constexpr const char* kNone = "\xEF\xBF\xBD";

TEST(Printable, KeepsTextAsItIs) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("a b \"c\" <d>"), "a b \"c\" <d>");
  EXPECT_EQ(printable("z\xC3\xBCrich \xE6\x97\xA5 \xF0\x9F\x8C\x8D"),
            "z\xC3\xBCrich \xE6\x97\xA5 \xF0\x9F\x8C\x8D");
}

TEST(Printable, NothingMovesTheCursorOrTurnsTheLine) {
  for (const char* const hostile :
       {"\x1B", "\n", "\r", "\t", "\x7F", "\xC2\x9B", "\xE2\x80\xAE", "\xE2\x80\xA8",
        "\xE2\x81\xA6", "\xEF\xBB\xBF", "\xE2\x80\x8B"}) {
    EXPECT_EQ(printable(std::string("a") + hostile + "b"), std::string("a") + kNone + "b");
  }
}

TEST(Printable, BytesThatAreNoUtf8AreReplacedOneByOne) {
  EXPECT_EQ(printable("a\xFFz"), std::string("a") + kNone + "z");
  EXPECT_EQ(printable("\xE2\x80"), std::string(kNone) + kNone);
  EXPECT_EQ(printable("\xC0\xAF"), std::string(kNone) + kNone);              // overlong /
  EXPECT_EQ(printable("\xED\xA0\x80"), std::string(kNone) + kNone + kNone);  // surrogate
  EXPECT_EQ(printable("\xE0\x80\xAF"), std::string(kNone) + kNone + kNone);  // overlong /
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), std::string(kNone) + kNone + kNone + kNone);
}

TEST(Clipped, KeepsBothEnds) {
  EXPECT_EQ(clipped("abcdef", 6), "abcdef");
  EXPECT_EQ(clipped("abcdefg", 6),
            "abc\xE2\x80\xA6"
            "fg");
  EXPECT_EQ(clipped("\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F", 3), "\xC3\xA4\xE2\x80\xA6\xC3\x9F");
  EXPECT_EQ(clipped("abc", 1), "\xE2\x80\xA6");
}

}  // namespace
}  // namespace stator
