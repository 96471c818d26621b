#include "base/random.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace stator {
namespace {

TEST(Random, GivesTheSameSequenceForTheSameSeed) {
  Random one(42);
  Random two(42);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one.next(), two.next());
}

TEST(Random, GivesAnotherSequenceForAnotherSeed) {
  EXPECT_NE(Random(1).next(), Random(2).next());
}

TEST(Random, IsNotStuckWithTheSeedZero) {
  Random random(0);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.next());
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(Random, DrawsEveryValueBelowTheBoundAndNoOther) {
  Random random(7);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.below(10));
  EXPECT_EQ(seen.size(), 10U);
  EXPECT_EQ(*seen.rbegin(), 9U);
}

TEST(Random, SeedsFromEntropyDiffer) {
  EXPECT_NE(entropy_seed(), entropy_seed());
}

TEST(Uuid, HasTheShapeOfVersionFour) {
  Random random(3);
  for (int i = 0; i < 100; ++i) {
    std::string uuid;
    append_uuid_v4(&random, &uuid);
    ASSERT_EQ(uuid.size(), 36U);
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) EXPECT_EQ(uuid[dash], '-');
    EXPECT_EQ(uuid.find_first_not_of("0123456789abcdef-"), std::string::npos);
    EXPECT_EQ(uuid[14], '4');
    EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
  }
}

TEST(Uuid, IsAppended) {
  Random random(3);
  std::string text = "id:";
  append_uuid_v4(&random, &text);
  EXPECT_EQ(text.size(), 39U);
  EXPECT_EQ(text.substr(0, 3), "id:");
}

}  // namespace
}  // namespace stator
