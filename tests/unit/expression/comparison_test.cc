// Conditions that come from the older parameters.
#include "expression/comparison.h"

#include <gtest/gtest.h>

#include "support.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::Request;

class Comparisons : public testing::Test {
 protected:
  bool matches(Comparison comparison, const char* value, std::string_view item) {
    Request r({}, {{":v", value}});
    const std::vector<ValueView> values = {r.placeholders.values[0].value};
    const AttributeTest test{.attribute = "a", .comparison = comparison, .values = values};
    const std::string bytes = item_bytes_of(item);
    return condition_of({&test, 1}, Conjunction::all, &r.arena)
        .matches(ItemView::trusted(bytes).attributes());
  }
};

TEST_F(Comparisons, OfAMissingAttributeHoldForNotEqualAlone) {
  for (const Comparison comparison :
       {Comparison::equal, Comparison::less, Comparison::less_equal, Comparison::greater,
        Comparison::greater_equal, Comparison::begins_with, Comparison::contains,
        Comparison::not_contains}) {
    EXPECT_FALSE(matches(comparison, "\"x\"", "{b: 1}")) << static_cast<int>(comparison);
  }
  EXPECT_TRUE(matches(Comparison::not_equal, "\"x\"", "{b: 1}"));
}

TEST_F(Comparisons, NotContainsIsTheOppositeOfContainsForWhatIsThere) {
  for (const char* const item :
       {"{a: \"axb\"}", "{a: <\"x\">}", "{a: [\"x\"]}", "{a: \"b\"}", "{a: 1}", "{a: {x: 1}}"}) {
    EXPECT_NE(matches(Comparison::contains, "\"x\"", item),
              matches(Comparison::not_contains, "\"x\"", item))
        << item;
  }
}

TEST(AttributeTests, AreJoinedInEitherWay) {
  Request r({}, {{":one", "1"}, {":two", "2"}});
  const std::vector<ValueView> one = {r.placeholders.values[0].value};
  const std::vector<ValueView> two = {r.placeholders.values[1].value};
  const std::array<AttributeTest, 3> tests = {
      {{.attribute = "a", .comparison = Comparison::equal, .values = one},
       {.attribute = "b", .comparison = Comparison::not_contains, .values = one},
       {.attribute = "c", .comparison = Comparison::equal, .values = two}}};
  const Condition all = condition_of(tests, Conjunction::all, &r.arena);
  const Condition any = condition_of(tests, Conjunction::any, &r.arena);
  const auto on = [](const Condition& condition, std::string_view item) {
    const std::string bytes = item_bytes_of(item);
    return condition.matches(ItemView::trusted(bytes).attributes());
  };
  EXPECT_TRUE(on(all, "{a: 1, b: [2], c: 2}"));
  EXPECT_FALSE(on(all, "{a: 1, b: [1], c: 2}"));
  EXPECT_FALSE(on(all, "{a: 1, b: [2], c: 1}"));
  EXPECT_TRUE(on(any, "{a: 0, c: 2}"));
  EXPECT_FALSE(on(any, "{a: 0, c: 0}"));
  EXPECT_EQ(std::vector<std::string_view>(all.attributes().begin(), all.attributes().end()),
            (std::vector<std::string_view>{"a", "b", "c"}));
}

TEST(AttributeTests, OfKeysBecomeClauses) {
  Request r({}, {{":low", "1"}, {":high", "2"}});
  const std::vector<ValueView> bounds = {r.placeholders.values[0].value,
                                         r.placeholders.values[1].value};
  const AttributeTest test{.attribute = "sk", .comparison = Comparison::between, .values = bounds};
  const KeyClauses clauses = key_clauses_of({&test, 1}, &r.arena);
  ASSERT_EQ(clauses.clauses.size(), 1U);
  EXPECT_EQ(clauses.clauses[0].attribute, "sk");
  EXPECT_EQ(clauses.clauses[0].condition.op, SortOperator::between);
  EXPECT_EQ(clauses.clauses[0].condition.first, bounds[0]);
  EXPECT_EQ(clauses.clauses[0].condition.second, bounds[1]);
}

TEST(ComparisonNames, AreThoseOfTheApi) {
  EXPECT_EQ(comparison_of("NOT_CONTAINS"), Comparison::not_contains);
  EXPECT_EQ(comparison_of("eq"), std::nullopt);
  EXPECT_TRUE(is_indexable(Comparison::begins_with));
  EXPECT_FALSE(is_indexable(Comparison::in));
}

}  // namespace
}  // namespace stator
