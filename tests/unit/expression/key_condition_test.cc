#include "expression/key_condition.h"

#include <gtest/gtest.h>

#include "support.h"

namespace stator {
namespace {

using testing_support::Request;
using testing_support::show;
using testing_support::value_bytes_of;

KeySchema schema_of(std::optional<AttributeType> sort) {
  KeySchema schema;
  schema.partition = {{.name = "pk"}};
  if (sort) {
    schema.sort = {{.name = "sk", .type = *sort}};
  }
  return schema;
}

const KeySchema kHash = schema_of(std::nullopt);
const KeySchema kRange = schema_of(AttributeType::N);
const KeySchema kText = schema_of(AttributeType::S);

constexpr const char* kOperators[] = {"=", "<", "<=", ">", ">=", "between", "begins_with"};

// The bound condition as text, or the error.
std::string bound(std::string_view text, const KeySchema& key) {
  Request r({{"#p", "pk"}},
            {{":p", "\"k\""}, {":n", "1"}, {":two", "2"}, {":t", "true"}, {":l", "[1]"}});
  const Result<KeyClauses> clauses = parse_key_condition(text, &r.placeholders, &r.arena);
  if (!clauses) return clauses.error().message();
  const Result<KeyCondition> condition = bind_key_condition(*clauses, key);
  if (!condition) return condition.error().message();
  std::string shown = show(condition->partition[0]);
  if (condition->sort) {
    shown += std::string(" ") + kOperators[static_cast<int>(condition->sort->op)] + " " +
             show(condition->sort->first);
    if (condition->sort->op == SortOperator::between) shown += ".." + show(condition->sort->second);
  }
  return shown;
}

struct Case {
  const char* text;
  const char* result;
};

void expect(const KeySchema& key, std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(bound(c.text, key), c.result) << c.text;
}

TEST(KeyCondition, AcceptsEveryForm) {
  expect(kHash, {{"pk = :p", "\"k\""}, {":p = #p", "\"k\""}, {"(pk = :p)", "\"k\""}});
  expect(kRange, {{"pk = :p", "\"k\""},
                  {"pk = :p AND sk = :n", "\"k\" = 1"},
                  {"sk < :n AND pk = :p", "\"k\" < 1"},
                  {"pk = :p AND sk <= :n", "\"k\" <= 1"},
                  {"pk = :p AND sk > :n", "\"k\" > 1"},
                  {"pk = :p AND sk >= :n", "\"k\" >= 1"},
                  {"pk = :p AND :n <= sk", "\"k\" >= 1"},
                  {"pk = :p AND :n < sk", "\"k\" > 1"},
                  {"pk = :p AND :n > sk", "\"k\" < 1"},
                  {"pk = :p AND :n >= sk", "\"k\" <= 1"},
                  {"pk = :p AND sk BETWEEN :n AND :two", "\"k\" between 1..2"},
                  {"(pk = :p) AND (sk = :n)", "\"k\" = 1"},
                  {"(pk = :p AND (sk = :n))", "\"k\" = 1"}});
  expect(kText, {{"pk = :p AND begins_with(sk, :p)", "\"k\" begins_with \"k\""}});
}

TEST(KeyCondition, RefusesOtherOperators) {
  const std::string wrong = "Invalid operator used in KeyConditionExpression: ";
  for (const auto& [text, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"pk = :p OR sk = :n", "OR"},
           {"NOT pk = :p", "NOT"},
           {"NOT NOT pk = :p", "NOT"},
           {"pk IN (:p)", "IN"},
           {"pk <> :p", "<>"},
           {"attribute_exists(pk)", "attribute_exists"},
           {"attribute_not_exists(pk)", "attribute_not_exists"},
           {"pk = :p AND contains(sk, :n)", "contains"}}) {
    EXPECT_EQ(bound(text, kRange), wrong + name) << text;
  }
}

TEST(KeyCondition, RefusesOtherForms) {
  expect(kRange,
         {{"pk = :p AND size(sk) = :n", "KeyConditionExpressions cannot contain nested operations"},
          {"pk = :p AND :n BETWEEN sk AND :two",
           "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key "
           "attribute as its first operand"},
          {"pk = :p AND begins_with(:p, sk)",
           "Invalid condition in KeyConditionExpression: begins_with operator must have the key "
           "attribute as its first operand"},
          {"pk = sk",
           "Invalid condition in KeyConditionExpression: Multiple attribute names used in one "
           "condition"},
          {":p = :p", "Invalid condition in KeyConditionExpression: No key attribute specified"},
          {"pk.a = :p", "KeyConditionExpressions cannot have conditions on nested attributes"},
          {"pk[0] = :p", "KeyConditionExpressions cannot have conditions on nested attributes"},
          {"pk = :p AND sk > :n AND sk < :two",
           "KeyConditionExpressions must only contain one condition per key"}});
}

TEST(KeyCondition, MustFitTheKeySchema) {
  const char* const type =
      "One or more parameter values were invalid: Condition parameter type does not match schema "
      "type";
  expect(kRange, {{"sk = :n", "Query condition missed key schema element: pk"},
                  {"extra = :p", "Query condition missed key schema element: pk"},
                  {"pk = :p AND extra = :p", "Query condition missed key schema element: sk"},
                  {"pk > :p", "Query key condition not supported"},
                  {"begins_with(pk, :p)", "Query key condition not supported"},
                  {"pk = :n", type},
                  {"pk = :t", type},
                  {"pk = :p AND sk = :p", type},
                  {"pk = :p AND sk = :l", type},
                  {"pk = :p AND begins_with(sk, :p)", type},
                  {"pk = :p AND sk = :n AND extra = :n",
                   "The number of query conditions (3) exceeds the number of key attributes "
                   "defined in the schema (2)"}});
  expect(kHash, {{"pk = :p AND sk = :n",
                  "The number of query conditions (2) exceeds the number of key attributes defined "
                  "in the schema (1)"}});
}

TEST(KeyCondition, RefusesImpossibleOperandsBeforeTheSchemaIsKnown) {
  const std::string prefix = "Invalid KeyConditionExpression: ";
  const std::string wrong =
      prefix + "Incorrect operand type for operator or function; operator or function: ";
  EXPECT_EQ(bound("pk = :p AND begins_with(sk, :n)", kText),
            wrong + "begins_with, operand type: N");
  EXPECT_EQ(bound("pk = :p AND sk < :t", kText), wrong + "<, operand type: BOOL");
  EXPECT_EQ(bound("pk = :p AND sk BETWEEN :t AND :t", kText),
            wrong + "BETWEEN, operand type: BOOL");
  EXPECT_EQ(bound("pk = :x AND sk < :t", kText),
            prefix +
                "An expression attribute value used in expression is not defined; attribute "
                "value: :x");
  EXPECT_EQ(bound("pk = :p AND sk BETWEEN :two AND :n", kRange),
            prefix +
                "The BETWEEN operator requires upper bound to be greater than or equal to "
                "lower bound; lower bound operand: AttributeValue: {N:2}, upper bound "
                "operand: AttributeValue: {N:1}");
}

TEST(SortCondition, MatchesKeysInItsRange) {
  const std::string low = value_bytes_of("10");
  const std::string high = value_bytes_of("20");
  const auto fits = [&](SortOperator op, std::string_view key) {
    const std::string bytes = value_bytes_of(key);
    return matches(SortCondition{.op = op, .first = ValueView(low), .second = ValueView(high)},
                   ValueView(bytes));
  };
  EXPECT_TRUE(fits(SortOperator::equal, "10.0"));
  EXPECT_FALSE(fits(SortOperator::equal, "9"));
  EXPECT_TRUE(fits(SortOperator::less, "9"));
  EXPECT_FALSE(fits(SortOperator::less, "10"));
  EXPECT_TRUE(fits(SortOperator::less_equal, "10"));
  EXPECT_TRUE(fits(SortOperator::greater, "100"));
  EXPECT_FALSE(fits(SortOperator::greater, "10"));
  EXPECT_TRUE(fits(SortOperator::greater_equal, "10"));
  EXPECT_TRUE(fits(SortOperator::between, "20"));
  EXPECT_FALSE(fits(SortOperator::between, "21"));
  const std::string prefix = value_bytes_of("\"ab\"");
  const std::string key = value_bytes_of("\"abc\"");
  const SortCondition begins{.op = SortOperator::begins_with, .first = ValueView(prefix)};
  EXPECT_TRUE(matches(begins, ValueView(key)));
  EXPECT_FALSE(matches(SortCondition{.op = SortOperator::begins_with, .first = ValueView(key)},
                       ValueView(prefix)));
}

}  // namespace
}  // namespace stator
