#include "server/nearest_name.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

const std::string kNames[] = {"--port", "--host", "--partition-bytes", "--log"};

TEST(NearestName, IsTheOneWithTheLeastEdits) {
  EXPECT_EQ(nearest_name("--prot", kNames), "--port");
  EXPECT_EQ(nearest_name("--hots", kNames), "--host");
  EXPECT_EQ(nearest_name("--LOG", kNames), "--log");
  EXPECT_EQ(nearest_name("--partitionbyte", kNames), "--partition-bytes");
}

TEST(NearestName, IsNoneThatIsFar) {
  EXPECT_EQ(nearest_name("--whatever", kNames), "");
  EXPECT_EQ(nearest_name("", kNames), "");
  EXPECT_EQ(nearest_name("--port", {}), "");
}

}  // namespace
}  // namespace stator
