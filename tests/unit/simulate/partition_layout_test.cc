#include "simulate/partition_layout.h"

#include <gmock/gmock.h>

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

PartitionReport partition(std::uint32_t id, std::uint32_t parent, double first, double units = 0) {
  PartitionReport made;
  made.id = id;
  made.parent = parent;
  made.first = first;
  if (units == 0) return made;
  made.slots.resize(1);
  made.slots[0].consumed[0] = units;
  return made;
}

// "id:first row+rows" of each span.
std::vector<std::string> spans_of(const PartitionLayout& layout) {
  std::vector<std::string> texts;
  for (const PartitionSpan& span : layout.spans) {
    texts.push_back(std::to_string(span.partition->id) + ":" + std::to_string(span.first_row) +
                    "+" + std::to_string(span.rows));
  }
  return texts;
}

TEST(PartitionLayout, OfNoPartitionsIsEmpty) {
  const std::vector<PartitionReport> none;
  EXPECT_THAT(layout_of(none, 10).spans, IsEmpty());
}

TEST(PartitionLayout, PartitionsThatWereCutSpanWhatCameOfThem) {
  const std::vector<PartitionReport> partitions = {partition(1, 0, 0),    partition(2, 0, 0.5),
                                                   partition(3, 1, 0),    partition(4, 1, 0.25),
                                                   partition(5, 4, 0.25), partition(6, 4, 0.3)};
  const PartitionLayout layout = layout_of(partitions, 10);
  EXPECT_THAT(spans_of(layout), ElementsAre("1:0+3", "3:0+1", "4:1+2", "5:1+1", "6:2+1", "2:3+1"));
  EXPECT_EQ(layout.rows, 4U);
  EXPECT_EQ(layout.left_out, 0U);
  EXPECT_EQ(layout.find(4)->rows, 2U);
  EXPECT_EQ(layout.find(7), nullptr);
}

TEST(PartitionLayout, CutsWithinACollectionKeepTheOrderOfTheirKeys) {
  // All begin at the same hash; texts of keys do not sort as the keys do.
  std::vector<PartitionReport> partitions = {partition(1, 0, 0), partition(2, 1, 0.5),
                                             partition(3, 1, 0.5)};
  partitions[1].first_key = "sk=9";
  partitions[2].first_key = "sk=10";
  EXPECT_THAT(spans_of(layout_of(partitions, 10)), ElementsAre("1:0+2", "2:0+1", "3:1+1"));
}

TEST(PartitionLayout, LeavesOutThoseThatWereUsedLeast) {
  // 3 was used itself, 5 by way of its parent.
  const std::vector<PartitionReport> partitions = {partition(1, 0, 0, 1), partition(2, 0, 0.2, 50),
                                                   partition(3, 0, 0.4, 70), partition(4, 2, 0.2),
                                                   partition(5, 2, 0.3, 0.5)};
  const PartitionLayout layout = layout_of(partitions, 2);
  EXPECT_THAT(spans_of(layout), ElementsAre("2:0+1", "5:0+1", "3:1+1"));
  EXPECT_EQ(layout.left_out, 2U);
}

}  // namespace
}  // namespace stator
