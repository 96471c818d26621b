// The wire runner's own rules: a runner that finds no fault would pass every case.
#include <gmock/gmock.h>

#include "expand.h"
#include "match.h"
#include "wire_case.h"

namespace stator::wire {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> compared(const char* expected, const char* actual,
                                  std::vector<std::string> unordered = {}) {
  return differences(Json::parse(expected), Json::parse(actual), Extra::refused, unordered);
}

Json expanded(const char* text) {
  return expand(Json::parse(text), {.tables = {"one", "two"}, .unused = "three"});
}

TEST(WireMatch, EqualJsonHasNoDifferences) {
  EXPECT_THAT(compared(R"({"a": [1, {"b": null}]})", R"({"a": [1, {"b": null}]})"), IsEmpty());
}

TEST(WireMatch, TheOrderOfMembersDoesNotCount) {
  EXPECT_THAT(compared(R"({"a": 1, "b": 2})", R"({"b": 2, "a": 1})"), IsEmpty());
}

TEST(WireMatch, ADifferentValueIsReportedWithItsPath) {
  EXPECT_THAT(compared(R"({"a": [{"b": "x"}]})", R"({"a": [{"b": "y"}]})"),
              ElementsAre(R"(/a/0/b: expected "x", got "y")"));
}

TEST(WireMatch, AMissingMemberIsReported) {
  EXPECT_THAT(compared(R"({"a": 1})", "{}"), ElementsAre("/a: missing, expected 1"));
}

TEST(WireMatch, AnUnexpectedMemberIsReported) {
  EXPECT_THAT(compared("{}", R"({"a": 1})"), ElementsAre("/a: unexpected 1"));
}

TEST(WireMatch, FurtherMembersAreAllowedWhenOnlySomeAreExpected) {
  EXPECT_THAT(differences(Json::parse(R"({"a": {"b": 1}})"),
                          Json::parse(R"({"a": {"b": 1, "c": 2}, "d": 3})"), Extra::allowed, {}),
              IsEmpty());
}

TEST(WireMatch, NumbersCompareByValue) {
  EXPECT_THAT(compared("[1]", "[1.0]"), IsEmpty());
  EXPECT_THAT(compared("[1]", "[1.5]"), SizeIs(1));
}

TEST(WireMatch, ANumberIsNotAString) {
  EXPECT_THAT(compared("[1]", R"(["1"])"), SizeIs(1));
}

TEST(WireMatch, SetsAreUnordered) {
  EXPECT_THAT(compared(R"({"SS": ["a", "b"]})", R"({"SS": ["b", "a"]})"), IsEmpty());
  EXPECT_THAT(compared(R"({"NS": ["1", "2"]})", R"({"NS": ["1", "1"]})"), SizeIs(1));
}

TEST(WireMatch, ListsAreOrderedUnlessTheCaseSaysOtherwise) {
  EXPECT_THAT(compared(R"({"Items": [1, 2]})", R"({"Items": [2, 1]})"), SizeIs(2));
  EXPECT_THAT(compared(R"({"Items": [1, 2]})", R"({"Items": [2, 1]})", {"Items"}), IsEmpty());
}

TEST(WireMatch, AListOfAnotherLengthDiffers) {
  EXPECT_THAT(compared("[1]", "[1, 2]"), SizeIs(1));
  EXPECT_THAT(compared(R"({"SS": ["a"]})", R"({"SS": ["a", "b"]})"), SizeIs(1));
}

TEST(WireMatch, AnyMatchesWhatIsThereOnly) {
  EXPECT_THAT(compared(R"({"a": "$any"})", R"({"a": {"b": 1}})"), IsEmpty());
  EXPECT_THAT(compared(R"({"a": "$any"})", "{}"), SizeIs(1));
}

TEST(WireMatch, AbsentMatchesNothingOnly) {
  EXPECT_THAT(compared(R"({"a": "$absent"})", "{}"), IsEmpty());
  EXPECT_THAT(compared(R"({"a": "$absent"})", R"({"a": 1})"), testing::Not(IsEmpty()));
}

TEST(WireMatch, ARegularExpressionIsSearchedFor) {
  EXPECT_THAT(compared(R"(["$re:^[0-9]+$"])", R"(["42"])"), IsEmpty());
  EXPECT_THAT(compared(R"(["$re:^[0-9]+$"])", R"(["4x"])"), SizeIs(1));
}

constexpr const char* kError = R"({"__type": "com.amazon.coral.validate#ValidationException",
                                   "message": "wrong"})";

TEST(WireFaults, AnErrorIsComparedByTheNameOfItsType) {
  EXPECT_THAT(
      faults({.status = 400, .type = "ValidationException", .message = "wrong"}, 400, kError),
      IsEmpty());
  EXPECT_THAT(faults({.status = 400, .type = "Other", .message = "wrong"}, 400, kError), SizeIs(1));
}

TEST(WireFaults, AWholeTypeIsComparedWhole) {
  EXPECT_THAT(
      faults({.status = 400, .type = "com.amazon.coral.service#ValidationException"}, 400, kError),
      SizeIs(1));
}

TEST(WireFaults, AnotherMessageIsAFault) {
  EXPECT_THAT(faults({.status = 400, .message = "right"}, 400, kError),
              ElementsAre(HasSubstr("expected right")));
  EXPECT_THAT(faults({.status = 400, .message_re = "^wr"}, 400, kError), IsEmpty());
  EXPECT_THAT(faults({.status = 400, .message_re = "^r"}, 400, kError), SizeIs(1));
  EXPECT_THAT(faults({.status = 400, .message_is_absent = true}, 400, kError), SizeIs(1));
}

TEST(WireFaults, AnotherStatusIsAFault) {
  EXPECT_THAT(faults({.status = 200}, 400, kError),
              ElementsAre(HasSubstr("expected 200, got 400")));
}

TEST(WireFaults, ABodyThatIsNotJsonIsAFault) {
  EXPECT_THAT(faults({.status = 200}, 200, "<html>"), ElementsAre(HasSubstr("not JSON")));
}

TEST(WireExpand, TableNamesAreReplacedInStringsAndMemberNames) {
  EXPECT_EQ(expanded(R"({"$T": "Table: $T2 not $T, $new"})"),
            Json::parse(R"({"one": "Table: two not one, three"})"));
}

TEST(WireExpand, BigStringsAreWrittenShort) {
  EXPECT_EQ(expanded(R"(["$x:3"])"), Json::parse(R"(["xxx"])"));
  EXPECT_EQ(expanded(R"({"$x:2": 1})"), Json::parse(R"({"xx": 1})"));
  EXPECT_EQ(expanded(R"(["$b64:4"])"), Json::parse(R"(["AAAAAA=="])"));
}

TEST(WireExpand, NestedValuesAreWrittenShort) {
  EXPECT_EQ(expanded(R"({"a": "$nest:2"})"), Json::parse(R"({"a": {"L": [{"L": [{"S": "x"}]}]}})"));
  EXPECT_EQ(expanded(R"({"a": "$nest_map:1"})"), Json::parse(R"({"a": {"M": {"a": {"S": "x"}}}})"));
}

TEST(WireExpand, RepeatedElementsCarryTheirIndex) {
  EXPECT_EQ(expanded(R"([{"$repeat": 2, "value": {"k$i": "v$i"}}, 7])"),
            Json::parse(R"([{"k0": "v0"}, {"k1": "v1"}, 7])"));
}

TEST(WireExpand, JoinedTextsAndMembersAreGenerated) {
  EXPECT_EQ(expanded(R"({"a": {"$join": " OR ", "$repeat": 2, "value": "x$i"}})"),
            Json::parse(R"({"a": "x0 OR x1"})"));
  EXPECT_EQ(
      expanded(R"({"a": {"$join": ",", "begin": "[", "$repeat": 2, "value": "x", "end": "]"}})"),
      Json::parse(R"({"a": "[x,x]"})"));
  EXPECT_EQ(expanded(R"({"a": {"$members": 2, "key": ":v$i", "value": {"N": "$i"}}})"),
            Json::parse(R"({"a": {":v0": {"N": "0"}, ":v1": {"N": "1"}}})"));
}

TEST(WireExpand, WhatAStepSavedIsUsedByTheNext) {
  EXPECT_EQ(
      replace_saved(Json::parse(R"({"a": ["$saved:key"]})"), Json::parse(R"({"key": {"b": 1}})")),
      Json::parse(R"({"a": [{"b": 1}]})"));
}

TEST(WireCase, AStepMayLetTimePass) {
  EXPECT_EQ(seconds_to_pass(Json::parse(R"({"advance": 901})")), std::chrono::seconds(901));
  EXPECT_EQ(seconds_to_pass(Json::parse(R"({"op": "ListTables", "in": {}})")), std::nullopt);
  EXPECT_THROW(seconds_to_pass(Json::parse(R"({"advance": 901, "op": "ListTables"})")),
               std::runtime_error);
}

TEST(WireCase, AMisspeltMemberIsRefused) {
  EXPECT_THROW(parse_step(Json::parse(R"({"op": "ListTables", "in": {}, "mesage": ""})")),
               std::runtime_error);
}

}  // namespace
}  // namespace stator::wire
