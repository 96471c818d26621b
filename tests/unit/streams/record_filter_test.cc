#include "streams/record_filter.h"

#include <gtest/gtest.h>

#include "../expression/support.h"

namespace stator {
namespace {

using testing_support::concat;
using testing_support::item_bytes_of;

const KeySchema kKey = {.partition = {{"pk", AttributeType::S}}, .sort = {}};

// A change of an item from `before` to `after` (support.h; "": none), and what filters say of it.
class Event {
 public:
  Event(std::string_view before, std::string_view after, ChangeActor actor = ChangeActor::client) {
    const std::string old_item = before.empty() ? "" : item_bytes_of(before);
    const std::string new_item = after.empty() ? "" : item_bytes_of(after);
    ItemChange change;
    if (!before.empty()) change.before = ItemView::trusted(old_item);
    if (!after.empty()) change.after = ItemView::trusted(new_item);
    change.time = TimePoint(std::chrono::seconds(1'700'000'000));
    change.actor = actor;
    EXPECT_TRUE(append_stream_record(change, kKey, StreamViewType::new_and_old_images, &bytes_));
    event_ = {.record = *parse_stream_record(bytes_),
              .number = 1,
              .shard = 2,
              .region = "eu-west-1",
              .stream_arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/T/stream/L"};
  }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  bool matches_one_of(const std::vector<std::string>& patterns) const {
    const auto filter = RecordFilter::parse(patterns);
    EXPECT_TRUE(filter.has_value()) << patterns.front();
    return filter && filter->matches(event_);
  }
  bool matches(std::string_view pattern) const { return matches_one_of({std::string(pattern)}); }

 private:
  std::string bytes_;
  ChangeEventView event_;
};

// Whether a new item with the attribute `a` of that value (support.h) passes
// {"dynamodb":{"NewImage":{"a":`pattern`}}}.
bool passes(std::string_view value, std::string_view pattern) {
  const Event event("", concat({R"({pk: "k", a: )", value, "}"}));
  return event.matches(concat({R"({"dynamodb":{"NewImage":{"a":)", pattern, "}}}"}));
}

// The same of an item without that attribute.
bool passes_without(std::string_view pattern) {
  const Event event("", R"({pk: "k"})");
  return event.matches(concat({R"({"dynamodb":{"NewImage":{"a":)", pattern, "}}}"}));
}

bool is_valid(std::string_view pattern) {
  const auto parsed = parse_filter_pattern(pattern);
  if (parsed) return true;
  EXPECT_EQ(parsed.error().message(), "Invalid filter pattern definition.");
  return false;
}

TEST(RecordFilter, LetsEverythingPassWithoutPatterns) {
  EXPECT_TRUE(Event("", R"({pk: "k"})").matches_one_of({}));
}

TEST(RecordFilter, ComparesTextsExactly) {
  EXPECT_TRUE(passes(R"("x")", R"({"S":["x"]})"));
  EXPECT_FALSE(passes(R"("X")", R"({"S":["x"]})"));
  EXPECT_FALSE(passes(R"("xy")", R"({"S":["x"]})"));
  EXPECT_TRUE(passes(R"("")", R"({"S":[""]})"));
  EXPECT_FALSE(passes(R"("x")", R"({"S":[""]})"));
}

TEST(RecordFilter, TakesOneOfSeveralTexts) {
  EXPECT_TRUE(passes(R"("y")", R"({"S":["x","y"]})"));
  EXPECT_FALSE(passes(R"("z")", R"({"S":["x","y"]})"));
}

TEST(RecordFilter, SeesNumbersAsTexts) {
  EXPECT_TRUE(passes("300", R"({"N":["300"]})"));
  EXPECT_FALSE(passes("300", R"({"N":["300.0"]})"));
  EXPECT_FALSE(passes("300", R"({"N":[300]})"));
  EXPECT_FALSE(passes("300", R"({"N":[{"numeric":["=",300]}]})"));
  EXPECT_TRUE(passes("-1.5", R"({"N":["-1.5"]})"));
}

TEST(RecordFilter, SeesOtherTypesAsTheyAreWritten) {
  EXPECT_TRUE(passes("true", R"({"BOOL":[true]})"));
  EXPECT_FALSE(passes("true", R"({"BOOL":[false]})"));
  EXPECT_FALSE(passes("true", R"({"BOOL":["true"]})"));
  EXPECT_TRUE(passes("null", R"({"NULL":[true]})"));
  EXPECT_FALSE(passes("null", R"({"NULL":[null]})"));
  EXPECT_TRUE(passes(R"(b"ab")", R"({"B":["YWI="]})"));
}

TEST(RecordFilter, LooksAtEveryElementOfSetsAndLists) {
  EXPECT_TRUE(passes(R"(<"a", "b">)", R"({"SS":["b"]})"));
  EXPECT_FALSE(passes(R"(<"a", "b">)", R"({"SS":["c"]})"));
  EXPECT_TRUE(passes("<1, 2>", R"({"NS":["2"]})"));
  EXPECT_TRUE(passes(R"(<b"a">)", R"({"BS":["YQ=="]})"));
  EXPECT_TRUE(passes(R"(["a", "b"])", R"({"L":{"S":["b"]}})"));
  EXPECT_FALSE(passes(R"(["a", "b"])", R"({"L":{"S":["c"]}})"));
  EXPECT_TRUE(passes(R"([["a"], 1])", R"({"L":{"L":{"S":["a"]}}})"));
}

TEST(RecordFilter, WantsAllMembersInTheSameElement) {
  const std::string_view list = R"([{x: 1, y: 1}, {x: 2, y: 2}])";
  EXPECT_TRUE(passes(list, R"({"L":{"M":{"x":{"N":["2"]},"y":{"N":["2"]}}}})"));
  EXPECT_FALSE(passes(list, R"({"L":{"M":{"x":{"N":["1"]},"y":{"N":["2"]}}}})"));
}

TEST(RecordFilter, LooksIntoMaps) {
  EXPECT_TRUE(passes(R"({b: {c: "x"}})", R"({"M":{"b":{"M":{"c":{"S":["x"]}}}}})"));
  EXPECT_FALSE(passes(R"({b: {c: "x"}})", R"({"M":{"b":{"M":{"d":{"S":["x"]}}}}})"));
}

TEST(RecordFilter, KnowsPrefixes) {
  EXPECT_TRUE(passes(R"("abc")", R"({"S":[{"prefix":"ab"}]})"));
  EXPECT_FALSE(passes(R"("abc")", R"({"S":[{"prefix":"bc"}]})"));
  EXPECT_FALSE(passes(R"("abc")", R"({"S":[{"prefix":"AB"}]})"));
  EXPECT_TRUE(passes("123", R"({"N":[{"prefix":"12"}]})"));
}

TEST(RecordFilter, KnowsSuffixes) {
  EXPECT_TRUE(passes(R"("abc")", R"({"S":[{"suffix":"bc"}]})"));
  EXPECT_FALSE(passes(R"("abc")", R"({"S":[{"suffix":"ab"}]})"));
}

TEST(RecordFilter, KnowsTextsWhoseCaseDoesNotMatter) {
  EXPECT_TRUE(passes(R"("AbC")", R"({"S":[{"equals-ignore-case":"aBc"}]})"));
  EXPECT_FALSE(passes(R"("AbCd")", R"({"S":[{"equals-ignore-case":"abc"}]})"));
}

TEST(RecordFilter, KnowsAnythingBut) {
  EXPECT_TRUE(passes(R"("x")", R"({"S":[{"anything-but":["a","b"]}]})"));
  EXPECT_FALSE(passes(R"("a")", R"({"S":[{"anything-but":["a","b"]}]})"));
  EXPECT_FALSE(passes(R"("a")", R"({"S":[{"anything-but":"a"}]})"));
  EXPECT_TRUE(passes(R"("7")", R"({"S":[{"anything-but":7}]})"));
  EXPECT_TRUE(passes(R"("xa")", R"({"S":[{"anything-but":{"prefix":"a"}}]})"));
  EXPECT_FALSE(passes(R"("ax")", R"({"S":[{"anything-but":{"prefix":"a"}}]})"));
  EXPECT_FALSE(passes(R"("xa")", R"({"S":[{"anything-but":{"suffix":"a"}}]})"));
  EXPECT_FALSE(passes(R"("A")", R"({"S":[{"anything-but":{"equals-ignore-case":"a"}}]})"));
}

TEST(RecordFilter, WantsSomethingToBeThereForAnythingBut) {
  EXPECT_FALSE(passes_without(R"({"S":[{"anything-but":["a"]}]})"));
  EXPECT_TRUE(passes(R"(<"a", "b">)", R"({"SS":[{"anything-but":["a"]}]})")) << "b is but a";
}

TEST(RecordFilter, KnowsWhetherALeafExists) {
  EXPECT_TRUE(passes(R"("x")", R"({"S":[{"exists":true}]})"));
  EXPECT_FALSE(passes(R"("x")", R"({"S":[{"exists":false}]})"));
  EXPECT_FALSE(passes(R"(<"x">)", R"({"SS":[{"exists":false}]})"));
  EXPECT_FALSE(passes_without(R"({"S":[{"exists":true}]})"));
  EXPECT_TRUE(passes_without(R"({"S":[{"exists":false}]})"));
}

TEST(RecordFilter, FindsThatWhatHasNoParentDoesNotExist) {
  const Event removal(R"({pk: "k", a: 1})", "");
  EXPECT_TRUE(removal.matches(R"({"dynamodb":{"NewImage":{"a":{"N":[{"exists":false}]}}}})"));
  EXPECT_FALSE(removal.matches(R"({"dynamodb":{"OldImage":{"a":{"N":[{"exists":false}]}}}})"));
}

TEST(RecordFilter, DoesNotTakeAnObjectForALeaf) {
  const Event event("", R"({pk: "k"})");
  EXPECT_FALSE(event.matches(R"({"dynamodb":{"NewImage":[{"exists":true}]}})"));
  EXPECT_TRUE(event.matches(R"({"dynamodb":{"NewImage":[{"exists":false}]}})"));
  EXPECT_FALSE(passes(R"(["a"])", R"({"L":[{"exists":true}]})"));
}

TEST(RecordFilter, TakesAnEmptyListForNothing) {
  EXPECT_TRUE(passes("[]", R"({"L":{"S":[{"exists":false}]}})"));
  EXPECT_FALSE(passes("[]", R"({"L":{"S":["a"]}})"));
}

TEST(RecordFilter, ComparesRealNumbers) {
  // Keys and image: 2 * (2 + 1).
  const Event event("", R"({pk: "k"})");
  const auto size = [&event](std::string_view test) {
    return event.matches(concat({R"({"dynamodb":{"SizeBytes":[)", test, "]}}"}));
  };
  EXPECT_TRUE(size("6"));
  EXPECT_FALSE(size("6.0")) << "a literal is compared as it is written";
  EXPECT_FALSE(size(R"("6")"));
  EXPECT_TRUE(size(R"({"numeric":["=",6.0]})"));
  EXPECT_FALSE(size(R"({"numeric":["=",7]})"));
  EXPECT_TRUE(size(R"({"numeric":["<",7]})"));
  EXPECT_FALSE(size(R"({"numeric":["<",6]})"));
  EXPECT_TRUE(size(R"({"numeric":["<=",6]})"));
  EXPECT_TRUE(size(R"({"numeric":[">=",6]})"));
  EXPECT_FALSE(size(R"({"numeric":[">",6]})"));
  EXPECT_TRUE(size(R"({"numeric":[">",5,"<=",6]})"));
  EXPECT_FALSE(size(R"({"numeric":[">",6,"<=",9]})"));
  EXPECT_FALSE(size(R"({"prefix":"6"})"));
  EXPECT_FALSE(size(R"({"anything-but":[6]})"));
  EXPECT_TRUE(size(R"({"anything-but":[7]})"));
}

TEST(RecordFilter, SeesTheRestOfTheEvent) {
  const Event event("", R"({pk: "k"})");
  for (const char* const pattern :
       {R"({"eventName":["INSERT"]})", R"({"eventSource":["aws:dynamodb"]})",
        R"({"eventVersion":["1.1"]})", R"({"awsRegion":["eu-west-1"]})",
        R"({"eventSourceARN":[{"suffix":"/stream/L"}]})", R"({"eventID":[{"exists":true}]})",
        R"({"dynamodb":{"Keys":{"pk":{"S":["k"]}}}})",
        R"({"dynamodb":{"SequenceNumber":["100000000000000000002"]}})",
        R"({"dynamodb":{"StreamViewType":["NEW_AND_OLD_IMAGES"]}})",
        R"({"dynamodb":{"ApproximateCreationDateTime":[1700000000]}})",
        R"({"userIdentity":{"type":[{"exists":false}]}})"}) {
    EXPECT_TRUE(event.matches(pattern)) << pattern;
  }
  EXPECT_FALSE(event.matches(R"({"eventName":["MODIFY","REMOVE"]})"));
  EXPECT_FALSE(event.matches(R"({"noSuchMember":["x"]})"));
}

TEST(RecordFilter, FindsWhatExpired) {
  const std::string_view pattern =
      R"({"userIdentity":{"type":["Service"],"principalId":["dynamodb.amazonaws.com"]}})";
  EXPECT_TRUE(Event(R"({pk: "k"})", "", ChangeActor::service).matches(pattern));
  EXPECT_FALSE(Event(R"({pk: "k"})", "").matches(pattern));
}

TEST(RecordFilter, WantsAllMembersOfAPattern) {
  const Event event("", R"({pk: "k", a: 1})");
  EXPECT_TRUE(event.matches(
      R"({"eventName":["INSERT"],"dynamodb":{"NewImage":{"pk":{"S":["k"]},"a":{"N":["1"]}}}})"));
  EXPECT_FALSE(event.matches(
      R"({"eventName":["INSERT"],"dynamodb":{"NewImage":{"pk":{"S":["k"]},"a":{"N":["2"]}}}})"));
}

TEST(RecordFilter, WantsOneOfSeveralPatterns) {
  const Event event("", R"({pk: "k"})");
  EXPECT_TRUE(event.matches_one_of({R"({"eventName":["REMOVE"]})", R"({"eventName":["INSERT"]})"}));
  EXPECT_FALSE(
      event.matches_one_of({R"({"eventName":["REMOVE"]})", R"({"eventName":["MODIFY"]})"}));
}

TEST(RecordFilter, WantsOneOfAnOrAndTheOtherMembers) {
  const Event event("", R"({pk: "k", a: 1})");
  EXPECT_TRUE(event.matches(R"({"dynamodb":{"NewImage":{"pk":{"S":["k"]},)"
                            R"("$or":[{"a":{"N":["1"]}},{"b":{"N":["1"]}}]}}})"));
  EXPECT_FALSE(event.matches(R"({"dynamodb":{"NewImage":{"pk":{"S":["k"]},)"
                             R"("$or":[{"a":{"N":["2"]}},{"b":{"N":["1"]}}]}}})"));
  EXPECT_FALSE(event.matches(R"({"dynamodb":{"NewImage":{"pk":{"S":["l"]},)"
                             R"("$or":[{"a":{"N":["1"]}},{"b":{"N":["1"]}}]}}})"));
  EXPECT_TRUE(event.matches(R"({"$or":[{"eventName":["REMOVE"]},{"eventName":["INSERT"]}]})"));
}

TEST(RecordFilter, MergesPatternsUnderOneName) {
  const Event event("", R"({pk: "k", a: 1})");
  EXPECT_TRUE(event.matches(
      R"({"dynamodb":{"NewImage":{"a":{"N":["1"]}}},"dynamodb":{"NewImage":{"pk":{"S":["k"]}}}})"));
  EXPECT_FALSE(event.matches(
      R"({"dynamodb":{"NewImage":{"a":{"N":["2"]}}},"dynamodb":{"NewImage":{"pk":{"S":["k"]}}}})"));
  EXPECT_TRUE(event.matches(R"({"eventName":["REMOVE"],"eventName":["INSERT"]})"))
      << "the last one";
}

TEST(FilterPattern, IsRefusedWhenItCannotBe) {
  for (const char* const pattern :
       {"", "null", "[]", "1", R"("x")", "{", "{}", R"({"a":1})", R"({"a":"x"})", R"({"a":null})",
        R"({"a":[]})", R"({"a":{}})", R"({"a":[[]]})", R"({"a":[{}]})", R"({"a":["x"]} x)",
        R"({"a":["x",]})", R"({"a":["x"]},{})", R"({"a":{"b":"c"}})"}) {
    EXPECT_FALSE(is_valid(pattern)) << pattern;
  }
}

TEST(FilterPattern, IsRefusedWithAnOperatorThatThereIsNot) {
  for (const char* const test :
       {R"({"wildcard":"a*"})", R"({"cidr":"10.0.0.0/8"})", R"({"Prefix":"a"})", R"({"x":1})",
        R"({"prefix":"a","suffix":"b"})", R"({"prefix":1})", R"({"prefix":["a"]})",
        R"({"suffix":null})", R"({"equals-ignore-case":["a"]})", R"({"exists":"true"})",
        R"({"exists":null})", R"({"exists":1})"}) {
    EXPECT_FALSE(is_valid(concat({R"({"a":[)", test, "]}"}))) << test;
  }
}

TEST(FilterPattern, IsRefusedWithAnythingButNothing) {
  for (const char* const test :
       {R"({"anything-but":[]})", R"({"anything-but":["a",1]})", R"({"anything-but":[true]})",
        R"({"anything-but":null})", R"({"anything-but":{}})", R"({"anything-but":{"prefix":1}})",
        R"({"anything-but":{"numeric":["=",1]}})", R"({"anything-but":[["a"]]})",
        R"({"anything-but":{"prefix":"a","suffix":"b"}})"}) {
    EXPECT_FALSE(is_valid(concat({R"({"a":[)", test, "]}"}))) << test;
  }
}

TEST(FilterPattern, IsRefusedWithARangeThatCannotBe) {
  for (const char* const range :
       {"[]", R"(["="])", R"(["=","1"])", R"([1,"="])", R"(["==",1])", R"(["!=",1])",
        R"(["=",1,"=",1])", R"([">",1,">",2])", R"(["<",2,">",1])", R"([">",2,"<",1])",
        R"([">",1,"<",2,"<",3])", R"([">",1,"<"])", R"(["=",1,"<",2])", "1", R"(["=",1e999])"}) {
    EXPECT_FALSE(is_valid(concat({R"({"a":[{"numeric":)", range, "}]}"}))) << range;
  }
}

TEST(FilterPattern, IsRefusedWithAnOrOfNothing) {
  for (const char* const alternatives : {"[]", "{}", R"(["a"])", "[{}]", R"({"a":["x"]})"}) {
    EXPECT_FALSE(is_valid(concat({R"({"$or":)", alternatives, "}"}))) << alternatives;
  }
}

TEST(RecordFilter, IsRefusedBeyondItsLimits) {
  const std::string pattern = R"({"a":["x"]})";
  EXPECT_TRUE(RecordFilter::parse(std::vector<std::string>(5, pattern)));
  EXPECT_FALSE(RecordFilter::parse(std::vector<std::string>(6, pattern)));
  const auto padded = [&pattern](std::size_t size) {
    return std::vector<std::string>{pattern + std::string(size - pattern.size(), ' ')};
  };
  EXPECT_TRUE(RecordFilter::parse(padded(4096)));
  EXPECT_FALSE(RecordFilter::parse(padded(4097)));
}

}  // namespace
}  // namespace stator
