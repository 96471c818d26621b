#include "shell/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> words(std::string_view before) {
  const std::vector<std::string> tables = {"Music", "Music-2", "Orders", "order"};
  return complete(before, tables).words;
}

TEST(WordCompletion, OffersKeywordsInTheCaseTheyWereBegunIn) {
  EXPECT_THAT(words("SEL"), ElementsAre("SELECT"));
  EXPECT_THAT(words("select * fr"), ElementsAre("from"));
  EXPECT_THAT(words("SELECT * FROM t WHERE a B"), ElementsAre("BEGINS_WITH", "BETWEEN", "BY"));
}

TEST(WordCompletion, OffersTablesWhereATableIsNamed) {
  EXPECT_THAT(words("SELECT * FROM O"), ElementsAre("Orders"));
  EXPECT_THAT(words("insert into Or"), ElementsAre("Orders"));
  EXPECT_THAT(words("UPDATE "), ElementsAre("Music", "\"Music-2\"", "Orders", "\"order\""));
  EXPECT_THAT(words(".describe M"), ElementsAre("Music", "Music-2"));
}

TEST(WordCompletion, EndsAQuotedTable) {
  const std::vector<std::string> tables = {"Music"};
  const WordCompletion found = complete("SELECT * FROM \"Mu", tables);
  EXPECT_THAT(found.words, ElementsAre("\"Music\""));
  EXPECT_EQ(found.typed_bytes, 3U);
}

TEST(WordCompletion, OffersTheShellsCommandsOnlyWhereALineBegins) {
  EXPECT_THAT(words(".t"), ElementsAre(".tables"));
  EXPECT_THAT(words("SELECT .t"), IsEmpty());
}

TEST(WordCompletion, OffersNothingInAString) {
  EXPECT_THAT(words("SELECT * FROM t WHERE a = 'sel"), IsEmpty());
  EXPECT_THAT(words("SELECT * FROM t WHERE a = 'b' A"),
              ElementsAre("ALL", "AND", "ASC", "ATTRIBUTE_EXISTS", "ATTRIBUTE_NOT_EXISTS",
                          "ATTRIBUTE_TYPE"));
}

TEST(WordCompletion, OffersNothingWhereNothingWasTyped) {
  EXPECT_THAT(words("SELECT "), IsEmpty());
}

TEST(CommonPrefix, IsWhatAllWordsBeginWith) {
  const std::vector<std::string> some = {"ORDER", "OR", "ORX"};
  EXPECT_EQ(common_prefix(some), "OR");
  EXPECT_EQ(common_prefix({}), "");
}

}  // namespace
}  // namespace stator
