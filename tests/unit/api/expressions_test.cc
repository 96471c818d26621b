#include "api/expressions.h"

#include <gtest/gtest.h>

#include "padded_json.h"

namespace stator {
namespace {

using testing_support::error_text;
using testing_support::PaddedJson;

constexpr MemberSet kLegacy = {Member::attributes_to_get, Member::attribute_updates,
                               Member::query_filter,      Member::scan_filter,
                               Member::expected,          Member::conditional_operator,
                               Member::key_conditions};
constexpr MemberSet kExpressions = {Member::projection_expression, Member::update_expression,
                                    Member::filter_expression, Member::condition_expression,
                                    Member::key_condition_expression};
constexpr MemberRule kAllMembers[] = {
    {"AttributesToGet", &kAnyValue},
    {"AttributeUpdates", &kAnyValue},
    {"QueryFilter", &kAnyValue},
    {"ScanFilter", &kAnyValue},
    {"Expected", &kAnyValue},
    {"ConditionalOperator", &kAnyValue},
    {"KeyConditions", &kAnyValue},
    {"ProjectionExpression", &kAnyValue},
    {"UpdateExpression", &kAnyValue},
    {"FilterExpression", &kAnyValue},
    {"ConditionExpression", &kAnyValue},
    {"KeyConditionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
constexpr ItemRules kAll = item_rules("Any", kAllMembers);

ExpressionMembers rules(ValueTexts texts = ValueTexts::current) {
  return {.legacy = kLegacy,
          .expressions = kExpressions,
          .no_values_suffix = ": ConditionExpression is null",
          .texts = texts};
}

// A request from JSON, and what its expressions came to.
class ExpressionsTest : public testing::Test {
 protected:
  Result<Expressions> parse(std::string_view json, const ExpressionMembers& how) {
    body_.emplace(json);
    request_.clear();
    TRY(read_item_request(body_->view(), kAll, how.texts, &reader_, &request_));
    TRY(check_expression_parameters(request_, how));
    return parse_expressions(how, &request_, &arena_);
  }

  std::string outcome(std::string_view json, const ExpressionMembers& how = rules()) {
    const Result<Expressions> parsed = parse(json, how);
    return parsed ? "" : error_text(parsed.error());
  }

 private:
  std::optional<PaddedJson> body_;
  JsonReader reader_;
  ItemRequest request_;
  Arena arena_;
};

TEST_F(ExpressionsTest, OfARequestWithoutAnyAreNone) {
  const Result<Expressions> parsed = parse("{}", rules());
  ASSERT_TRUE(parsed);
  EXPECT_FALSE(parsed->condition || parsed->filter || parsed->key_condition || parsed->projection ||
               parsed->update);
}

TEST_F(ExpressionsTest, AreAllParsed) {
  const Result<Expressions> parsed = parse(
      R"({"UpdateExpression":"SET #a = :v","ConditionExpression":"b = :v",
          "KeyConditionExpression":"c = :v","FilterExpression":"d = :v",
          "ProjectionExpression":"e","ExpressionAttributeNames":{"#a":"size"},
          "ExpressionAttributeValues":{":v":{"N":"1"}}})",
      rules());
  ASSERT_TRUE(parsed) << parsed.error().message();
  EXPECT_TRUE(parsed->condition && parsed->filter && parsed->projection && parsed->update);
}

// ---- the order of AWS's checks, from the first to the last ----

TEST_F(ExpressionsTest, BesideOlderParametersAreRefusedFirst) {
  EXPECT_EQ(outcome(R"({"Expected":{},"AttributesToGet":["a"],"ConditionExpression":"!",
                        "ProjectionExpression":"","ExpressionAttributeNames":{}})"),
            "invalid: Can not use both expression and non-expression parameters in the same "
            "request: Non-expression parameters: {AttributesToGet, Expected} Expression "
            "parameters: {ProjectionExpression, ConditionExpression}");
  EXPECT_EQ(outcome(R"({"QueryFilter":{},"ConditionalOperator":"AND","KeyConditions":{},
                        "KeyConditionExpression":"!","FilterExpression":"!"})"),
            "invalid: Can not use both expression and non-expression parameters in the same "
            "request: Non-expression parameters: {QueryFilter, ConditionalOperator, "
            "KeyConditions} Expression parameters: {FilterExpression, KeyConditionExpression}");
}

TEST_F(ExpressionsTest, MayStandBesideKeyConditionsOfAnotherPurpose) {
  EXPECT_EQ(outcome(R"({"KeyConditions":{},"FilterExpression":"!","QueryFilter":{}})"),
            "invalid: Can not use both expression and non-expression parameters in the same "
            "request: Non-expression parameters: {QueryFilter} Expression parameters: "
            "{FilterExpression}");
  EXPECT_EQ(outcome(R"-({"KeyConditions":{},"FilterExpression":"attribute_exists(a)"})-"), "");
}

TEST_F(ExpressionsTest, ComeFromOlderParametersToo) {
  const Result<Expressions> parsed = parse(
      R"({"AttributesToGet":["a"],"AttributeUpdates":{"a":{"Value":{"N":"1"}}},
          "Expected":{"a":{"Exists":false}},
          "QueryFilter":{"a":{"ComparisonOperator":"NULL"}}})",
      rules());
  ASSERT_TRUE(parsed) << parsed.error().message();
  EXPECT_TRUE(parsed->condition && parsed->filter && parsed->projection && parsed->update);
}

TEST_F(ExpressionsTest, AreNamedOnlyWhereTheOperationTakesThem) {
  ExpressionMembers narrow = rules();
  narrow.expressions = {Member::projection_expression};
  EXPECT_EQ(outcome(R"({"AttributesToGet":["a"],"ConditionExpression":"a",
                        "ProjectionExpression":"a"})",
                    narrow),
            "invalid: Can not use both expression and non-expression parameters in the same "
            "request: Non-expression parameters: {AttributesToGet} Expression parameters: "
            "{ProjectionExpression}");
}

TEST_F(ExpressionsTest, NamesAndValuesNeedOne) {
  EXPECT_EQ(outcome(R"({"ExpressionAttributeNames":{},"ExpressionAttributeValues":{}})"),
            "invalid: ExpressionAttributeNames can only be specified when using expressions");
  EXPECT_EQ(outcome(R"({"ExpressionAttributeValues":{}})"),
            "invalid: ExpressionAttributeValues can only be specified when using expressions: "
            "ConditionExpression is null");
  ExpressionMembers plain = rules();
  plain.no_values_suffix = "";
  EXPECT_EQ(outcome(R"({"ExpressionAttributeValues":{}})", plain),
            "invalid: ExpressionAttributeValues can only be specified when using expressions");
}

TEST_F(ExpressionsTest, NullIsNoExpression) {
  EXPECT_EQ(outcome(R"({"ConditionExpression":null,"ExpressionAttributeNames":{"#a":"a"}})"),
            "invalid: ExpressionAttributeNames can only be specified when using expressions");
  EXPECT_EQ(outcome(R"-({"ConditionExpression":"attribute_exists(a)",
                         "ExpressionAttributeNames":null,"Expected":null})-"),
            "");
}

TEST_F(ExpressionsTest, NamesAreCheckedBeforeValues) {
  EXPECT_EQ(outcome(R"({"ConditionExpression":"","ExpressionAttributeNames":{},
                        "ExpressionAttributeValues":{}})"),
            "invalid: ExpressionAttributeNames must not be empty");
  EXPECT_EQ(outcome(R"({"ConditionExpression":"","ExpressionAttributeNames":{"a":"b"},
                        "ExpressionAttributeValues":{"v":{"N":"1"}}})"),
            "invalid: ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"");
  EXPECT_EQ(outcome(R"({"ConditionExpression":"","ExpressionAttributeNames":{"#a":"b"},
                        "ExpressionAttributeValues":{}})"),
            "invalid: ExpressionAttributeValues must not be empty");
  EXPECT_EQ(outcome(R"({"ConditionExpression":"","ExpressionAttributeNames":{"#a":"b"},
                        "ExpressionAttributeValues":{"v":{"N":"1"}}})"),
            "invalid: ExpressionAttributeValues contains invalid key: Syntax error; key: \"v\"");
}

TEST_F(ExpressionsTest, WrongValuesAreRefusedBeforeTheyAreParsed) {
  constexpr char kRequest[] = R"({"ConditionExpression":"","ExpressionAttributeValues":{
                                  ":a":{"N":"1"},":b":{"N":"x"},":c":{"NULL":false}}})";
  EXPECT_EQ(outcome(kRequest), "invalid: The parameter cannot be converted to a numeric value: x");
  EXPECT_EQ(outcome(kRequest, rules(ValueTexts::older)),
            "invalid: ExpressionAttributeValues contains invalid value: The parameter cannot be "
            "converted to a numeric value: x for key :b");
}

TEST_F(ExpressionsTest, TheFirstThatIsWrongIsReportedInAnOrderOfTheirOwn) {
  constexpr std::pair<const char*, const char*> kOrder[] = {
      {"UpdateExpression", "Invalid UpdateExpression: "},
      {"ConditionExpression", "Invalid ConditionExpression: "},
      {"KeyConditionExpression", "Invalid KeyConditionExpression: "},
      {"FilterExpression", "Invalid FilterExpression: "},
      {"ProjectionExpression", "Invalid ProjectionExpression: "}};
  std::string members;
  for (std::size_t i = std::size(kOrder); i-- > 0;) {
    members += (members.empty() ? "\"" : ",\"") + std::string(kOrder[i].first) + "\":\"\"";
    EXPECT_EQ(outcome("{" + members + "}"),
              "invalid: " + std::string(kOrder[i].second) + "The expression can not be empty;");
  }
}

TEST_F(ExpressionsTest, WhatNobodyUsesIsReportedLast) {
  EXPECT_EQ(outcome(R"({"ConditionExpression":"a = :a",
                        "ExpressionAttributeNames":{"#n":"n","#m":"m"},
                        "ExpressionAttributeValues":{":a":{"N":"1"},":b":{"N":"1"}}})"),
            "invalid: Value provided in ExpressionAttributeNames unused in expressions: keys: "
            "{#n, #m}");
  EXPECT_EQ(outcome(R"({"ConditionExpression":"a = :a",
                        "ExpressionAttributeValues":{":a":{"N":"1"},":b":{"N":"1"}}})"),
            "invalid: Value provided in ExpressionAttributeValues unused in expressions: keys: "
            "{:b}");
}

TEST_F(ExpressionsTest, UsePlaceholdersTogether) {
  EXPECT_EQ(outcome(R"({"ConditionExpression":"#a = :a","ProjectionExpression":"#b",
                        "FilterExpression":"c = :b",
                        "ExpressionAttributeNames":{"#a":"a","#b":"b"},
                        "ExpressionAttributeValues":{":a":{"N":"1"},":b":{"N":"1"}}})"),
            "");
}

}  // namespace
}  // namespace stator
