// PartiQL statements: what a text means, and where it goes wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "expression/partiql/lexer.h"
#include "expression/partiql/statement.h"
#include "support.h"

namespace stator::partiql {
namespace {

using testing::ElementsAre;
using testing_support::item_bytes_of;

// ---- Lexemes ----

std::vector<std::string> lexemes(std::string_view text) {
  std::vector<std::string> found;
  Lexer lexer(text);
  for (; lexer.current().kind != LexemeKind::end; lexer.advance()) {
    if (lexer.current().kind == LexemeKind::invalid) {
      found.emplace_back("(invalid)");
      break;
    }
    found.emplace_back(lexer.current().text);
  }
  return found;
}

TEST(PartiqlLexer, TakesTheLongestSign) {
  EXPECT_THAT(lexemes("a<<1>>b<>c<=d!=e"),
              ElementsAre("a", "<<", "1", ">>", "b", "<>", "c", "<=", "d", "!=", "e"));
}

TEST(PartiqlLexer, StepsOverComments) {
  EXPECT_THAT(lexemes("a -- b\n c /* d \n */ e"), ElementsAre("a", "c", "e"));
  EXPECT_THAT(lexemes("a /* b"), ElementsAre("a", "(invalid)"));
}

TEST(PartiqlLexer, KeepsDoubledQuotesInStrings) {
  EXPECT_THAT(lexemes("'it''s' \"a\"\"b\""), ElementsAre("'it''s'", "\"a\"\"b\""));
  EXPECT_EQ(unquoted("'it''s'"), "it's");
  EXPECT_EQ(unquoted("''''"), "'");
  EXPECT_THAT(lexemes("'open"), ElementsAre("(invalid)"));
}

TEST(PartiqlLexer, ReadsNumbersButNoNumberThatRunsIntoAName) {
  EXPECT_THAT(lexemes("1 2.5 .5 1E3 1e-3"), ElementsAre("1", "2.5", ".5", "1E3", "1e-3"));
  EXPECT_THAT(lexemes("1x"), ElementsAre("(invalid)"));
}

TEST(PartiqlLexer, CountsLinesAndColumns) {
  Lexer lexer("a\n  /* x\n */ 'b\nc' d");
  EXPECT_EQ(lexer.current().position.text(), "1:1:1");
  lexer.advance();
  EXPECT_EQ(lexer.current().position.text(), "3:5:5");
  lexer.advance();
  EXPECT_EQ(lexer.current().position.text(), "4:4:1");
}

TEST(PartiqlLexer, KnowsWordsInAnyCase) {
  EXPECT_EQ(Lexer("sElEcT").current().keyword, Word::select);
  EXPECT_EQ(Lexer("returning").current().keyword, Word::returning);
  EXPECT_EQ(Lexer("selected").current().keyword, Word::none);
}

// ---- Conditions ----

// Whether an item satisfies a condition; "error: .." where that is none.
std::string holds(std::string_view condition, std::string_view item) {
  Arena arena;
  const std::string text = "SELECT * FROM t WHERE " + std::string(condition);
  const Result<Statement> statement = parse_statement(text, {}, &arena);
  if (!statement) return "error: " + statement.error().message();
  const std::string bytes = item_bytes_of(item);
  return statement->where->matches(ItemView::trusted(bytes).attributes()) ? "yes" : "no";
}

TEST(PartiqlWhere, ComparesWithWhatIsThereOnly) {
  EXPECT_EQ(holds("a <> 1", "{a: 2}"), "yes");
  EXPECT_EQ(holds("a <> 1", "{b: 2}"), "no");
  EXPECT_EQ(holds("a <> b", "{a: 1, b: 2}"), "yes");
  EXPECT_EQ(holds("a <> b", "{a: 1}"), "no");
  EXPECT_EQ(holds("a <> b", "{b: 1}"), "no");
  EXPECT_EQ(holds("NOT a = 1", "{b: 2}"), "yes");
}

TEST(PartiqlWhere, BindsAsSqlDoes) {
  EXPECT_EQ(holds("a = 1 OR b = 1 AND c = 1", "{a: 1}"), "yes");
  EXPECT_EQ(holds("(a = 1 OR b = 1) AND c = 1", "{a: 1}"), "no");
  EXPECT_EQ(holds("NOT a = 1 AND b = 1", "{a: 2, b: 1}"), "yes");
}

TEST(PartiqlWhere, TakesConditionsForBooleans) {
  EXPECT_EQ(holds("begins_with(a, 'x') = false", R"({a: "y"})"), "yes");
  EXPECT_EQ(holds("(a = 1) <> true", "{a: 1}"), "no");
}

TEST(PartiqlWhere, RefusesWhatNestsTooDeeply) {
  const std::string open(kStatementBytesMax / 2, '(');
  EXPECT_EQ(holds(open, "{a: 1}"),
            "error: Statement wasn't well formed, can't be processed: Expression is nested too "
            "deeply");
  const std::string deep(200, '(');
  EXPECT_EQ(holds(deep + "a = 1" + std::string(200, ')'), "{a: 1}"), "yes");
}

// ---- Statements ----

std::string failure(std::string_view text) {
  Arena arena;
  const Result<Statement> statement = parse_statement(text, {}, &arena);
  return statement ? "(none)" : statement.error().message();
}

TEST(PartiqlStatement, NamesAttributesLikeKeywordsInQuotesOnly) {
  EXPECT_EQ(failure("SELECT \"value\", \"select\", m.\"old\" FROM t WHERE \"all\" = 1"), "(none)");
  for (const char* const keyword :
       {"value", "old", "select", "CURRENT_TIMESTAMP", "absolute", "Zone", "can_lossless_cast"}) {
    EXPECT_EQ(failure("SELECT " + std::string(keyword) + " FROM t"),
              "Statement wasn't well formed, can't be processed: Unexpected keyword");
  }
}

TEST(PartiqlStatement, GivesColumnsTheirLastName) {
  Arena arena;
  const Result<Statement> statement =
      parse_statement("SELECT a, b.c, d.e[1][2], f[0] FROM t", {}, &arena);
  ASSERT_TRUE(statement);
  EXPECT_THAT(statement->columns->names, ElementsAre("a", "c", "e[1][2]", "f[0]"));
}

TEST(PartiqlStatement, ReadsWhatAnUpdateDoes) {
  Arena arena;
  const Result<Statement> statement = parse_statement(
      "UPDATE t SET a = a + 1, b = 'x' REMOVE c WHERE pk = 'k' RETURNING MODIFIED NEW *", {},
      &arena);
  ASSERT_TRUE(statement) << statement.error().message();
  EXPECT_EQ(statement->returning, Returning::modified_new);
  const std::string before = item_bytes_of("{a: 1, c: 2}");
  std::string buffer;
  const Result<ItemView> after =
      apply_update(*statement->update, ItemView::trusted(before).attributes(), true, &buffer);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->bytes(), item_bytes_of(R"({a: 2, b: "x"})"));
}

}  // namespace
}  // namespace stator::partiql
