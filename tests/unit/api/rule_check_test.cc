#include "api/request/rule_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/request/value_rules.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kPattern[] = "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";

// What a text breaks; and whether admits() says the same.
std::vector<std::string> broken(const ValueRule& rule, std::string_view text) {
  std::vector<std::string> constraints = broken_by(rule, text);
  EXPECT_EQ(admits(rule, text), constraints.empty()) << text;
  return constraints;
}

TEST(RuleCheck, HoldsATextToItsLength) {
  constexpr ValueRule kRule = text_rule(3, 5);
  EXPECT_THAT(broken(kRule, "ab"),
              ElementsAre("Member must have length greater than or equal to 3"));
  EXPECT_THAT(broken(kRule, "abcdef"),
              ElementsAre("Member must have length less than or equal to 5"));
  EXPECT_THAT(broken(kRule, "abc"), IsEmpty());
  EXPECT_THAT(broken(kRule, "a b c"), IsEmpty());
}

TEST(RuleCheck, TellsAPatternBeforeALength) {
  EXPECT_THAT(broken(kPlainName, " "),
              ElementsAre(kPattern, "Member must have length greater than or equal to 3"));
  EXPECT_THAT(broken(kPlainName, ""),
              ElementsAre(kPattern, "Member must have length greater than or equal to 3"));
  EXPECT_THAT(broken(kPlainName, "azAZ09_.-"), IsEmpty());
}

TEST(RuleCheck, ListsTheWordsOfAnEnumInTheirOrder) {
  EXPECT_THAT(broken(kConsumedCapacity, "total"),
              ElementsAre("Member must satisfy enum value set: [INDEXES, TOTAL, NONE]"));
  EXPECT_THAT(broken(kConsumedCapacity, ""),
              ElementsAre("Member must satisfy enum value set: [INDEXES, TOTAL, NONE]"));
  EXPECT_THAT(broken(kConsumedCapacity, "TOTAL"), IsEmpty());
}

TEST(RuleCheck, TellsOfAnEmptyTableNameItsLengthAlone) {
  EXPECT_THAT(broken(kDataTableName, ""),
              ElementsAre("Member must have length greater than or equal to 1"));
  EXPECT_THAT(broken(kControlTableName, "a!"),
              ElementsAre(kPattern, "Member must have length greater than or equal to 3"));
  EXPECT_THAT(broken(kDataTableName, "a"), IsEmpty());
}

TEST(RuleCheck, LeavesAnArnInATableNameAlone) {
  EXPECT_THAT(broken(kControlTableName, "arn:aws:dynamodb:us-east-1:0:table/t"), IsEmpty());
  EXPECT_THAT(broken(kPlainName, "arn:x"), ElementsAre(kPattern));
}

TEST(RuleCheck, BoundsIntegersByValueAndListsByLength) {
  static constexpr ValueRule kNumber = integer_rule(1, 5);
  EXPECT_THAT(broken_by(kNumber, 0),
              ElementsAre("Member must have value greater than or equal to 1"));
  EXPECT_THAT(broken_by(kNumber, 6), ElementsAre("Member must have value less than or equal to 5"));
  EXPECT_THAT(broken_by(kNumber, 5), IsEmpty());
  constexpr ValueRule kList = list_rule(&kNumber, 1, 5);
  EXPECT_THAT(broken_by(kList, 6), ElementsAre("Member must have length less than or equal to 5"));
}

TEST(RuleCheck, PrintsAllConstraintsOfAnElement) {
  EXPECT_EQ(printed_constraints(kDataTableName),
            "[Member must have length less than or equal to 255, Member must have length greater "
            "than or equal to 1, " +
                std::string(kPattern) + "]");
  EXPECT_EQ(printed_constraints(kAttributeName),
            "[Member must have length less than or equal to 65535]");
}

TEST(IsName, IsOneOrMoreOfAFewCharacters) {
  EXPECT_TRUE(is_name("a"));
  EXPECT_TRUE(is_name("Table-1_of.many"));
  for (const std::string_view text : {"", " ", "a b", "a/b", "a:b", "h\xC3\xA9", "a\n"}) {
    EXPECT_FALSE(is_name(text)) << text;
  }
  EXPECT_FALSE(is_name(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace stator
