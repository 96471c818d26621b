#include "api/json_writer.h"

#include <gtest/gtest.h>

#include "../expression/support.h"
#include "model/value_writer.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using testing_support::item_bytes_of;
using testing_support::value_bytes_of;

// What `write` writes.
template <typename Write>
std::string written(Write&& write) {
  std::string out;
  JsonWriter json(&out);
  write(json);
  json.finish();
  return out;
}

std::string string(std::string_view text) {
  return written([text](JsonWriter& json) { json.string(text); });
}

std::string value(const std::string& bytes) {
  return written([&bytes](JsonWriter& json) { json.attribute_value(ValueView(bytes)); });
}

std::string units(double value) {
  return written([value](JsonWriter& json) { json.units(value); });
}

std::string time(TimePoint value) {
  return written([value](JsonWriter& json) { json.time(value); });
}

TEST(JsonWriter, WritesTheCommas) {
  EXPECT_EQ(written([](JsonWriter& json) {
              json.begin_object();
              json.member("a", "x");
              json.integer_member("b", -3);
              json.member("c");
              json.begin_array();
              json.element();
              json.boolean(true);
              json.element();
              json.begin_object();
              json.end_object();
              json.element();
              json.boolean(false);
              json.end_array();
              json.units_member("d", 1.0);
              json.member("e");
              json.begin_array();
              json.end_array();
              json.member("f", "");
              json.end_object();
            }),
            R"({"a":"x","b":-3,"c":[true,{},false],"d":1.0,"e":[],"f":""})");
}

TEST(JsonWriter, WritesAtTheEndOfItsBuffer) {
  std::string out = "before";
  JsonWriter json(&out);
  json.string("x");
  json.finish();
  EXPECT_EQ(out, "before\"x\"");
}

TEST(JsonWriter, EscapesWhatJsonMustNotHold) {
  EXPECT_EQ(string("\"\\/\b\f\n\r\t"), R"("\"\\/\b\f\n\r\t")");
  EXPECT_EQ(string("\0\x01\x1f\x7f"s), "\"\\u0000\\u0001\\u001f\x7f\"");
  EXPECT_EQ(string("h\xC3\xA9 \xF0\x9F\x98\x80"), "\"h\xC3\xA9 \xF0\x9F\x98\x80\"");
  EXPECT_EQ(string(""), "\"\"");
}

TEST(JsonWriter, EscapesNamesThatAreData) {
  EXPECT_EQ(written([](JsonWriter& json) {
              json.begin_object();
              json.member_of_data("plain");
              json.integer(1);
              json.member_of_data("\"quoted\"\n");
              json.integer(2);
              json.end_object();
            }),
            R"({"plain":1,"\"quoted\"\n":2})");
}

TEST(JsonWriter, GrowsItsBufferForAnyText) {
  std::string expected = "[";
  const std::string actual = written([&expected](JsonWriter& json) {
    json.begin_array();
    for (std::size_t size = 0; size < 600; ++size) {
      json.element();
      json.string(std::string(size, size % 2 == 0 ? 'x' : '\x01'));
      expected += size == 0 ? "\"" : ",\"";
      for (std::size_t i = 0; i < size; ++i) expected += size % 2 == 0 ? "x" : "\\u0001";
      expected += "\"";
    }
    json.end_array();
  });
  EXPECT_EQ(actual, expected + "]");
}

TEST(JsonWriter, UnitsAlwaysHaveADecimalPoint) {
  EXPECT_EQ(units(0), "0.0");
  EXPECT_EQ(units(0.5), "0.5");
  EXPECT_EQ(units(1), "1.0");
  EXPECT_EQ(units(2.5), "2.5");
  EXPECT_EQ(units(12345), "12345.0");
}

TEST(JsonWriter, TimesAreSecondsWithMilliseconds) {
  EXPECT_EQ(time(TimePoint(0s)), "0.000");
  EXPECT_EQ(time(TimePoint(1'700'000'000'123ms)), "1700000000.123");
  EXPECT_EQ(time(TimePoint(1'700'000'000'007'999us)), "1700000000.007");
  EXPECT_EQ(time(TimePoint(5s)), "5.000");
}

TEST(JsonWriter, IntegersReachBothEnds) {
  const auto integer = [](std::int64_t value) {
    return written([value](JsonWriter& json) { json.integer(value); });
  };
  EXPECT_EQ(integer(INT64_MAX), "9223372036854775807");
  EXPECT_EQ(integer(INT64_MIN), "-9223372036854775808");
}

TEST(JsonWriter, WritesAttributeValuesOfAllTypes) {
  EXPECT_EQ(value(value_bytes_of("\"text\"")), R"({"S":"text"})");
  EXPECT_EQ(value(value_bytes_of("-12.50")), R"({"N":"-12.5"})");
  EXPECT_EQ(value(value_bytes_of("1e125")), "{\"N\":\"1" + std::string(125, '0') + "\"}");
  EXPECT_EQ(value(value_bytes_of("b\"foob\"")), R"({"B":"Zm9vYg=="})");
  EXPECT_EQ(value(value_bytes_of("b\"\"")), R"({"B":""})");
  EXPECT_EQ(value(value_bytes_of("true")), R"({"BOOL":true})");
  EXPECT_EQ(value(value_bytes_of("false")), R"({"BOOL":false})");
  EXPECT_EQ(value(value_bytes_of("null")), R"({"NULL":true})");
  EXPECT_EQ(value(value_bytes_of("<\"b\", \"a\">")), R"({"SS":["a","b"]})");
  EXPECT_EQ(value(value_bytes_of("<10, 9, -1>")), R"({"NS":["-1","9","10"]})");
  EXPECT_EQ(value(value_bytes_of("<b\"b\", b\"a\">")), R"({"BS":["YQ==","Yg=="]})");
  EXPECT_EQ(value(value_bytes_of("[]")), R"({"L":[]})");
  EXPECT_EQ(value(value_bytes_of("[1, \"x\", [null]]")),
            R"({"L":[{"N":"1"},{"S":"x"},{"L":[{"NULL":true}]}]})");
  EXPECT_EQ(value(value_bytes_of("{}")), R"({"M":{}})");
  EXPECT_EQ(value(value_bytes_of("{b: 1, a: {c: true}}")),
            R"({"M":{"a":{"M":{"c":{"BOOL":true}}},"b":{"N":"1"}}})");
}

TEST(JsonWriter, EscapesTextsAndNamesInsideValues) {
  std::string item;
  ItemWriter writer(&item);
  writer.add("a\"b");
  append_string("line\nbreak", &item);
  writer.add("set");
  std::vector<std::string_view> elements = {"\t", "plain"};
  append_set(AttributeType::SS, &elements, &item);
  const ItemView view = writer.finish();
  EXPECT_EQ(written([&view](JsonWriter& json) { json.attributes(view.attributes()); }),
            R"({"a\"b":{"S":"line\nbreak"},"set":{"SS":["\t","plain"]}})");
}

TEST(JsonWriter, WritesLargeSets) {
  std::string expected = R"({"NS":[)";
  std::vector<std::string> numbers;
  for (int i = 1000; i < 3000; ++i) {
    expected += (i == 1000 ? "\"" : ",\"") + std::to_string(i) + "\"";
    numbers.emplace_back(parse_number(std::to_string(i))->bytes());
  }
  std::vector<std::string_view> elements(numbers.begin(), numbers.end());
  std::string bytes;
  ASSERT_TRUE(append_set(AttributeType::NS, &elements, &bytes));
  EXPECT_EQ(value(bytes), expected + "]}");
}

TEST(JsonWriter, PutsCommasBetweenValues) {
  const std::string item = item_bytes_of("{a: 1}");
  EXPECT_EQ(written([&item](JsonWriter& json) {
              json.begin_array();
              for (int i = 0; i < 2; ++i) {
                json.element();
                json.attributes(ItemView::trusted(item).attributes());
              }
              json.end_array();
            }),
            R"([{"a":{"N":"1"}},{"a":{"N":"1"}}])");
}

TEST(JsonWriter, TakesBackWhatWasWrittenLast) {
  EXPECT_EQ(written([](JsonWriter& json) {
              json.begin_array();
              const std::size_t empty = json.size();
              json.element();
              json.string(std::string(5000, 'x'));
              json.truncate(empty);
              json.element();
              json.integer(1);
              const std::size_t one = json.size();
              json.element();
              json.integer(2);
              json.truncate(one);
              json.element();
              json.integer(3);
              json.end_array();
            }),
            "[1,3]");
}

}  // namespace
}  // namespace stator
