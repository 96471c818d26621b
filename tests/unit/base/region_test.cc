#include "base/region.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

TEST(Region, HasAPartitionOfArns) {
  EXPECT_EQ(arn_partition("us-east-1"), "aws");
  EXPECT_EQ(arn_partition("eu-central-2"), "aws");
  EXPECT_EQ(arn_partition("cn-northwest-1"), "aws-cn");
  EXPECT_EQ(arn_partition("us-gov-west-1"), "aws-us-gov");
  EXPECT_EQ(arn_partition("mars"), "aws");
  EXPECT_EQ(arn_partition(""), "aws");
}

}  // namespace
}  // namespace stator
