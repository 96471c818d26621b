#include "shell/item_table.h"

#include <gtest/gtest.h>

#include "shell/attribute_text.h"
#include "streams/json_text.h"

namespace stator {
namespace {

std::string text_of(std::string_view value_json) {
  JsonText json(value_json);
  std::string text;
  append_attribute(&json, &text);
  EXPECT_TRUE(json.finish()) << value_json;
  return text;
}

TEST(AttributeText, IsWhatPartiQlWrites) {
  EXPECT_EQ(text_of(R"({"S":"it's"})"), "'it''s'");
  EXPECT_EQ(text_of(R"({"N":"-1.5"})"), "-1.5");
  EXPECT_EQ(text_of(R"({"BOOL":false})"), "false");
  EXPECT_EQ(text_of(R"({"NULL":true})"), "NULL");
  EXPECT_EQ(text_of(R"({"B":"aGk="})"), "b'aGk='");
  EXPECT_EQ(text_of(R"({"M":{"a":{"N":"1"},"b":{"L":[{"S":"x"},{"N":"2"}]}}})"),
            "{'a': 1, 'b': ['x', 2]}");
  EXPECT_EQ(text_of(R"({"SS":["a","b"]})"), "<<'a', 'b'>>");
  EXPECT_EQ(text_of(R"({"NS":["1","2"]})"), "<<1, 2>>");
  EXPECT_EQ(text_of(R"({"BS":["aGk="]})"), "<<b'aGk='>>");
}

TEST(AttributeText, HasNothingThatATerminalObeys) {
  EXPECT_EQ(text_of(R"({"S":"\u001b[2J\n\u007f\u009b"})"), R"('\u001b[2J\u000a\u007f\u009b')");
}

TEST(AttributeText, OfWhatIsNoValueIsNone) {
  JsonText json(R"({"S":1})");
  std::string text;
  append_attribute(&json, &text);
  EXPECT_FALSE(json.finish());
}

TEST(ItemTable, HasKeysFirstAndAColumnForEachAttribute) {
  ItemTable table({"pk", "sk"});
  EXPECT_TRUE(table.add(R"({"a":{"S":"first"},"sk":{"N":"1"},"pk":{"S":"x"}})"));
  EXPECT_TRUE(table.add(R"({"b":{"N":"7"},"pk":{"S":"longer"},"sk":{"N":"20"}})"));
  EXPECT_EQ(table.text(),
            "pk       | sk | a       | b\n"
            "---------+----+---------+--\n"
            "'x'      | 1  | 'first' |\n"
            "'longer' | 20 |         | 7\n");
}

TEST(ItemTable, CountsCharactersAndNotBytes) {
  ItemTable table({});
  EXPECT_TRUE(table.add("{\"a\":{\"S\":\"\xC3\xBC\xC3\xBC\"},\"b\":{\"N\":\"1\"}}"));
  EXPECT_EQ(table.text(),
            "a    | b\n"
            "-----+--\n"
            "'\xC3\xBC\xC3\xBC' | 1\n");
}

TEST(ItemTable, CutsWhatIsLong) {
  ItemTable table({});
  const std::string digits(ItemTable::kCellWidthMax + 1, '7');
  EXPECT_TRUE(table.add("{\"a\":{\"N\":\"" + digits + "\"}}"));
  const std::string text = table.text();
  EXPECT_NE(text.find(digits.substr(2) + "\xE2\x80\xA6\n"), std::string::npos) << text;
  EXPECT_EQ(text.find(digits.substr(1)), std::string::npos) << text;
}

TEST(ItemTable, HasNoTitleThatATerminalObeysAndCutsALongOne) {
  ItemTable table({});
  const std::string name(ItemTable::kCellWidthMax + 1, 'n');
  EXPECT_TRUE(table.add(R"({"\u001b[2J":{"N":"1"},")" + name + R"(":{"N":"2"}})"));
  const std::string text = table.text();
  EXPECT_EQ(text.substr(0, text.find(' ')), "\xEF\xBF\xBD[2J");
  EXPECT_EQ(text.find(name), std::string::npos) << text;
}

TEST(ItemTable, WithoutAttributesIsEmpty) {
  ItemTable table({"pk"});
  EXPECT_TRUE(table.add("{}"));
  EXPECT_EQ(table.text(), "");
}

}  // namespace
}  // namespace stator
