#include "api/attribute_reader.h"

#include <gtest/gtest.h>

#include "../expression/support.h"
#include "model/item.h"
#include "padded_json.h"

namespace stator {
namespace {

using testing_support::error_text;
using testing_support::PaddedJson;
using testing_support::repeated;
using testing_support::show;

constexpr char kInvalid[] = "invalid: One or more parameter values were invalid: ";

// Reads the member of {"v": ..}, and what follows it, with `read(reader, json, out)`.
template <typename Read>
Result<std::string> read_member(std::string_view json, ValueTexts texts, Read&& read) {
  const PaddedJson body("{\"v\":" + std::string(json) + ",\"after\":1}");
  JsonReader reader;
  JsonMembers members = TRY(reader.open(body.view()));
  TRY(members.next());
  AttributeReader attributes(texts);
  std::string bytes;
  TRY(read(attributes, members.value(), &bytes));
  TRY(members.next());
  EXPECT_EQ(members.key(), "after");
  TRY(members.value().skip());
  TRY(members.next());
  TRY(reader.finish());
  std::optional<Error> error = attributes.take_error();
  EXPECT_FALSE(attributes.take_error());
  if (error) return *std::move(error);
  return bytes;
}

// An item in the notation of ../expression/support.h, or what is wrong with it.
std::string item(std::string_view json, ValueTexts texts = ValueTexts::current) {
  const Result<std::string> bytes =
      read_member(json, texts, [](AttributeReader& reader, JsonValue& value, std::string* out) {
        return reader.read_item(&value, out);
      });
  if (!bytes) return error_text(bytes.error());
  const Result<ItemView> view = ItemView::parse(*bytes);
  return view ? show(view->attributes()) : "not an item";
}

// The same of one value.
std::string value(std::string_view json, ValueTexts texts = ValueTexts::current) {
  const Result<std::string> bytes = read_member(
      json, texts, [](AttributeReader& reader, JsonValue& json_value, std::string* out) {
        return reader.read_value(&json_value, out);
      });
  return bytes ? show(ValueView(*bytes)) : error_text(bytes.error());
}

std::string older(std::string_view json) {
  return value(json, ValueTexts::older);
}

TEST(AttributeReader, ReadsAllTypes) {
  EXPECT_EQ(value(R"({"S":"text"})"), "\"text\"");
  EXPECT_EQ(value(R"({"S":""})"), "\"\"");
  EXPECT_EQ(value(R"({"N":"-1.50"})"), "-1.5");
  EXPECT_EQ(value(R"({"B":"Zm9v"})"), "b\"foo\"");
  EXPECT_EQ(value(R"({"B":""})"), "b\"\"");
  EXPECT_EQ(value(R"({"BOOL":true})"), "true");
  EXPECT_EQ(value(R"({"BOOL":false})"), "false");
  EXPECT_EQ(value(R"({"NULL":true})"), "null");
  EXPECT_EQ(value(R"({"SS":["b","a"]})"), "<\"a\", \"b\">");
  EXPECT_EQ(value(R"({"NS":["10","9"]})"), "<9, 10>");
  EXPECT_EQ(value(R"({"BS":["Yg==","YQ=="]})"), "<b\"a\", b\"b\">");
  EXPECT_EQ(value(R"({"L":[{"S":"b"},{"S":"a"}]})"), "[\"b\", \"a\"]");
  EXPECT_EQ(value(R"({"M":{"b":{"N":"1"},"a":{"L":[]}}})"), "{a: [], b: 1}");
}

TEST(AttributeReader, ReadsItemsAndSortsTheirNames) {
  EXPECT_EQ(item("{}"), "{}");
  EXPECT_EQ(item(R"({"pk":{"S":"x"},"n\u0061me":{"NULL":true}})"), "{name: null, pk: \"x\"}");
}

TEST(AttributeReader, OfTwoAttributesOfOneNameTheLaterStands) {
  EXPECT_EQ(item(R"({"a":{"S":"first"},"b":{"N":"1"},"a":{"S":"last"}})"), "{a: \"last\", b: 1}");
  EXPECT_EQ(value(R"({"M":{"a":{"S":"first"},"a":{"S":"last"}}})"), "{a: \"last\"}");
}

TEST(AttributeReader, TakesNullForAbsent) {
  EXPECT_EQ(value(R"({"S":null,"N":"1","L":null})"), "1");
}

TEST(AttributeReader, IgnoresMembersThatItDoesNotKnow) {
  EXPECT_EQ(value(R"({"X":{"deep":[1,{"S":2}]},"S":"text","s":1})"), "\"text\"");
  EXPECT_EQ(value(R"({"X":[1,],"S":"text"})"), "malformed");
  EXPECT_EQ(value(R"({"X":{"a":01},"S":"text"})"), "malformed");
}

TEST(AttributeReader, TakesSomeStringsForBooleans) {
  EXPECT_EQ(value(R"({"BOOL":"yes"})"), "true");
  EXPECT_EQ(value(R"({"BOOL":"0"})"), "false");
  EXPECT_EQ(value(R"({"NULL":"TRUE"})"), "null");
}

// ---- JSON of a wrong shape ----

constexpr char kStructure[] = "type: Start of structure or map found where not expected";
constexpr char kAttributeMap[] =
    "type: Unrecognized collection type java.util.Map<java.lang.String, "
    "com.amazonaws.dynamodb.v20120810.AttributeValue>";
constexpr char kAttributeValue[] =
    "type: Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue";

TEST(AttributeReaderShape, OfAnItemIsAMap) {
  for (const char* const json : {"1", "\"x\"", "true", "1.5"}) {
    EXPECT_EQ(item(json), "type: Unexpected field type") << json;
  }
  EXPECT_EQ(item("[]"), kAttributeMap);
}

TEST(AttributeReaderShape, OfAValueIsAStructure) {
  for (const char* const json : {"1", "\"x\"", "true", "1.5"}) {
    EXPECT_EQ(value(json), "type: Unexpected value type in payload") << json;
    EXPECT_EQ(item("{\"a\":" + std::string(json) + "}"), "type: Unexpected value type in payload");
  }
  EXPECT_EQ(value("[]"), kAttributeValue);
}

TEST(AttributeReaderShape, OfStringsAndNumbersIsAString) {
  for (const std::string type : {"S", "N"}) {
    const auto read = [&type](std::string_view json) {
      return value("{\"" + type + "\":" + std::string(json) + "}");
    };
    EXPECT_EQ(read("1"), "type: NUMBER_VALUE cannot be converted to String");
    EXPECT_EQ(read("1.5"), "type: DECIMAL_VALUE cannot be converted to String");
    EXPECT_EQ(read("true"), "type: TRUE_VALUE cannot be converted to String");
    EXPECT_EQ(read("false"), "type: FALSE_VALUE cannot be converted to String");
    EXPECT_EQ(read("[]"), "type: Unrecognized collection type class java.lang.String");
    EXPECT_EQ(read("{}"), kStructure);
  }
}

TEST(AttributeReaderShape, OfBinaryIsBase64) {
  for (const char* const json : {"1", "1.5", "true", "false"}) {
    EXPECT_EQ(value("{\"B\":" + std::string(json) + "}"),
              "type: only base-64-encoded strings are convertible to bytes");
  }
  EXPECT_EQ(value(R"({"B":{}})"), kStructure);
  EXPECT_EQ(value(R"({"B":[]})"), "type: Start of list found where not expected");
  EXPECT_EQ(value(R"({"B":"Zm9vYg"})"),
            "type: Base64 encoded length is expected a multiple of 4 bytes but found: 6");
  EXPECT_EQ(value(R"({"B":"Zm9!"})"),
            "type: only base-64-encoded strings are convertible to bytes");
  EXPECT_EQ(value(R"({"B":"Zm9="})"), "type: Invalid last non-pad Base64 character dectected");
}

TEST(AttributeReaderShape, OfBooleansIsABoolean) {
  for (const std::string type : {"BOOL", "NULL"}) {
    const auto read = [&type](std::string_view json) {
      return value("{\"" + type + "\":" + std::string(json) + "}");
    };
    EXPECT_EQ(read("\"maybe\""), "type: Unexpected token received from parser");
    EXPECT_EQ(read("1"), "type: NUMBER_VALUE cannot be converted to Boolean");
    EXPECT_EQ(read("1.5"), "type: DECIMAL_VALUE cannot be converted to Boolean");
    EXPECT_EQ(read("[]"), "type: Unrecognized collection type class java.lang.Boolean");
    EXPECT_EQ(read("{}"), kStructure);
  }
}

TEST(AttributeReaderShape, OfSetsAndListsIsAnArray) {
  for (const std::string type : {"SS", "NS", "BS", "L"}) {
    for (const char* const json : {"1", "\"x\"", "true"}) {
      EXPECT_EQ(value("{\"" + type + "\":" + json + "}"), "type: Unexpected field type");
    }
    EXPECT_EQ(value("{\"" + type + "\":{}}"), kStructure);
  }
}

TEST(AttributeReaderShape, OfElementsIsThatOfTheirType) {
  for (const std::string type : {"SS", "NS"}) {
    EXPECT_EQ(value("{\"" + type + "\":[1]}"), "type: NUMBER_VALUE cannot be converted to String");
    EXPECT_EQ(value("{\"" + type + "\":[[]]}"),
              "type: Unrecognized collection type class java.lang.String");
    EXPECT_EQ(value("{\"" + type + "\":[{}]}"), kStructure);
  }
  EXPECT_EQ(value(R"({"BS":[1]})"), "type: only base-64-encoded strings are convertible to bytes");
  EXPECT_EQ(value(R"({"BS":["Zg="]})"),
            "type: Base64 encoded length is expected a multiple of 4 bytes but found: 3");
  EXPECT_EQ(value(R"({"L":[1]})"), "type: Unexpected value type in payload");
  EXPECT_EQ(value(R"({"L":[[]]})"), kAttributeValue);
}

TEST(AttributeReaderShape, OfMapsIsAMap) {
  EXPECT_EQ(value(R"({"M":1})"), "type: Unexpected field type");
  EXPECT_EQ(value(R"({"M":[]})"), kAttributeMap);
  EXPECT_EQ(value(R"({"M":{"a":1}})"), "type: Unexpected value type in payload");
  EXPECT_EQ(value(R"({"M":{"a":[]}})"), kAttributeValue);
}

TEST(AttributeReaderShape, OfMalformedJsonHasNoText) {
  for (const char* const json : {R"({"a":{"S":"x"},})", R"({"a":{"S":"x",}})", R"({"a":{"S":tru}})",
                                 R"({"a":{"L":[{"S":"x"},]}})", R"({"a":{"SS":["x",]}})",
                                 R"({"a":{"N":01}})", R"({"a" {"S":"x"}})", R"({"a":{"S":"\q"}})",
                                 R"({"a":{"NULL":nul}})", R"({"a":{"S":nul}})"}) {
    EXPECT_EQ(item(json), "malformed") << json;
  }
}

// ---- wrong values ----

TEST(AttributeReaderValue, HasExactlyOneType) {
  EXPECT_EQ(value("{}"),
            "invalid: Supplied AttributeValue is empty, must contain exactly one of the supported "
            "datatypes");
  EXPECT_EQ(value(R"({"S":null})"), value("{}"));
  EXPECT_EQ(value(R"({"X":"x"})"), value("{}"));
  EXPECT_EQ(value(R"({"S":"x","N":"1"})"),
            "invalid: Supplied AttributeValue has more than one datatypes set, must contain "
            "exactly one of the supported datatypes");
}

TEST(AttributeReaderValue, NullIsTrue) {
  EXPECT_EQ(value(R"({"NULL":false})"),
            std::string(kInvalid) + "Null attribute value types must have the value of true");
}

TEST(AttributeReaderValue, SetsAreNotEmpty) {
  EXPECT_EQ(value(R"({"SS":[]})"), std::string(kInvalid) + "An string set  may not be empty");
  EXPECT_EQ(value(R"({"NS":[]})"), std::string(kInvalid) + "An number set  may not be empty");
  EXPECT_EQ(value(R"({"BS":[]})"), std::string(kInvalid) + "Binary sets should not be empty");
  EXPECT_EQ(value(R"({"SS":[""]})"), "<\"\">");
}

TEST(AttributeReaderValue, SetsHaveNoDuplicates) {
  EXPECT_EQ(value(R"({"SS":["a","a"]})"),
            std::string(kInvalid) + R"(Input collection ["a", "a"] contains duplicates.)");
  EXPECT_EQ(value(R"({"SS":["b","a","b"]})"),
            std::string(kInvalid) + R"(Input collection ["a", "b", "b"] contains duplicates.)");
  EXPECT_EQ(
      value(R"({"SS":["c","b","c","d","a"]})"),
      std::string(kInvalid) + R"(Input collection ["b", "c", "c", "d", "a"] contains duplicates.)");
  EXPECT_EQ(value(R"({"NS":["1","1.0"]})"),
            std::string(kInvalid) + "Input collection contains duplicates.");
  EXPECT_EQ(
      value(R"({"BS":["Yg==","Yg=="]})"),
      std::string(kInvalid) + R"(Input collection ["Yg==","Yg=="]of type BS contains duplicates.)");
}

TEST(AttributeReaderValue, DuplicatesOfBinaryAreSortedByWhatTheyMean) {
  EXPECT_EQ(value(R"({"BS":["/w==","AA==","AA=="]})"),
            std::string(kInvalid) +
                R"(Input collection ["AA==","/w==","AA=="]of type BS contains duplicates.)");
}

TEST(AttributeReaderValue, DuplicatesInSetsHaveAnOlderText) {
  EXPECT_EQ(older(R"({"SS":["b","a","b"]})"),
            std::string(kInvalid) + "Input collection [b, a, b] contains duplicates.");
  EXPECT_EQ(older(R"({"NS":["1","1.0"]})"), "invalid: Input collection contains duplicates");
  EXPECT_EQ(
      older(R"({"BS":["/w==","AA==","AA=="]})"),
      std::string(kInvalid) + "Input collection [/w==, AA==, AA==]of type BS contains duplicates.");
}

TEST(AttributeReaderValue, NumbersAreNumeric) {
  constexpr char kNotNumeric[] = "invalid: The parameter cannot be converted to a numeric value";
  EXPECT_EQ(value(R"({"N":"abc"})"), std::string(kNotNumeric) + ": abc");
  EXPECT_EQ(older(R"({"N":"abc"})"), std::string(kNotNumeric) + ": abc");
  EXPECT_EQ(value(R"({"N":""})"), std::string(kNotNumeric) + ": ");
  EXPECT_EQ(older(R"({"N":""})"), kNotNumeric);
  EXPECT_EQ(value(R"({"NS":["1","x","x"]})"), std::string(kNotNumeric) + ": x");
}

TEST(AttributeReaderValue, NumbersHaveTheirRange) {
  EXPECT_EQ(value(R"({"N":"1e126"})"),
            "invalid: Number overflow. Attempting to store a number with magnitude larger than "
            "supported range");
  EXPECT_EQ(value(R"({"N":"1e-131"})"),
            "invalid: Number underflow. Attempting to store a number with magnitude smaller than "
            "supported range");
  EXPECT_EQ(value("{\"N\":\"" + std::string(39, '1') + "\"}"),
            "invalid: Attempting to store more than 38 significant digits in a Number");
}

TEST(AttributeReaderValue, TheOlderLayerReadsAHugeExponentAsATinyOne) {
  EXPECT_EQ(value(R"({"N":"1e2147483647"})"), value(R"({"N":"1e126"})"));
  EXPECT_EQ(older(R"({"N":"1e2147483647"})"), value(R"({"N":"1e-131"})"));
}

TEST(AttributeReaderValue, NamesAreNotEmptyAndNotTooLong) {
  EXPECT_EQ(item(R"({"":{"S":"x"}})"), "invalid: Empty attribute name");
  EXPECT_EQ(value(R"({"M":{"":{"S":"x"}}})"), "invalid: Empty attribute name");
  const std::string longest(65535, 'n');
  EXPECT_EQ(item("{\"" + longest + "\":{\"N\":\"1\"}}"), "{" + longest + ": 1}");
  EXPECT_EQ(item("{\"" + longest + "n\":{\"N\":\"1\"}}"),
            "invalid: Attribute name is too large, must be less than 65536 bytes");
}

TEST(AttributeReaderValue, TheFirstThatIsWrongIsReported) {
  EXPECT_EQ(item(R"({"a":{"NULL":false},"b":{"N":"x"}})"), value(R"({"NULL":false})"));
  EXPECT_EQ(value(R"({"L":[{"N":"x"},{}]})"), value(R"({"N":"x"})"));
}

TEST(AttributeReaderValue, ThatIsWrongDoesNotHideWrongJsonBehindIt) {
  EXPECT_EQ(item(R"({"a":{"N":"x"},"b":{"S":1}})"),
            "type: NUMBER_VALUE cannot be converted to String");
  EXPECT_EQ(item(R"({"a":{"SS":["x","x"]},"b":{"S":tru}})"), "malformed");
}

// ---- nesting ----

std::string lists_around(std::size_t levels, std::string_view leaf) {
  return repeated(R"({"L":[)", levels) + std::string(leaf) + repeated("]}", levels);
}

std::string maps_around(std::size_t levels, std::string_view leaf) {
  return repeated(R"({"M":{"a":)", levels) + std::string(leaf) + repeated("}}", levels);
}

constexpr char kTooDeep[] =
    "invalid: Nesting Levels have exceeded supported limits: Attributes in the item have nested "
    "levels beyond supported limit";

TEST(AttributeReaderNesting, EndsWith31ListsOrMapsAroundALeaf) {
  constexpr char kLeaf[] = R"({"N":"7"})";
  EXPECT_EQ(value(lists_around(31, kLeaf)), repeated("[", 31) + "7" + repeated("]", 31));
  EXPECT_EQ(value(maps_around(31, kLeaf)), repeated("{a: ", 31) + "7" + repeated("}", 31));
  EXPECT_EQ(value(lists_around(32, kLeaf)), kTooDeep);
  EXPECT_EQ(value(maps_around(32, kLeaf)), kTooDeep);
  EXPECT_EQ(item("{\"a\":" + maps_around(31, kLeaf) + "}"),
            repeated("{a: ", 32) + "7" + repeated("}", 32));
  EXPECT_EQ(item("{\"a\":" + maps_around(32, kLeaf) + "}"), kTooDeep);
}

TEST(AttributeReaderNesting, CountsAnEmptyListOrMapAsALevel) {
  EXPECT_EQ(value(lists_around(30, R"({"L":[]})")), repeated("[", 31) + repeated("]", 31));
  EXPECT_EQ(value(lists_around(31, R"({"L":[]})")), kTooDeep);
  EXPECT_EQ(value(maps_around(31, R"({"M":{}})")), kTooDeep);
}

TEST(AttributeReaderNesting, OfAnyDepthIsSurvived) {
  constexpr std::size_t kLevels = 200'000;
  EXPECT_EQ(value(lists_around(kLevels, R"({"N":"7"})")), kTooDeep);
  EXPECT_EQ(value(maps_around(kLevels, R"({"N":"7"})")), kTooDeep);
  EXPECT_EQ(value(repeated(R"({"L":[)", kLevels)), "malformed");
  EXPECT_EQ(value(repeated("[", kLevels) + repeated("]", kLevels)), kAttributeValue);
  EXPECT_EQ(value("{\"X\":" + repeated("[", kLevels) + repeated("]", kLevels) + ",\"N\":\"7\"}"),
            "7");
}

}  // namespace
}  // namespace stator
