#include "server/nearest_name.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

const std::string kNames[] = {"--port", "--host", "--partition-bytes", "--log"};

TEST(NearestName, IsTheOneWithTheLeastEdits) {
  EXPECT_EQ(nearest_name("--prot", kNames), "--port");
  EXPECT_EQ(nearest_name("--hots", kNames), "--host");
  EXPECT_EQ(nearest_name("--LOG", kNames), "--log");
  EXPECT_EQ(nearest_name("--lgo", kNames), "--log");
  EXPECT_EQ(nearest_name("--partitionbyte", kNames), "--partition-bytes");
}

const std::string kMixed[] = {"-inMemory", "-dbPath",    "-sharedDb", "-optimizeDbBeforeStartup",
                              "--gsi-lag", "--read-lag", "--log",     "--log-level"};

TEST(NearestName, IsTheSameWithOtherDashesAndCase) {
  for (const std::string typed : {"-inmemory", "--inMemory", "--in-memory", "IN-MEMORY"}) {
    EXPECT_EQ(nearest_name(typed, kMixed), "-inMemory") << typed;
  }
  EXPECT_TRUE(is_same_name("--db-path", "-dbPath"));
  EXPECT_FALSE(is_same_name("--db-paths", "-dbPath"));
}

TEST(NearestName, IsOneThatWasBegun) {
  EXPECT_EQ(nearest_name("-inmem", kMixed), "-inMemory");
  EXPECT_EQ(nearest_name("-optimizeDB", kMixed), "-optimizeDbBeforeStartup");
  EXPECT_EQ(nearest_name("--gsi", kMixed), "--gsi-lag");
  EXPECT_EQ(nearest_name("-db", kMixed), "-dbPath");
  EXPECT_EQ(nearest_name("--lo", kMixed), "--log");
  EXPECT_EQ(nearest_name("--i", kMixed), "");
}

TEST(NearestName, IsOneInWhichItStands) {
  EXPECT_EQ(nearest_name("-startup", kMixed), "-optimizeDbBeforeStartup");
  EXPECT_EQ(nearest_name("-ized", kMixed), "-optimizeDbBeforeStartup");
  EXPECT_EQ(nearest_name("--ize", kMixed), "");
}

TEST(NearestName, IsNoneThatIsFar) {
  EXPECT_EQ(nearest_name("--whatever", kNames), "");
  EXPECT_EQ(nearest_name("foo", kNames), "");
  EXPECT_EQ(nearest_name("--test", kNames), "");
  EXPECT_EQ(nearest_name("", kNames), "");
  EXPECT_EQ(nearest_name("--port", {}), "");
}

}  // namespace
}  // namespace stator
