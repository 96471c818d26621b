#include "shell/statement_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> texts(StatementText* text) {
  std::vector<std::string> found;
  while (const auto statement = text->take()) found.push_back(statement->text);
  return found;
}

std::vector<std::string> texts_of(const std::vector<std::string>& lines) {
  StatementText text;
  std::vector<std::string> found;
  for (const std::string& line : lines) {
    text.add_line(line);
    for (std::string& each : texts(&text)) found.push_back(std::move(each));
  }
  return found;
}

TEST(StatementText, EndsAStatementAtASemicolon) {
  EXPECT_THAT(texts_of({"SELECT * FROM t ;", " a;b; ;c"}),
              ElementsAre("SELECT * FROM t", "a", "b"));
}

TEST(StatementText, TakesAStatementOverLines) {
  EXPECT_THAT(texts_of({"SELECT *", "", "  FROM t;"}), ElementsAre("SELECT *\n\n  FROM t"));
}

TEST(StatementText, KeepsSemicolonsInStringsAndNames) {
  EXPECT_THAT(texts_of({"a = 'it''s; ' AND \"b;\" = '\";';"}),
              ElementsAre("a = 'it''s; ' AND \"b;\" = '\";'"));
}

TEST(StatementText, KeepsAStringOverLines) {
  EXPECT_THAT(texts_of({"a = 'x;", "y';"}), ElementsAre("a = 'x;\ny'"));
}

TEST(StatementText, PassesOverCommentsBeforeAStatement) {
  EXPECT_THAT(texts_of({"-- one; it's", "/* two;", "three; */ a /* b; */ c -- d;", ";"}),
              ElementsAre("a /* b; */ c -- d;"));
}

TEST(StatementText, CountsTheLinesOfTheScript) {
  StatementText text;
  text.add_line("-- nothing");
  text.add_line("a;");
  text.add_line("");
  text.add_line("b");
  EXPECT_EQ(text.take(), (ScriptStatement{.text = "a", .line = 2}));
  EXPECT_EQ(text.take(), std::nullopt);
  text.add_line("; c;");
  EXPECT_EQ(text.take(), (ScriptStatement{.text = "b", .line = 4}));
  EXPECT_EQ(text.take(), (ScriptStatement{.text = "c", .line = 5}));
}

TEST(StatementText, CountsLinesThatAreOfNoStatement) {
  StatementText text;
  text.add_line("a;");
  EXPECT_THAT(texts(&text), ElementsAre("a"));
  text.skip_line();
  text.add_line("b;");
  EXPECT_EQ(text.take(), (ScriptStatement{.text = "b", .line = 3}));
}

TEST(StatementText, HandsOutTheLastOneWithoutASemicolon) {
  StatementText text;
  text.add_line("a; b ");
  EXPECT_THAT(texts(&text), ElementsAre("a"));
  EXPECT_TRUE(text.has_begun());
  EXPECT_EQ(text.begun(), "b \n");
  EXPECT_EQ(text.take_rest(), (ScriptStatement{.text = "b", .line = 1}));
  EXPECT_EQ(text.take_rest(), std::nullopt);
}

TEST(StatementText, HandsOutTheSignOfACommentThatNeverEnds) {
  StatementText text;
  text.add_line("a;");
  text.add_line("/* b");
  text.add_line("INSERT;");
  EXPECT_THAT(texts(&text), ElementsAre("a"));
  EXPECT_EQ(text.take_rest(), (ScriptStatement{.text = "/*", .line = 2}));
  EXPECT_EQ(text.take_rest(), std::nullopt);
}

TEST(StatementText, HandsOutNothingOfACommentThatEnds) {
  StatementText text;
  text.add_line("/* b */ -- c");
  EXPECT_THAT(texts(&text), IsEmpty());
  EXPECT_EQ(text.take_rest(), std::nullopt);
}

TEST(StatementText, HasNotBegunBetweenStatements) {
  StatementText text;
  text.add_line("a; -- b");
  EXPECT_THAT(texts(&text), ElementsAre("a"));
  EXPECT_FALSE(text.has_begun());
  text.add_line("/* c");
  EXPECT_THAT(texts(&text), IsEmpty());
  EXPECT_TRUE(text.has_begun());
}

TEST(StatementText, ForgetsWhatHasBegun) {
  StatementText text;
  text.add_line("a 'b");
  EXPECT_THAT(texts(&text), IsEmpty());
  text.clear();
  text.add_line("c;");
  EXPECT_THAT(texts(&text), ElementsAre("c"));
}

}  // namespace
}  // namespace stator
