#include "api/query_string.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "base/limits.h"

namespace stator {
namespace {

constexpr std::array<std::string_view, 2> kKnown = {"table", "a b"};

std::string failure(std::string_view query) {
  const auto parsed = parse_query(query, kKnown);
  return parsed ? "none" : parsed.error().message();
}

TEST(QueryString, HasParametersInOrder) {
  const auto parsed = parse_query("table=T&a+b=%2fx%3D+%41", kKnown);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, (std::vector<QueryParameter>{{"table", "T"}, {"a b", "/x= A"}}));
}

TEST(QueryString, MayBeEmptyAndHaveAParameterWithoutAValue) {
  EXPECT_EQ(parse_query("", kKnown)->size(), 0U);
  EXPECT_EQ(*parse_query("table", kKnown), (std::vector<QueryParameter>{{"table", ""}}));
}

TEST(QueryString, RefusesWhatNobodyKnows) {
  EXPECT_EQ(failure("tab=T"), "unknown parameter: tab");
  EXPECT_EQ(failure("table=T&&a b"), "unknown parameter: ");
  EXPECT_EQ(failure("table=1&table=2"), "parameter stands twice: table");
}

TEST(QueryString, RefusesEscapesThatAreNone) {
  for (const char* query : {"table=%", "table=%4", "table=%4g", "table=%g4", "%=1", "table=%-1"}) {
    EXPECT_EQ(failure(query), "the query has a % without two hexadecimal digits") << query;
  }
}

TEST(QueryString, HasALimit) {
  const std::string longest = "table=" + std::string(kQueryBytesMax - 6, 'x');
  EXPECT_EQ(failure(longest), "none");
  EXPECT_EQ(failure(longest + "x"), "the query is too long");
}

}  // namespace
}  // namespace stator
