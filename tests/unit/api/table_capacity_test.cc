#include "api/table_capacity.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kKeyspace = 7;
constexpr std::int64_t kPartitionBytes = 1600;
constexpr TimePoint kStart{1'000'000s};

class SizeLooks : public testing::Test {
 protected:
  static TableDefinition table() {
    TableDefinition made;
    made.name = "tab";
    made.keyspace = kKeyspace;
    return made;
  }
  bool take(std::int64_t bytes, std::size_t partitions, TimePoint at) {
    return capacity_.take_size_look(kKeyspace, {.bytes = bytes, .partitions = partitions, .at = at},
                                    kPartitionBytes);
  }
  TableCapacity capacity_{table(), BurstAtStart::none, kStart};
};

TEST_F(SizeLooks, AreTakenWhenThereIsMore) {
  EXPECT_TRUE(take(5000, 4, kStart));
  EXPECT_FALSE(take(5000, 4, kStart + 1s));
  EXPECT_FALSE(take(5099, 4, kStart + 2s));
  EXPECT_TRUE(take(5100, 4, kStart + 3s));
  EXPECT_FALSE(take(5199, 4, kStart + 4s));
}

TEST_F(SizeLooks, AreNotTakenOfWhatFitsIntoOnePartition) {
  EXPECT_FALSE(take(kPartitionBytes, 4, kStart));
  EXPECT_TRUE(take(kPartitionBytes + 1, 4, kStart + 1s));
}

TEST_F(SizeLooks, AreTakenAfterACut) {
  EXPECT_TRUE(take(5000, 4, kStart));
  EXPECT_TRUE(take(5000, 5, kStart + 1s));
  EXPECT_FALSE(take(5000, 5, kStart + 2s));
}

TEST_F(SizeLooks, AreTakenAfterAMinute) {
  EXPECT_TRUE(take(5000, 4, kStart));
  EXPECT_FALSE(take(4000, 4, kStart + 59s));
  EXPECT_TRUE(take(4000, 4, kStart + 60s));
}

TEST_F(SizeLooks, AreNotTakenOfAnIndexThatIsGone) {
  EXPECT_FALSE(capacity_.take_size_look(
      kKeyspace + 1, {.bytes = 5000, .partitions = 4, .at = kStart}, kPartitionBytes));
}

}  // namespace
}  // namespace stator
