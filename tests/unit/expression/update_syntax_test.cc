// What an update may say: texts of errors and which of several is reported.
// Sources: semantics 9.3, 9.5 to 9.7 of DynamoDB as the project notes them.
#include <gtest/gtest.h>

#include "expression/update.h"
#include "expression/update_action.h"
#include "support.h"

namespace stator {
namespace {

using testing_support::Request;
using testing_support::syntax;

Request request() {
  return Request({{"#a", "a"}, {"#b", "b"}}, {{":v", "\"x\""},
                                              {":n", "1"},
                                              {":b", "b\"x\""},
                                              {":t", "true"},
                                              {":null", "null"},
                                              {":ss", "<\"a\">"},
                                              {":ns", "<1>"},
                                              {":bs", "<b\"x\">"},
                                              {":l", "[1]"},
                                              {":m", "{k: 1}"}});
}

std::string error_of(std::string_view text) {
  Request r = request();
  const Result<Update> update = parse_update(text, &r.placeholders, &r.arena);
  if (update) return "";
  const std::string prefix = "Invalid UpdateExpression: ";
  EXPECT_TRUE(update.error().message().starts_with(prefix)) << update.error().message();
  return update.error().message().substr(prefix.size());
}

struct Case {
  std::string text;
  std::string error;
};

void expect_errors(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(error_of(c.text), c.error) << c.text;
}

TEST(UpdateSyntax, AcceptsEveryForm) {
  for (const char* text : {"SET a = :v",
                           "set a = :v, #b = :n",
                           "SET a = b",
                           "SET a.b[0].#a = :v",
                           "SET a = a + :n",
                           "SET a = :n - b",
                           "SET a = (a + :n)",
                           "SET a = ((:v))",
                           "SET a = (a) + (:n)",
                           "SET a = if_not_exists(a, :n)",
                           "SET a = if_not_exists(a, :n) + :n",
                           "SET a = if_not_exists(b, :n) - if_not_exists(c, :n)",
                           "SET a = list_append(a, :l)",
                           "SET a = list_append(if_not_exists(a, :l), :l)",
                           "SET a = if_not_exists(a, b)",
                           "REMOVE a",
                           "remove a, b[1], c.d",
                           "ADD a :n",
                           "Add a :ss, b :ns, c :bs",
                           "DELETE a :ss, b :ns",
                           "SET a = :v REMOVE b ADD c :n DELETE d :ss",
                           "DELETE d :ss ADD c :n REMOVE b SET a = :v",
                           "SET a=:v REMOVE b"}) {
    EXPECT_EQ(error_of(text), "") << text;
  }
}

TEST(UpdateSyntax, SyntaxErrorsShowTheTokenAndItsNeighbours) {
  expect_errors({
      {"INVALID SYNTAX HERE", syntax("INVALID", "INVALID SYNTAX")},
      {"!!! INVALID", syntax("!", "!!")},
      {"ADD hits : incr", syntax(":", "hits : incr")},
      {"SET", syntax("<EOF>", "SET")},
      {"SET a", syntax("<EOF>", "a")},
      {"SET a :v", syntax(":v", "a :v")},
      {"SET a = ", syntax("<EOF>", "=")},
      {"SET a = 1", syntax("1", "= 1")},
      {"SET a = :v,", syntax("<EOF>", ",")},
      {"SET a = :v b = :v", syntax("b", ":v b =")},
      {"SET a = if_not_exists(b, 0) + :n", syntax("0", ", 0)")},
      {"SET a = b + c + d", syntax("+", "c + d")},
      {"SET a = (b + c) + d", syntax("+", ") + d")},
      {"SET a = b + (c + d)", syntax("+", "c + d")},
      {"SET a = list_append(b + c, d)", syntax("+", "b + c")},
      {"SET a = b * c", syntax("*", "b * c")},
      {"SET :v = a", syntax(":v", "SET :v =")},
      {"SET a[:n] = :v", syntax(":n", "[:n]")},
      {"SET f(a) = :v", syntax("(", "f(a")},
      {"REMOVE a = :v", syntax("=", "a = :v")},
      {"REMOVE a b", syntax("b", "a b")},
      {"ADD a b", syntax("b", "a b")},
      {"ADD a = :n", syntax("=", "a = :n")},
      {"DELETE a", syntax("<EOF>", "a")},
      {"AND a = :v", syntax("AND", "AND a")},
  });
}

TEST(UpdateSyntax, BoundsTheText) {
  EXPECT_EQ(error_of(""), "The expression can not be empty;");
  EXPECT_EQ(error_of("REMOVE a" + std::string(4096 - 8, ' ')), "");
  EXPECT_EQ(error_of("REMOVE a" + std::string(4097 - 8, ' ')),
            "Expression size has exceeded the maximum allowed size;");
}

TEST(UpdateSyntax, KnowsItsFunctions) {
  expect_errors({
      {"SET a = f(b)", "Invalid function name; function: f"},
      {"SET a = IF_NOT_EXISTS(b, :v)", "Invalid function name; function: IF_NOT_EXISTS"},
      {"SET a = size(b)", "The function is not allowed in an update expression; function: size"},
      {"SET a = if_not_exists(b)",
       "Incorrect number of operands for operator or function; operator or function: "
       "if_not_exists, number of operands: 1"},
      {"SET a = list_append(b, c, d)",
       "Incorrect number of operands for operator or function; operator or function: "
       "list_append, number of operands: 3"},
      {"SET a = if_not_exists(:v, b)",
       "Operator or function requires a document path; operator or function: if_not_exists"},
      {"SET a = if_not_exists(:x, b)",
       "An expression attribute value used in expression is not defined; attribute value: :x"},
  });
}

TEST(UpdateSyntax, ChecksTheTypesOfLiterals) {
  const std::string wrong =
      "Incorrect operand type for operator or function; operator or function: ";
  expect_errors({
      {"SET a = b + :v", wrong + "+, operand type: S"},
      {"SET a = :ss - b", wrong + "-, operand type: SS"},
      {"SET a = list_append(b, c) + :n", wrong + "+, operand type: L"},
      {"SET a = list_append(:v, b)", wrong + "list_append, operand type: S"},
      {"SET a = list_append(b, :ns)", wrong + "list_append, operand type: NS"},
  });
}

TEST(UpdateSyntax, ChecksWhatIsAddedAndDeleted) {
  const auto wrong = [](std::string_view op, std::string_view type) {
    return "Incorrect operand type for operator or function; operator: " + std::string(op) +
           ", operand type: " + std::string(type) + ", typeSet: ALLOWED_FOR_ADD_OPERAND";
  };
  expect_errors({
      {"ADD a :v", wrong("ADD", "STRING")},
      {"ADD a :b", wrong("ADD", "BINARY")},
      {"ADD a :t", wrong("ADD", "BOOL")},
      {"ADD a :null", wrong("ADD", "NULL")},
      {"ADD a :l", wrong("ADD", "LIST")},
      {"ADD a :m", wrong("ADD", "MAP")},
      {"DELETE a :n", wrong("DELETE", "NUMBER")},
      {"DELETE a :v", wrong("DELETE", "STRING")},
  });
}

TEST(UpdateSyntax, TakesEachSectionOnce) {
  for (const char* name : {"SET", "REMOVE", "ADD", "DELETE"}) {
    const std::string section(name);
    const std::string tail = section == "SET" ? " = :v " : section == "REMOVE" ? " " : " :ss ";
    EXPECT_EQ(error_of(section + " a" + tail + section + " b" + tail),
              "The \"" + section + "\" section can only be used once in an update expression;");
  }
}

TEST(UpdateSyntax, RefusesPathsThatOverlap) {
  const std::string wrong =
      "Two document paths overlap with each other; must remove or rewrite one of these paths; "
      "path one: ";
  expect_errors({
      {"SET a = :v, a = :n", wrong + "[a], path two: [a]"},
      {"SET a = :v REMOVE #a", wrong + "[a], path two: [a]"},
      {"SET a = :v, a.b = :n", wrong + "[a], path two: [a, b]"},
      {"SET a.b[1].c = :v, a.b[1] = :n", wrong + "[a, b, [1], c], path two: [a, b, [1]]"},
      {"SET z = :v, a[2] = :v, a[10] = :v ADD a[2] :n", wrong + "[a, [2]], path two: [a, [2]]"},
      {"SET a.b = :v, a.c = :v, a[1] = :v, a.b.c = :v", wrong + "[a, b], path two: [a, b, c]"},
  });
  EXPECT_EQ(error_of("SET a.b = :v, a.bc = :n, ab = :v, a.c = a.b"), "");
}

TEST(UpdateSyntax, RefusesPathsThatConflict) {
  const std::string wrong =
      "Two document paths conflict with each other; must remove or rewrite one of these paths; "
      "path one: ";
  expect_errors({
      {"SET a.b = :v, a[1] = :n", wrong + "[a, b], path two: [a, [1]]"},
      {"SET a[1].c = :v REMOVE a.b.c", wrong + "[a, [1], c], path two: [a, b, c]"},
  });
  EXPECT_EQ(error_of("SET a.b = :v, c[1] = :n"), "");
}

// Each text has the fault of its line and all those of the lines below it.
TEST(UpdateSyntax, ReportsFaultsByClass) {
  const std::string broken = "SET a = list_append(:v, :l) ADD c :v";
  expect_errors({
      {broken + ", x.y :x, x[1] :n REMOVE c, #x SET q = f(z), name = :n, d", syntax("<EOF>", "d")},
      {broken + ", x.y :x, x[1] :n REMOVE c, #x SET q = f(z), name = :n",
       "Attribute name is a reserved keyword; reserved keyword: name"},
      {broken + ", x.y :x, x[1] :n REMOVE c, #x SET q = f(z)",
       "Invalid function name; function: f"},
      {broken + ", x.y :x, x[1] :n REMOVE c, #x SET q = :n",
       "The \"SET\" section can only be used once in an update expression;"},
      {broken + ", x.y :x, x[1] :n REMOVE c, #x",
       "An expression attribute name used in the document path is not defined; attribute name: "
       "#x"},
      {broken + ", x.y :x, x[1] :n REMOVE c",
       "An expression attribute value used in expression is not defined; attribute value: :x"},
      {broken + ", x.y :n, x[1] :n REMOVE c",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; "
       "path one: [c], path two: [c]"},
      {broken + ", x.y :n, x[1] :n",
       "Two document paths conflict with each other; must remove or rewrite one of these paths; "
       "path one: [x, y], path two: [x, [1]]"},
      {broken,
       "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, "
       "typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"SET a = list_append(:v, :l)",
       "Incorrect operand type for operator or function; operator or function: list_append, "
       "operand type: S"},
  });
}

TEST(UpdateSyntax, CountsOperatorsButNotAssignments) {
  std::string text = "SET ";
  for (int i = 0; i < 300; ++i) {
    text += (i == 0 ? "a" : ",a") + std::to_string(i) + "=b+:n";
  }
  EXPECT_EQ(error_of(text), "");
  EXPECT_EQ(error_of(text + ",c=b+:n"),
            "The expression contains too many operators; operator count: 301");
  text = "SET ";
  for (int i = 0; i < 400; ++i) text += (i == 0 ? "a" : ",a") + std::to_string(i) + "=:n";
  EXPECT_EQ(error_of(text), "");
}

TEST(UpdateSyntax, SurvivesDeepNesting) {
  EXPECT_NE(error_of("SET a = " + std::string(4000, '(')), "");
  EXPECT_EQ(error_of("SET a = " + std::string(2000, '(') + ":v" + std::string(2000, ')')), "");
  std::string calls = "SET a = ";
  for (int i = 0; i < 260; ++i) calls += "list_append(";
  EXPECT_NE(error_of(calls), "");
}

TEST(Update, KnowsItsTargetsAndWhetherItCreates) {
  const auto creates = [](std::string_view text) {
    Request r = request();
    return parse_update(text, &r.placeholders, &r.arena)->creates_item;
  };
  EXPECT_TRUE(creates("SET a = :v"));
  EXPECT_TRUE(creates("REMOVE b ADD a :n"));
  EXPECT_FALSE(creates("REMOVE b"));
  EXPECT_FALSE(creates("REMOVE b DELETE a :ss"));

  Request r = request();
  const Result<Update> update =
      parse_update("SET b.c = :v, #a = :v REMOVE b.a", &r.placeholders, &r.arena);
  ASSERT_TRUE(update);
  std::string paths;
  for (const DocumentPath& path : update->paths) paths += to_string(path);
  EXPECT_EQ(paths, "[a][b, a][b, c]");
}

}  // namespace
}  // namespace stator
