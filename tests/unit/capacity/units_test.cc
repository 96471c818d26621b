#include "capacity/units.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

constexpr std::size_t kKiB = 1024;

TEST(ReadUnits, AreWholeBlocksOf4KiB) {
  EXPECT_EQ(read_units(1, Consistency::strong), 1.0);
  EXPECT_EQ(read_units(4096, Consistency::strong), 1.0);
  EXPECT_EQ(read_units(4097, Consistency::strong), 2.0);
  EXPECT_EQ(read_units(400 * kKiB, Consistency::strong), 100.0);
}

TEST(ReadUnits, OfAnEventualReadAreHalf) {
  EXPECT_EQ(read_units(1, Consistency::eventual), 0.5);
  EXPECT_EQ(read_units(4096, Consistency::eventual), 0.5);
  EXPECT_EQ(read_units(4097, Consistency::eventual), 1.0);
  EXPECT_EQ(read_units(400 * kKiB, Consistency::eventual), 50.0);
}

TEST(ReadUnits, OfWhatIsMissingAreTheMinimum) {
  EXPECT_EQ(read_units(0, Consistency::strong), 1.0);
  EXPECT_EQ(read_units(0, Consistency::eventual), 0.5);
}

// The example of the AWS guide's BatchGetItem: each item is rounded by itself.
TEST(ReadUnits, OfTwoItemsOfABatchAreRoundedOneByOne) {
  EXPECT_EQ(read_units(68 * kKiB, Consistency::strong) + read_units(20 * kKiB, Consistency::strong),
            22.0);
}

TEST(WriteUnits, AreWholeBlocksOf1KiB) {
  EXPECT_EQ(write_units(0, 1), 1.0);
  EXPECT_EQ(write_units(0, 1024), 1.0);
  EXPECT_EQ(write_units(0, 1025), 2.0);
  EXPECT_EQ(write_units(0, 400 * kKiB), 400.0);
}

TEST(WriteUnits, AreThoseOfTheLargerOfBeforeAndAfter) {
  EXPECT_EQ(write_units(3 * kKiB, 100), 3.0);
  EXPECT_EQ(write_units(100, 3 * kKiB), 3.0);
  EXPECT_EQ(write_units(3 * kKiB, 0), 3.0);
}

TEST(WriteUnits, OfNothingAreTheMinimum) {
  EXPECT_EQ(write_units(0, 0), 1.0);
}

}  // namespace
}  // namespace stator
