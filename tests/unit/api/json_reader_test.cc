#include "api/json_reader.h"

#include <gmock/gmock.h>

#include <optional>

#include "padded_json.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing_support::error_text;
using testing_support::PaddedJson;
using testing_support::repeated;

std::string text_of(std::string_view text) {
  return std::string(text);
}
std::string text_of(bool value) {
  return value ? "true" : "false";
}
std::string text_of(std::int64_t value) {
  return std::to_string(value);
}

class JsonReaderTest : public testing::Test {
 protected:
  Result<JsonMembers> open(std::string_view json) {
    body_.emplace(json);
    return reader_.open(body_->view());
  }

  // What `read` makes of a JSON value, as text.
  template <typename Read>
  std::string outcome(std::string_view value, Read&& read) {
    Result<std::string> result = read_member(value, read);
    return result ? *result : error_text(result.error());
  }

  std::string as_string(std::string_view value) {
    return outcome(value, [](JsonValue& json) { return json.string(); });
  }
  std::string as_boolean(std::string_view value) {
    return outcome(value, [](JsonValue& json) { return json.boolean(); });
  }
  std::string as_integer(std::string_view value) {
    return outcome(value, [](JsonValue& json) { return json.integer(); });
  }

  bool is_well_formed(std::string_view json) {
    body_.emplace(json);
    return reader_.is_well_formed(body_->view());
  }

  JsonReader reader_;
  std::optional<PaddedJson> body_;

 private:
  // Reads {"v": <value>} to its end.
  template <typename Read>
  Result<std::string> read_member(std::string_view value, Read&& read) {
    JsonMembers members = TRY(open("{\"v\":" + std::string(value) + "}"));
    TRY(members.next());
    const auto result = TRY(read(members.value()));
    TRY(members.next());
    TRY(reader_.finish());
    return text_of(result);
  }
};

TEST_F(JsonReaderTest, GivesMembersInTheirOrderAndDuplicatesTwice) {
  JsonMembers members = *open(R"({"b": "1", "a": "2", "b": "3"})");
  std::vector<std::string> seen;
  while (*members.next()) {
    seen.push_back(std::string(members.key()) + "=" + std::string(*members.value().string()));
  }
  EXPECT_THAT(seen, ElementsAre("b=1", "a=2", "b=3"));
  EXPECT_TRUE(reader_.finish());
}

TEST_F(JsonReaderTest, UnescapesKeysAndStrings) {
  JsonMembers members = *open(R"({"k\u0065y\n": "\"\\\/\b\f\n\r\t \u00e9 \ud83d\ude00"})");
  ASSERT_TRUE(*members.next());
  EXPECT_EQ(members.key(), "key\n");
  EXPECT_EQ(*members.value().string(), "\"\\/\b\f\n\r\t \xC3\xA9 \xF0\x9F\x98\x80");
}

TEST_F(JsonReaderTest, KeepsStringsUntilTheNextOpen) {
  JsonMembers members = *open(R"({"a": "x\u0079", "b": "z"})");
  ASSERT_TRUE(*members.next());
  const std::string_view first = *members.value().string();
  ASSERT_TRUE(*members.next());
  EXPECT_EQ(*members.value().string(), "z");
  EXPECT_EQ(first, "xy");
}

TEST_F(JsonReaderTest, GivesTheElementsOfAnArray) {
  JsonMembers members = *open(R"({"list": ["a", ["skipped"], "b"], "empty": [], "after": 1})");
  ASSERT_TRUE(*members.next());
  JsonElements elements = *JsonElements::of(&members.value());
  ASSERT_TRUE(*elements.next());
  EXPECT_EQ(*elements.value().string(), "a");
  ASSERT_TRUE(*elements.next());
  EXPECT_TRUE(elements.value().skip());
  ASSERT_TRUE(*elements.next());
  EXPECT_EQ(*elements.value().string(), "b");
  EXPECT_FALSE(*elements.next());

  ASSERT_TRUE(*members.next());
  elements = *JsonElements::of(&members.value());
  EXPECT_FALSE(*elements.next());

  ASSERT_TRUE(*members.next());
  EXPECT_EQ(members.key(), "after");
  EXPECT_EQ(*members.value().integer(), 1);
  EXPECT_FALSE(*members.next());
}

TEST_F(JsonReaderTest, GivesTheMembersOfANestedObject) {
  JsonMembers members = *open(R"({"outer": {"inner": {"x": true}}, "after": "y"})");
  ASSERT_TRUE(*members.next());
  JsonMembers outer = *JsonMembers::of(&members.value());
  ASSERT_TRUE(*outer.next());
  JsonMembers inner = *JsonMembers::of(&outer.value());
  ASSERT_TRUE(*inner.next());
  EXPECT_TRUE(*inner.value().boolean());
  EXPECT_FALSE(*inner.next());
  EXPECT_FALSE(*outer.next());
  ASSERT_TRUE(*members.next());
  EXPECT_EQ(*members.value().string(), "y");
}

TEST_F(JsonReaderTest, KnowsTheKindOfAValueBeforeItIsRead) {
  JsonMembers members = *open(R"({"a":{},"b":[],"c":"x","d":-1.5,"e":true,"f":null})");
  for (const JsonKind kind : {JsonKind::object, JsonKind::array, JsonKind::string, JsonKind::number,
                              JsonKind::boolean, JsonKind::null}) {
    ASSERT_TRUE(*members.next());
    EXPECT_EQ(*members.value().kind(), kind);
    EXPECT_TRUE(members.value().skip());
  }
  EXPECT_FALSE(*members.next());
}

TEST_F(JsonReaderTest, NamesWhatStandsWhereAStringIsWanted) {
  EXPECT_EQ(as_string("\"text\""), "text");
  EXPECT_EQ(as_string("1"), "type: NUMBER_VALUE cannot be converted to String");
  EXPECT_EQ(as_string("-1.5"), "type: DECIMAL_VALUE cannot be converted to String");
  EXPECT_EQ(as_string("true"), "type: TRUE_VALUE cannot be converted to String");
  EXPECT_EQ(as_string("false"), "type: FALSE_VALUE cannot be converted to String");
  EXPECT_EQ(as_string("[1]"), "type: Unrecognized collection type class java.lang.String");
  EXPECT_EQ(as_string("{}"), "type: Start of structure or map found where not expected");
}

TEST_F(JsonReaderTest, NamesWhatStandsWhereABooleanIsWanted) {
  EXPECT_EQ(as_boolean("true"), "true");
  EXPECT_EQ(as_boolean("false"), "false");
  EXPECT_EQ(as_boolean("1"), "type: NUMBER_VALUE cannot be converted to Boolean");
  EXPECT_EQ(as_boolean("1.5"), "type: DECIMAL_VALUE cannot be converted to Boolean");
  EXPECT_EQ(as_boolean("[true]"), "type: Unrecognized collection type class java.lang.Boolean");
  EXPECT_EQ(as_boolean("{}"), "type: Start of structure or map found where not expected");
}

TEST_F(JsonReaderTest, TakesSomeStringsForBooleans) {
  for (const char* const yes :
       {"\"true\"", "\"TRUE\"", "\"tRuE\"", "\"1\"", "\"yes\"", "\"Yes\""}) {
    EXPECT_EQ(as_boolean(yes), "true") << yes;
  }
  for (const char* const no : {"\"false\"", "\"FALSE\"", "\"0\"", "\"no\"", "\"NO\""}) {
    EXPECT_EQ(as_boolean(no), "false") << no;
  }
  for (const char* const other : {"\"maybe\"", "\"\"", "\"y\"", "\" true\"", "\"2\""}) {
    EXPECT_EQ(as_boolean(other), "type: Unexpected token received from parser") << other;
  }
}

TEST_F(JsonReaderTest, NamesWhatStandsWhereAnIntegerIsWanted) {
  EXPECT_EQ(as_integer("\"1\""), "type: STRING_VALUE cannot be converted to Integer");
  EXPECT_EQ(as_integer("true"), "type: TRUE_VALUE cannot be converted to Integer");
  EXPECT_EQ(as_integer("false"), "type: FALSE_VALUE cannot be converted to Integer");
  EXPECT_EQ(as_integer("[1]"), "type: Unrecognized collection type class java.lang.Integer");
  EXPECT_EQ(as_integer("{}"), "type: Start of structure or map found where not expected");
}

TEST_F(JsonReaderTest, ReadsIntegersAndCutsFractionsOff) {
  EXPECT_EQ(as_integer("0"), "0");
  EXPECT_EQ(as_integer("-7"), "-7");
  EXPECT_EQ(as_integer("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(as_integer("3.5"), "3");
  EXPECT_EQ(as_integer("1e3"), "1000");
}

TEST_F(JsonReaderTest, NumbersBeyondAllIntegersKeepTheirSign) {
  for (const std::string_view value : {"1e300", "99999999999999999999", "1E400", "1.5e+400"}) {
    EXPECT_EQ(as_integer(value), "9223372036854775807") << value;
  }
  for (const std::string_view value : {"-1e300", "-99999999999999999999", "-1E400 "}) {
    EXPECT_EQ(as_integer(value), "-9223372036854775808") << value;
  }
}

TEST_F(JsonReaderTest, MalformedScalarsAreMalformedWhateverIsWanted) {
  for (const char* const value :
       {"tru", "truely", "01",  "1.",        ".5",     "+1",     "-",
        "1e",  "0x1",    "NaN", "Infinity",  "1E400x", "01E400", "1E400.5",
        "1E-", "\"a",    "'a'", "undefined", "nul",    "nulll",  ""}) {
    EXPECT_EQ(as_string(value), "malformed") << value;
    EXPECT_EQ(as_boolean(value), "malformed") << value;
    EXPECT_EQ(as_integer(value), "malformed") << value;
    EXPECT_FALSE(is_well_formed("{\"v\":" + std::string(value) + "}")) << value;
  }
}

TEST_F(JsonReaderTest, MalformedStringsAreMalformed) {
  for (const char* const value : {"\"\\x\"", "\"\\u12\"", "\"a\nb\"", "\"\xFF\"", "\"\xC3\""}) {
    EXPECT_EQ(as_string(value), "malformed") << value;
    EXPECT_EQ(as_boolean(value), "malformed") << value;
    EXPECT_FALSE(is_well_formed("{\"v\":" + std::string(value) + "}")) << value;
  }
}

TEST_F(JsonReaderTest, SkipsAnyValue) {
  JsonMembers members = *open(R"({"a": {"x": [1, {"y": null}], "z": "}"}, "b": 1.5e3, "c": "d"})");
  ASSERT_TRUE(*members.next());
  EXPECT_TRUE(members.value().skip());
  ASSERT_TRUE(*members.next());
  EXPECT_TRUE(members.value().skip());
  ASSERT_TRUE(*members.next());
  EXPECT_EQ(*members.value().string(), "d");
}

TEST_F(JsonReaderTest, FindsWhatIsMalformedInAValueThatItSkips) {
  for (const char* const value : {"[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
                                  "[tru]", "{\"a\":{\"b\":[01]}}", "{1:2}", "[\"\\q\"]"}) {
    EXPECT_FALSE(is_well_formed("{\"skipped\":" + std::string(value) + "}")) << value;
    EXPECT_FALSE(is_well_formed("{\"skipped\":" + std::string(value) + ",\"b\":1}")) << value;
  }
}

TEST_F(JsonReaderTest, OpensObjectsOnly) {
  for (const char* const json :
       {"", " ", "[]", "1", "\"a\"", "null", "true", "x", "\xEF\xBB\xBF"}) {
    EXPECT_FALSE(open(json)) << json;
    EXPECT_FALSE(is_well_formed(json)) << json;
  }
}

TEST_F(JsonReaderTest, KnowsWellFormedObjects) {
  for (const char* const json : {"{}", " { } \n", R"({"a":1})", R"({"":""})",
                                 R"({"a":{"b":[1,"x",null,true,{}]},"c":[]})"}) {
    EXPECT_TRUE(is_well_formed(json)) << json;
  }
  for (const char* const json :
       {"{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\" 1}",
        "{\"a\":1 \"b\":2}", "{,}", "{\"a\":[1}", "{\"a\":1]", "{\"a\":{}"}) {
    EXPECT_FALSE(is_well_formed(json)) << json;
  }
}

TEST_F(JsonReaderTest, FindsWhatFollowsTheDocument) {
  for (const char* const json :
       {"{} x", "{}{}", "{},", "{\"a\":1}}", "{\"a\":1}]", "{} \"", "{} 1", "{\"a\":[]}[]"}) {
    EXPECT_FALSE(is_well_formed(json)) << json;
  }
}

TEST_F(JsonReaderTest, IsUsableAfterAFailure) {
  EXPECT_FALSE(open("{"));
  EXPECT_EQ(as_string("1"), "type: NUMBER_VALUE cannot be converted to String");
  EXPECT_EQ(as_string("\"text\""), "text");
}

TEST_F(JsonReaderTest, IsUsableAfterItGaveItsMemoryBack) {
  EXPECT_EQ(as_string("\"" + std::string(1'000'000, 'x') + "\"").size(), 1'000'000U);
  reader_.shrink();
  EXPECT_EQ(as_string("\"text\""), "text");
}

TEST_F(JsonReaderTest, SurvivesDeepNesting) {
  constexpr std::size_t kLevels = 200'000;
  const std::string lists = repeated("[", kLevels) + repeated("]", kLevels);
  const std::string maps = repeated("{\"a\":", kLevels) + "1" + repeated("}", kLevels);
  for (const std::string& value : {lists, maps}) {
    EXPECT_TRUE(is_well_formed("{\"v\":" + value + "}"));
    EXPECT_TRUE(is_well_formed("{\"v\":" + value + ",\"b\":2}"));
    EXPECT_FALSE(is_well_formed("{\"v\":" + value));
    EXPECT_FALSE(is_well_formed("{\"v\":" + value + "} x"));
  }
  EXPECT_FALSE(is_well_formed("{\"v\":" + repeated("[", kLevels)));
  EXPECT_FALSE(is_well_formed(repeated("{\"a\":", kLevels)));
  EXPECT_EQ(as_string(lists), "type: Unrecognized collection type class java.lang.String");
}

}  // namespace
}  // namespace stator
