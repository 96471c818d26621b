// What conditions say about items.
#include "expression/condition.h"

#include <gtest/gtest.h>

#include "support.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::Request;

struct Case {
  const char* text;
  bool matches;
};

class Conditions : public testing::Test {
 protected:
  bool matches(const char* text, std::string_view item) {
    Request r({{"#dot", "a.b"}}, {{":x", "\"x\""},
                                  {":y", "\"y\""},
                                  {":empty", "\"\""},
                                  {":one", "1"},
                                  {":two", "2.0"},
                                  {":ten", "10"},
                                  {":b", "b\"x\""},
                                  {":t", "true"},
                                  {":null", "null"},
                                  {":ss", "<\"a\", \"b\">"},
                                  {":ns", "<1, 2>"},
                                  {":l", "[1, \"x\"]"},
                                  {":m", "{k: <2, 1>}"},
                                  {":S", "\"S\""},
                                  {":NULL", "\"NULL\""},
                                  {":L", "\"L\""},
                                  {":a", "\"a\""},
                                  {":bb", "b\"b\""}});
    const Result<Condition> condition =
        parse_condition(ConditionKind::condition, text, &r.placeholders, &r.arena);
    EXPECT_TRUE(condition) << text << ": " << condition.error().message();
    const std::string bytes = item_bytes_of(item);
    return condition && condition->matches(ItemView::trusted(bytes).attributes());
  }

  void expect(std::string_view item, std::initializer_list<Case> cases) {
    for (const Case& c : cases) EXPECT_EQ(matches(c.text, item), c.matches) << c.text;
  }
};

TEST_F(Conditions, CompareForEquality) {
  expect("{s: \"x\", n: 2, ss: <\"b\", \"a\">, l: [1.00, \"x\"], m: {k: <1, 2>}, z: null}",
         {{"s = :x", true},
          {"s = :y", false},
          {"s <> :y", true},
          {"s <> :x", false},
          {"s = :b", false},
          {"s <> :b", true},
          {"n = :two", true},
          {"ss = :ss", true},
          {"l = :l", true},
          {"m = :m", true},
          {"z = :null", true},
          {"z = :t", false},
          {":x = :x", true}});
}

TEST_F(Conditions, CompareForOrder) {
  expect("{s: \"x\", n: 2, neg: -3, b: b\"x\", t: true}", {{"s < :y", true},
                                                           {"s <= :x", true},
                                                           {"s > :x", false},
                                                           {"s >= :x", true},
                                                           {"n < :ten", true},
                                                           {"n > :one", true},
                                                           {"neg < :one", true},
                                                           {"neg < n", true},
                                                           {"b >= :b", true},
                                                           {"s < :ten", false},
                                                           {"s > :ten", false},
                                                           {"t < :ten", false},
                                                           {"t <= t2", false}});
}

TEST_F(Conditions, TreatWhatIsMissingAsUnequal) {
  expect("{s: \"x\"}", {{"q = :x", false},
                        {"q = p", false},
                        {"q <> :x", true},
                        {"q <> p", true},
                        {"q < :x", false},
                        {"q >= :x", false},
                        {"q BETWEEN :x AND :y", false},
                        {"q IN (:x, p)", false},
                        {"contains(q, :x)", false},
                        {"contains(s, q)", false},
                        {"begins_with(q, :x)", false},
                        {"size(q) = :one", false},
                        {"size(q) <> :one", true},
                        {"NOT q = :x", true},
                        {"NOT q < :x", true},
                        {"NOT contains(q, :x)", true}});
}

TEST_F(Conditions, SeeNothingOfAMissingItem) {
  expect("{}", {{"attribute_not_exists(pk)", true},
                {"attribute_exists(pk)", false},
                {"pk <> :x", true},
                {"pk = :x", false}});
}

TEST_F(Conditions, TestRangesAndLists) {
  expect("{n: 2, s: \"x\", lo: 1}", {{"n BETWEEN :one AND :ten", true},
                                     {"n BETWEEN :two AND :two", true},
                                     {"n BETWEEN lo AND :ten", true},
                                     {"n BETWEEN :ten AND lo", false},
                                     {"s BETWEEN :one AND :ten", false},
                                     {"s IN (:y, :x)", true},
                                     {"s IN (:y, :one)", false},
                                     {"n IN (lo, :two)", true},
                                     {":two BETWEEN lo AND n", true}});
}

TEST_F(Conditions, CombineWithAndOrNot) {
  expect("{s: \"x\"}", {{"s = :x AND s = :y", false},
                        {"s = :x OR s = :y", true},
                        {"s = :y OR s = :y OR s = :x", true},
                        {"s = :y AND s = :y OR s = :x", true},
                        {"s = :y AND (s = :y OR s = :x)", false},
                        {"NOT s = :y AND s = :x", true},
                        {"NOT (s = :y OR s = :x)", false},
                        {"NOT NOT s = :x", true},
                        {"NOT NOT NOT s = :x", false}});
}

TEST_F(Conditions, FollowPaths) {
  expect("{m: {k: [1, {s: \"x\"}]}, a.b: \"x\"}", {{"m.k[1].s = :x", true},
                                                   {"m.k[0] = :one", true},
                                                   {"m.k[2] = :one", false},
                                                   {"m[0] = :one", false},
                                                   {"m.k.s = :x", false},
                                                   {"attribute_exists(m.k[1].s)", true},
                                                   {"attribute_exists(m.k[0].s)", false},
                                                   {"attribute_not_exists(m.q.r)", true},
                                                   {"#dot = :x", true}});
}

TEST_F(Conditions, TestTypes) {
  expect("{s: \"x\", z: null, l: []}", {{"attribute_type(s, :S)", true},
                                        {"attribute_type(s, :L)", false},
                                        {"attribute_type(z, :NULL)", true},
                                        {"attribute_type(l, :L)", true},
                                        {"attribute_type(q, :S)", false}});
}

TEST_F(Conditions, TestContents) {
  expect(
      "{s: \"axb\", b: b\"axb\", ss: <\"x\", \"z\">, ns: <1, 2>, bs: <b\"x\">, n: 1,"
      " l: [1, \"x\", <1, 2>, [1, \"x\"]], m: {x: 1}}",
      {{"contains(s, :x)", true},     {"contains(s, :y)", false},   {"contains(s, :empty)", true},
       {"contains(s, :b)", false},    {"contains(b, :b)", true},    {"contains(b, :x)", false},
       {"contains(ss, :x)", true},    {"contains(ss, :b)", false},  {"contains(ns, :two)", true},
       {"contains(ns, :ten)", false}, {"contains(bs, :b)", true},   {"contains(l, :one)", true},
       {"contains(l, :x)", true},     {"contains(l, :ns)", true},   {"contains(l, :l)", true},
       {"contains(l, :t)", false},    {"contains(n, :one)", false}, {"contains(m, :x)", false},
       {"contains(:ss, s)", false},   {"contains(:ns, n)", true}});
}

TEST_F(Conditions, TestBeginnings) {
  expect("{s: \"xyz\", b: b\"xyz\", n: 1}", {{"begins_with(s, :x)", true},
                                             {"begins_with(s, :y)", false},
                                             {"begins_with(s, :empty)", true},
                                             {"begins_with(s, :b)", false},
                                             {"begins_with(b, :b)", true},
                                             {"begins_with(n, :x)", false},
                                             {"begins_with(:x, s)", false}});
}

TEST_F(Conditions, Measure) {
  expect(
      "{two: \"\xC3\xA9z\", b: b\"\xC3\xA9\", l: [1, 2], m: {a: 1, b: 2}, ss: <\"a\", \"b\">,"
      " n: 2, t: true, z: null, pair: \"\xF0\x9F\x98\x80\", ten: \"0123456789\"}",
      {{"size(two) = :two", true},
       {"size(pair) = :two", true},
       {"size(b) = :two", true},
       {"size(l) = :two", true},
       {"size(m) = :two", true},
       {"size(ss) = :two", true},
       {"size(ten) = :ten", true},
       {"size(ten) > :two", true},
       {"size(l) = n", true},
       {"size(l) = size(m)", true},
       {"size(ten) BETWEEN size(l) AND :ten", true},
       {"size(l) IN (:one, size(m))", true},
       {"size(:ss) = :two", true},
       {"size(n) = :two", false},
       {"size(n) < :ten", false},
       {"size(t) < :ten", false},
       {"size(z) < :ten", false}});
}

// A search that backs up would take minutes.
TEST_F(Conditions, SearchLongTextsInLinearTime) {
  const std::string part = std::string(150000, 'a') + "b" + std::string(50000, 'a');
  Request r({}, {{":part", "\"" + part + "\""}});
  const Result<Condition> condition =
      parse_condition(ConditionKind::filter, "contains(s, :part)", &r.placeholders, &r.arena);
  ASSERT_TRUE(condition);
  const std::string item = item_bytes_of("{s: \"" + std::string(400000, 'a') + "\"}");
  EXPECT_FALSE(condition->matches(ItemView::trusted(item).attributes()));
}

}  // namespace
}  // namespace stator
