#include "storage/key_text.h"

#include <gtest/gtest.h>

#include "../expression/support.h"
#include "storage/row_key.h"

namespace stator {
namespace {

using testing_support::value_bytes_of;

// The text of a key whose only attribute is this value.
std::string text_of(ValueView value) {
  std::string key;
  append_partition(7, value, &key);
  return row_key_text(key, {{.name = "k", .type = value.type()}});
}

// The same of a value in the notation of ../expression/support.h.
std::string text_of(std::string_view value) {
  const std::string bytes = value_bytes_of(value);
  return text_of(ValueView(bytes));
}

TEST(KeyText, ShowsNumbers) {
  for (const std::string number :
       {"0", "1", "-1", "12.5", "-12.5", "100", "-0.001", "99999999999999999999999999999999999999",
        "-99999999999999999999999999999999999999", "-1234567890123456789012345678901234567.8"}) {
    EXPECT_EQ(text_of(number), "k=" + number);
  }
}

TEST(KeyText, ShowsTextOnOneLine) {
  EXPECT_EQ(text_of(R"("Zürich")"), R"(k="Zürich")");
  std::string value;
  append_string(std::string_view("a\0\n\"\\\x7F", 6), &value);
  EXPECT_EQ(text_of(ValueView(value)), R"(k="a\x00\x0a\x22\x5c\x7f")");
}

TEST(KeyText, ShowsBinaryInHexadecimal) {
  std::string value;
  append_binary(std::string_view("\0\xFF\0", 3), &value);
  EXPECT_EQ(text_of(ValueView(value)), "k=0x00ff00");
}

TEST(KeyText, CutsLongValuesShort) {
  const std::string shown(100, 'a');
  EXPECT_EQ(text_of("\"" + shown + "\""), "k=\"" + shown + "\"");
  EXPECT_EQ(text_of("\"" + shown + "bc\""), "k=\"" + shown + "..\"");
}

TEST(KeyText, ShowsEveryPartByItsName) {
  const std::string partition = value_bytes_of(R"("a")");
  const std::string sort = value_bytes_of("-5");
  std::string key;
  append_partition(7, ValueView(partition), &key);
  append_key_part(ValueView(sort), &key);
  EXPECT_EQ(row_key_text(key, {{.name = "p", .type = AttributeType::S},
                               {.name = "s\n", .type = AttributeType::N}}),
            R"(p="a" s\x0a=-5)");
}

TEST(KeyText, ShowsWhatIsNoKeyByItsBytes) {
  const std::vector<KeyAttribute> text = {{.name = "k", .type = AttributeType::S}};
  const std::vector<KeyAttribute> number = {{.name = "k", .type = AttributeType::N}};
  const std::string start = "keyspacehash";
  const std::string shown = "row 0x6b657973706163656861736";
  EXPECT_EQ(row_key_text("", text), "row 0x");
  EXPECT_EQ(row_key_text("k", text), "row 0x6b");
  EXPECT_EQ(row_key_text(start, text), shown + "8");
  EXPECT_EQ(row_key_text(start + "a", text), shown + "861");
  EXPECT_EQ(row_key_text(start + std::string("a\0", 2), text), shown + "86100");
  EXPECT_EQ(row_key_text(start + std::string("a\0\0b", 4), text), shown + "861000062");
  EXPECT_EQ(row_key_text(start, number), shown + "8");
  EXPECT_EQ(row_key_text(start + "\x81", number), shown + "881");
  EXPECT_EQ(row_key_text(start + std::string("\x81\xFF\0", 3), number), shown + "881ff00");
  EXPECT_EQ(row_key_text(start + "\x01\x66", number), shown + "80166");
}

}  // namespace
}  // namespace stator
