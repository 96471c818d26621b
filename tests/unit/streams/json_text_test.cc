#include "streams/json_text.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

// The text of the JSON string `json`; "invalid" when it is none.
std::string string_of(std::string_view json) {
  JsonText text(json);
  const std::string value = text.string();
  return text.finish() ? value : "invalid";
}

bool is_valid(std::string_view json) {
  JsonText text(json);
  text.skip();
  return text.finish();
}

TEST(JsonText, ReadsMembersAndElements) {
  JsonText json(R"( {"a" : [1, -2.50e+3 ,"x"], "b":{}, "c":true,"d" :null } )");
  std::string seen;
  for (JsonText::Members member(&json); member.next();) {
    seen += member.name() + "=";
    if (member.name() != "a") {
      seen += std::string(json.skip()) + ";";
      continue;
    }
    for (JsonText::Elements element(&json); element.next();) {
      seen += json.kind() == JsonTextKind::number ? std::string(json.number()) : json.string();
      seen += ",";
    }
  }
  EXPECT_TRUE(json.finish());
  EXPECT_EQ(seen, "a=1,-2.50e+3,x,b={};c=true;d=null;");
}

TEST(JsonText, UnescapesStrings) {
  EXPECT_EQ(string_of(R"("a\"\\\/\b\f\n\r\tz")"), "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(string_of(R"("\u0041\u00e9\u20ac\ud83d\ude00")"),
            "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
}

TEST(JsonText, RefusesStringsThatAreNone) {
  for (const char* const text : {R"("a)", R"("\x")", R"("\u12")", R"("\ud83d")", R"("\ud83dx")",
                                 R"("\ude00")", R"("\ud83d\u0041")", "\"\n\"", "a", ""}) {
    EXPECT_EQ(string_of(text), "invalid") << text;
  }
}

TEST(JsonText, RefusesStringsThatAreNotUtf8) {
  for (const char* const text : {"\xFF\xFE", "\x80", "\xC3", "\xC3(", "\xC0\xAF", "\xE0\x80\xAF",
                                 "\xED\xA0\x80", "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80"}) {
    EXPECT_EQ(string_of("\"" + std::string(text) + "\""), "invalid") << text;
  }
  const std::string good = "\x7F\xC2\x80\xE2\x82\xAC\xED\x9F\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF";
  EXPECT_EQ(string_of("\"" + good + "\""), good);
}

TEST(JsonText, KnowsWhatIsJson) {
  for (const char* const text : {"{}", "[]", " [ ] ", "0", "-0", "1.5", "1e5", "1E-05", "true",
                                 "false", "null", R"("")", R"({"a":1,"a":2})", "[[],{}]"}) {
    EXPECT_TRUE(is_valid(text)) << text;
  }
  for (const char* const text :
       {"",         "{",   "}",    "[1,]", "[,1]", "[1 2]", R"({"a"})", R"({"a":})", R"({"a":1,})",
        R"({a:1})", "01",  "1.",   ".5",   "+1",   "1e",    "-",        "tru",       "nul",
        "truex",    "1 1", "[1]x", "NaN"}) {
    EXPECT_FALSE(is_valid(text)) << text;
  }
}

TEST(JsonText, RefusesWhatIsNestedTooDeep) {
  EXPECT_TRUE(is_valid(std::string(256, '[') + std::string(256, ']')));
  EXPECT_FALSE(is_valid(std::string(257, '[') + std::string(257, ']')));
  EXPECT_FALSE(is_valid(std::string(1'000'000, '[')));
}

TEST(JsonText, GivesNothingAfterAMistake) {
  JsonText json("[1, x, 2]");
  int elements = 0;
  for (JsonText::Elements element(&json); element.next(); ++elements) json.number();
  EXPECT_EQ(elements, 2);
  EXPECT_FALSE(json.ok());
  EXPECT_EQ(json.kind(), JsonTextKind::none);
  EXPECT_EQ(json.skip(), "");
}

}  // namespace
}  // namespace stator
