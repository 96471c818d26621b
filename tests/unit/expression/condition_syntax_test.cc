// What a condition may say: texts of errors and which of several is reported.
// Sources: semantics 9.1, 9.2, 9.7 of DynamoDB as the project notes them.
#include <gtest/gtest.h>

#include "expression/condition.h"
#include "support.h"

namespace stator {
namespace {

using testing_support::concat;
using testing_support::Request;
using testing_support::syntax;

Request request() {
  return Request({{"#a", "a"}, {"#b", "b"}}, {{":v", "\"x\""},
                                              {":w", "\"y\""},
                                              {":n", "1"},
                                              {":two", "2"},
                                              {":b", "b\"ab\""},
                                              {":t", "true"},
                                              {":null", "null"},
                                              {":ss", "<\"a\">"},
                                              {":l", "[1]"},
                                              {":m", "{k: 1}"},
                                              {":type", "\"SS\""}});
}

std::string error_of(ConditionKind kind, std::string_view text) {
  Request r = request();
  const Result<Condition> condition = parse_condition(kind, text, &r.placeholders, &r.arena);
  return condition ? "" : condition.error().message();
}

// The error without the prefix; empty when the text is fine.
std::string error_of(std::string_view text) {
  const std::string error = error_of(ConditionKind::condition, text);
  const std::string prefix = "Invalid ConditionExpression: ";
  EXPECT_TRUE(error.empty() || error.starts_with(prefix)) << error;
  return error.empty() ? "" : error.substr(prefix.size());
}

struct Case {
  std::string text;
  std::string error;
};

void expect_errors(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(error_of(c.text), c.error) << c.text;
}

std::string repeated(std::string_view part, int times, std::string_view separator) {
  std::string text;
  for (int i = 0; i < times; ++i) {
    if (i > 0) text += separator;
    text += part;
  }
  return text;
}

TEST(ConditionSyntax, AcceptsEveryForm) {
  for (const char* text : {"a = :v",
                           "a=:v",
                           ":v = a",
                           "#a <> :v",
                           "a < :n AND b <= :n OR c > :n",
                           "a >= :n",
                           "NOT a = :v",
                           "NOT NOT a = :v",
                           "not a = :v and b = :v or c = :v",
                           "a BETWEEN :n AND :two",
                           "a between :n and :two AND b = :v",
                           "a IN (:v)",
                           "a in (:v, :w, b)",
                           "attribute_exists(a)",
                           "attribute_not_exists(a.b[1].#b)",
                           "attribute_type(a, :type)",
                           "begins_with(a, :v)",
                           "begins_with(:v, a)",
                           "contains(a, :n)",
                           "contains(:ss, a)",
                           "size(a) > :n",
                           ":n < size(#a.b)",
                           "size(a) = size(b)",
                           "a[0] = :v",
                           "a [ 0 ] . b = :v",
                           "(a = :v)",
                           "(a = :v) AND (b = :v)",
                           "((a = :v) AND b = :w)",
                           "(a) = :v",
                           "(a) = (:v)",
                           "(size(a)) > (:n)",
                           "((a) = :v)",
                           "(attribute_exists(a))",
                           "NOT (a = :v)",
                           "NOT (NOT (a = :v))",
                           "contains((a), :v)",
                           "size(:ss) = :n",
                           "(a) BETWEEN (:n) AND (:two)",
                           "_a1 = :v",
                           "a\n=\t:v\r"}) {
    EXPECT_EQ(error_of(text), "") << text;
  }
}

TEST(ConditionSyntax, NamesTheKindOfExpression) {
  const std::string text = "The expression can not be empty;";
  EXPECT_EQ(error_of(ConditionKind::condition, ""), "Invalid ConditionExpression: " + text);
  EXPECT_EQ(error_of(ConditionKind::filter, ""), "Invalid FilterExpression: " + text);
  EXPECT_EQ(error_of(ConditionKind::key_condition, ""), "Invalid KeyConditionExpression: " + text);
}

TEST(ConditionSyntax, SyntaxErrorsShowTheTokenAndItsNeighbours) {
  expect_errors({
      {"!!! INVALID", syntax("!", "!!")},
      {"a-b", syntax("-", "a-b")},
      {"a = : v", syntax(":", "= : v")},
      {"a = #", syntax("#", "= #")},
      {"attribute_not_exists(", syntax("<EOF>", "(")},
      {"NOT #a", syntax("<EOF>", "#a")},
      {"a", syntax("<EOF>", "a")},
      {"a b", syntax("b", "a b")},
      {"a = :v b", syntax("b", ":v b")},
      {"a = :v b = :w", syntax("b", ":v b =")},
      {"contains()", syntax(")", "()")},
      {"a == :v", syntax("=", "== :v")},
      {"a = 1", syntax("1", "= 1")},
      {"a = 'x'", syntax("'", "= 'x")},
      {"a = :v AND", syntax("<EOF>", "AND")},
      {"AND a = :v", syntax("AND", "AND a")},
      {"a = :v OR OR b = :v", syntax("OR", "OR OR b")},
      {"(a = :v", syntax("<EOF>", ":v")},
      {"a = :v)", syntax(")", ":v)")},
      {"(a)", syntax("<EOF>", ")")},
      {"(a) AND b = :v", syntax("AND", ") AND b")},
      {"(a = :v) = :w", syntax("=", ") = :w")},
      {"NOT (a)", syntax("<EOF>", ")")},
      {"a[:v] = :v", syntax(":v", "[:v]")},
      {"a[#a] = :v", syntax("#a", "[#a]")},
      {"a[-1] = :v", syntax("-", "[-1")},
      {"a[0 = :v", syntax("=", "0 = :v")},
      {"a. = :v", syntax("=", ". = :v")},
      {"a BETWEEN :n", syntax("<EOF>", ":n")},
      {"a BETWEEN :n, :two", syntax(",", ":n, :two")},
      {"a IN ()", syntax(")", "()")},
      {"a IN :v", syntax(":v", "IN :v")},
      {"a + :n = :n", syntax("+", "a + :n")},
      {"a = \xC3\xA9", syntax("\xC3\xA9", "= \xC3\xA9")},
      {"  ", syntax("<EOF>", "")},
  });
}

TEST(ConditionSyntax, MeasuresTheRawText) {
  const std::string fits = "a = :v" + std::string(4096 - 6, ' ');
  EXPECT_EQ(error_of(fits), "");
  EXPECT_EQ(error_of(fits + " "),
            "Expression size has exceeded the maximum allowed size; expression size: 4097");
  EXPECT_EQ(error_of(std::string(5000, '!')),
            "Expression size has exceeded the maximum allowed size; expression size: 5000");
}

TEST(ConditionSyntax, RefusesDoubledParentheses) {
  for (const char* text : {"((a = :v))", "((a)) = :v", "a = ((:v))", "(((a = :v) AND b = :v))",
                           "b = :v AND ((a = :v))", "NOT ((a = :v))", "contains(((a)), :v)",
                           "((size(a))) > :n", "a IN (((:v)))"}) {
    EXPECT_EQ(error_of(text), "The expression has redundant parentheses;") << text;
  }
}

TEST(ConditionSyntax, KnowsItsFunctions) {
  const std::string misused =
      "The function is not allowed to be used this way in an expression; function: ";
  for (const auto& [text, error] : std::initializer_list<std::pair<const char*, std::string>>{
           {"f(a)", "Invalid function name; function: f"},
           {"f(g(a))", "Invalid function name; function: f"},
           {"Size(a) > :n", "Invalid function name; function: Size"},
           {"ATTRIBUTE_EXISTS(a)", "Invalid function name; function: ATTRIBUTE_EXISTS"},
           {"size(a)", misused + "size"},
           {"(size(a))", misused + "size"},
           {"size(a) AND a = :v", misused + "size"},
           {"attribute_exists(a) = :t", misused + "attribute_exists"},
           {"a = contains(a, :v)", misused + "contains"},
           {"contains(a, begins_with(b, :v))", misused + "begins_with"},
           {"a IN (contains(a, :v))", misused + "contains"},
           {"if_not_exists(a, :v) = :v", misused + "if_not_exists"},
           {"list_append(a, :l)", misused + "list_append"},
       }) {
    EXPECT_EQ(error_of(text), error) << text;
  }
}

TEST(ConditionSyntax, RefusesReservedWordsInAnyCase) {
  const std::string reserved = "Attribute name is a reserved keyword; reserved keyword: ";
  EXPECT_EQ(error_of("name = :v"), reserved + "name");
  EXPECT_EQ(error_of("a.Status = :v"), reserved + "Status");
  EXPECT_EQ(error_of("size(TTL) = :n"), reserved + "TTL");
  EXPECT_EQ(error_of("set = :v"), reserved + "set");
  EXPECT_EQ(error_of("surname = :v"), "");
}

TEST(ConditionSyntax, RefusesUndefinedPlaceholders) {
  expect_errors({
      {"#x = :v",
       "An expression attribute name used in the document path is not defined; attribute "
       "name: "
       "#x"},
      {"a.#x = :v",
       "An expression attribute name used in the document path is not defined; attribute "
       "name: "
       "#x"},
      {"a = :x",
       "An expression attribute value used in expression is not defined; attribute "
       "value: :x"},
      {"a = :x AND #x = :v",
       "An expression attribute value used in expression is not defined; attribute "
       "value: :x"},
  });
}

TEST(ConditionSyntax, CountsTheOperandsOfFunctions) {
  const std::string wrong =
      "Incorrect number of operands for operator or function; operator or function: ";
  EXPECT_EQ(error_of("size(a, b) > :n"), wrong + "size, number of operands: 2");
  EXPECT_EQ(error_of("attribute_exists(a, b)"), wrong + "attribute_exists, number of operands: 2");
  EXPECT_EQ(error_of("contains(a)"), wrong + "contains, number of operands: 1");
  EXPECT_EQ(error_of("begins_with(a, b, :v)"), wrong + "begins_with, number of operands: 3");
  EXPECT_EQ(error_of("attribute_type(a)"), wrong + "attribute_type, number of operands: 1");
}

TEST(ConditionSyntax, WantsAPathWhereOneIsTested) {
  const std::string wrong = "Operator or function requires a document path; operator or function: ";
  EXPECT_EQ(error_of("attribute_exists(:v)"), wrong + "attribute_exists");
  EXPECT_EQ(error_of("attribute_not_exists(size(a))"), wrong + "attribute_not_exists");
  EXPECT_EQ(error_of("attribute_type(:v, :type)"), wrong + "attribute_type");
}

TEST(ConditionSyntax, ChecksTheTypesOfLiterals) {
  const std::string wrong =
      "Incorrect operand type for operator or function; operator or function: ";
  for (const auto& [text, error] : std::initializer_list<std::pair<const char*, std::string>>{
           {"a < :ss", "<, operand type: SS"},
           {":t <= a", "<=, operand type: BOOL"},
           {"a > :null", ">, operand type: NULL"},
           {"a >= :m", ">=, operand type: M"},
           {"a BETWEEN :l AND :l", "BETWEEN, operand type: L"},
           {"begins_with(a, :n)", "begins_with, operand type: N"},
           {"begins_with(:ss, a)", "begins_with, operand type: SS"},
           {"begins_with(a, size(b))", "begins_with, operand type: N"},
           {"contains(:n, a)", "contains, operand type: N"},
           {"size(:n) > :n", "size, operand type: N"},
           {"size(:t) > :n", "size, operand type: BOOL"},
           {"size(:null) > :n", "size, operand type: NULL"},
           {"size(size(a)) > :n", "size, operand type: N"},
           {"attribute_type(a, :n)", "attribute_type, operand type: N"},
       }) {
    EXPECT_EQ(error_of(text), wrong + error) << text;
  }
  EXPECT_EQ(error_of("a = :ss AND b <> :t AND c IN (:m, :null)"), "");
}

TEST(ConditionSyntax, KnowsTheNamesOfTypes) {
  EXPECT_EQ(error_of("attribute_type(a, :v)"),
            "Invalid attribute type name found; type: x, valid types: "
            "{N,BS,L,B,NULL,M,S,SS,NS,BOOL}");
}

TEST(ConditionSyntax, WantsDistinctOperands) {
  const std::string wrong =
      "The first operand must be distinct from the remaining operands for this operator "
      "or "
      "function; operator: ";
  EXPECT_EQ(error_of("contains(a, a)"), wrong + "contains, first operand: [a]");
  EXPECT_EQ(error_of("#a = a"), wrong + "=, first operand: [a]");
  EXPECT_EQ(error_of("a.b[1] < #a.#b[1]"), wrong + "<, first operand: [a, b, [1]]");
  EXPECT_EQ(error_of("begins_with(a, a)"), wrong + "begins_with, first operand: [a]");
  EXPECT_EQ(error_of("a IN (b, a)"), wrong + "IN, first operand: [a]");
  EXPECT_EQ(error_of("a = b"), "");
  EXPECT_EQ(error_of(":v = :v"), "");
}

TEST(ConditionSyntax, ChecksTheBoundsOfBetween) {
  expect_errors({
      {"a BETWEEN :n AND :v",
       "The BETWEEN operator requires same data type for lower and upper bounds; lower "
       "bound "
       "operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:x}"},
      {"a BETWEEN :two AND :n",
       "The BETWEEN operator requires upper bound to be greater than or equal to lower "
       "bound; "
       "lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: "
       "{N:1}"},
      {"a BETWEEN :v AND :b",
       "The BETWEEN operator requires same data type for lower and upper bounds; lower "
       "bound "
       "operand: AttributeValue: {S:x}, upper bound operand: AttributeValue: {B:YWI=}"},
      {"a BETWEEN :n AND :n", ""},
      {"a BETWEEN b AND :n", ""},
  });
}

TEST(ConditionSyntax, BoundsTheOperandsOfIn) {
  EXPECT_EQ(error_of("a IN (" + repeated(":v", 100, ",") + ")"), "");
  EXPECT_EQ(error_of("a IN (" + repeated(":v", 101, ",") + ")"),
            "The IN operator is provided with too many operands; number of operands: 101");
}

TEST(ConditionSyntax, BoundsTheOperators) {
  const std::string error = "The expression contains too many operators; operator count: 301";
  EXPECT_EQ(error_of(repeated("a=:v", 150, " AND ")), "");  // 299
  EXPECT_EQ(error_of("NOT " + repeated("a=:v", 150, " AND ")), "");
  EXPECT_EQ(error_of("NOT NOT " + repeated("a=:v", 150, " AND ")), error);
  EXPECT_EQ(error_of(repeated("a=:v", 200, " OR ")), error);
}

TEST(ConditionSyntax, BoundsTheDepthOfPaths) {
  EXPECT_EQ(error_of(concat({"a", repeated("[1]", 31, ""), " = :v"})), "");
  EXPECT_EQ(error_of(concat({"a", repeated(".b", 32, ""), " = :v"})),
            "The document path has too many nesting levels; nesting levels: 33");
}

TEST(ConditionSyntax, BoundsIndexes) {
  EXPECT_EQ(error_of("a[2147483647] = :v"), "");
  EXPECT_EQ(error_of("a[2147483648] = :v"),
            "List index is not within the allowable range; index: [2147483648]");
  EXPECT_EQ(error_of("a[99999999999999999999] = :v"),
            "List index is not within the allowable range; index: [99999999999999999999]");
}

TEST(ConditionSyntax, SurvivesDeepNesting) {
  EXPECT_EQ(error_of(repeated("f(", 2000, "")), syntax("<EOF>", "("));
  EXPECT_EQ(error_of(std::string(4000, '(')), syntax("<EOF>", "("));
  EXPECT_EQ(error_of(repeated("NOT(", 1000, "")), syntax("<EOF>", "("));
  EXPECT_EQ(error_of("a = " + std::string(4000, '(')), syntax("<EOF>", "("));
}

// Of any depth that a text has room for.
TEST(ConditionSyntax, JudgesDeepNestingAsAnyOther) {
  const auto nested = [](std::string_view opening, int count, const std::string& inner) {
    const auto levels = static_cast<std::size_t>(count);
    return repeated(opening, count, "") + inner + std::string(levels, ')');
  };
  EXPECT_EQ(error_of(nested("(", 2000, "a = :v")), "The expression has redundant parentheses;");
  EXPECT_EQ(error_of(nested("(", 2000, "a = :v") + " !"), syntax("!", ") !"));
  EXPECT_EQ(error_of(nested("f(", 1300, "a")), "Invalid function name; function: f");
  EXPECT_EQ(error_of(nested("size(", 600, "a") + " = :v"),
            "Incorrect operand type for operator or function; operator or function: size, operand "
            "type: N");
  EXPECT_EQ(error_of(nested("NOT (", 299, "a = :v")), "");
  EXPECT_EQ(error_of(nested("NOT (", 300, "a = :v")),
            "The expression contains too many operators; operator count: 301");
}

// Each text has the fault of its line and all those of the lines below it.
TEST(ConditionSyntax, ReportsFaultsByClass) {
  expect_errors({
      {"contains(a, a) AND name = #x AND size(a) AND f(a) AND ((a = :v)) AND",
       syntax("<EOF>", "AND")},
      {"contains(a, a) AND name = #x AND size(a) AND f(a) AND ((a = :v))",
       "The expression has redundant parentheses;"},
      {"contains(a, a) AND name = #x AND size(a) AND f(a)", "Invalid function name; function: f"},
      {"contains(a, a) AND name = #x AND size(a)",
       "The function is not allowed to be used this way in an expression; function: "
       "size"},
      {"contains(a, a) AND name = #x",
       "Attribute name is a reserved keyword; reserved keyword: name"},
      {"contains(a, a) AND a = #x",
       "The first operand must be distinct from the remaining operands for this operator "
       "or "
       "function; operator: contains, first operand: [a]"},
      {"a = #x AND contains(a, a)",
       "An expression attribute name used in the document path is not defined; attribute "
       "name: "
       "#x"},
  });
}

TEST(Condition, KnowsTheAttributesOfItsPathsInTextualOrder) {
  Request r = request();
  const Result<Condition> condition =
      parse_condition(ConditionKind::filter, "b.x = :v AND size(#a[1]) IN (:n, c) OR b = :v",
                      &r.placeholders, &r.arena);
  ASSERT_TRUE(condition);
  const auto names = condition->attributes();
  EXPECT_EQ(std::vector<std::string>(names.begin(), names.end()),
            (std::vector<std::string>{"b", "a", "c", "b"}));
}

}  // namespace
}  // namespace stator
