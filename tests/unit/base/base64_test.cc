#include "base/base64.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace stator {
namespace {

using namespace std::string_literals;

std::string encoded(std::string_view bytes) {
  std::string text;
  append_base64(bytes, &text);
  return text;
}

// The decoded bytes, or the error's text in brackets.
std::string decoded(std::string_view text) {
  std::string bytes;
  const Result<void> result = decode_base64(text, &bytes);
  if (result) return bytes;
  EXPECT_EQ(result.error().code(), ErrorCode::serialization);
  return "[" + result.error().message() + "]";
}

constexpr char kNotBase64[] = "[only base-64-encoded strings are convertible to bytes]";
constexpr char kInvalidLast[] = "[Invalid last non-pad Base64 character dectected]";

// The vectors of RFC 4648, section 10.
TEST(Base64, PadsToAMultipleOfFour) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg==");
  EXPECT_EQ(encoded("fo"), "Zm8=");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foob"), "Zm9vYg==");
  EXPECT_EQ(encoded("fooba"), "Zm9vYmE=");
  EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
}

TEST(Base64, UsesTheStandardAlphabet) {
  EXPECT_EQ(encoded("\xFB\xFF\xFE"), "+//+");
  EXPECT_EQ(decoded("+//+"), "\xFB\xFF\xFE");
  EXPECT_EQ(decoded("-__-"), kNotBase64);
}

TEST(Base64, AppendsBehindWhatIsThere) {
  std::string text = "data:";
  append_base64("foo", &text);
  EXPECT_EQ(text, "data:Zm9v");
  std::string bytes = "data:";
  ASSERT_TRUE(decode_base64("Zm9v", &bytes));
  EXPECT_EQ(bytes, "data:foo");
}

TEST(Base64, KnowsTheLengthOfItsTextBefore) {
  for (std::size_t size = 0; size < 100; ++size) {
    EXPECT_EQ(encoded(std::string(size, 'x')).size(), base64_length(size));
  }
}

TEST(Base64, ReadsBackAnyBytes) {
  Random random(9);
  for (int i = 0; i < 1000; ++i) {
    std::string bytes(random.below(50), '\0');
    for (char& byte : bytes) byte = static_cast<char>(random.below(256));
    EXPECT_EQ(decoded(encoded(bytes)), bytes);
  }
}

TEST(Base64, RefusesALengthThatIsNoMultipleOfFour) {
  EXPECT_EQ(decoded("A"), "[Base64 encoded length is expected a multiple of 4 bytes but found: 1]");
  EXPECT_EQ(decoded("Zm9vYg"),
            "[Base64 encoded length is expected a multiple of 4 bytes but found: 6]");
  EXPECT_EQ(decoded("Zg="),
            "[Base64 encoded length is expected a multiple of 4 bytes but found: 3]");
}

TEST(Base64, RefusesCharactersThatDoNotBelong) {
  for (const std::string& text :
       {"Zm9 "s, "Zm9\n"s, "Zm\0v"s, "!m9v"s, "Zm9\x80"s, "Z=9v"s, "Zg==Zg=="s, "Z==="s, "===="s}) {
    EXPECT_EQ(decoded(text), kNotBase64) << testing::PrintToString(text);
  }
}

TEST(Base64, RefusesBitsBehindTheLastByte) {
  EXPECT_EQ(decoded("Zh=="), kInvalidLast);
  EXPECT_EQ(decoded("Zm9="), kInvalidLast);
}

}  // namespace
}  // namespace stator
