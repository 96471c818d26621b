#include "shell/statement_marker.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

TEST(MarkedPosition, ShowsTheLineAndThePlaceInIt) {
  EXPECT_EQ(marked_position("SELECT *\n FORM t", "Unexpected token at 2:2:4"), " FORM t\n ^^^^\n");
}

TEST(MarkedPosition, StandsBehindTheLineAtItsEnd) {
  EXPECT_EQ(marked_position("SELECT", "Unexpected end at 1:7:0"), "SELECT\n      ^\n");
}

TEST(MarkedPosition, IsAsWideAsTheCharacters) {
  EXPECT_EQ(marked_position("'\xC3\xBC' \t!", "at 1:2:3 then at 1:7:1"),
            "'\xC3\xBC' \t!\n    \t^\n");
}

TEST(MarkedPosition, IsNothingWhereNoPlaceIsNamed) {
  EXPECT_EQ(marked_position("SELECT", "Requested resource not found"), "");
  EXPECT_EQ(marked_position("SELECT", "at noon"), "");
  EXPECT_EQ(marked_position("SELECT", "at 2:1:1"), "");
  EXPECT_EQ(marked_position("SELECT", "at 1:90:1"), "");
  EXPECT_EQ(marked_position("SELECT", "at 0:0:0"), "");
  EXPECT_EQ(marked_position("SELECT", "at 1:99999999999999999999:1"), "");
}

}  // namespace
}  // namespace stator
