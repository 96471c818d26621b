#include "api/size_splits.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/value_writer.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr std::uint32_t kKeyspace = 7;
constexpr int kRowBytes = 1024;

std::string text_value(const std::string& text) {
  std::string bytes;
  append_string(text, &bytes);
  return bytes;
}

// The rows of a table with a partition and a sort key.
class SizeSplits : public testing::Test {
 protected:
  void put(const std::string& partition, const std::string& sort) {
    const std::string partition_value = text_value(partition);
    const std::string sort_value = text_value(sort);
    std::string row_key;
    append_partition(kKeyspace, ValueView(partition_value), &row_key);
    append_key_part(ValueView(sort_value), &row_key);
    const std::string value(kRowBytes, 'v');
    ASSERT_TRUE(store_->commit(std::vector<RowWrite>{{.key = row_key, .value = value}}));
    ++rows_;
  }

  void fill_collection(const std::string& partition, int count) {
    for (int i = 0; i < count; ++i) put(partition, "sort-" + std::to_string(1000 + i));
  }

  // Cuts as long as there is something to cut, and returns what came of it.
  PartitionMap cut_all(CollectionCuts collections, int rows_max) const {
    PartitionMap map;
    for (int round = 0; round < 100; ++round) {
      const std::vector<SplitDecision> splits =
          size_splits(*store_, map,
                      {.keyspace = kKeyspace,
                       .key = key_,
                       .collections = collections,
                       .bytes = std::int64_t{rows_} * kRowBytes},
                      std::int64_t{rows_max} * kRowBytes);
      if (splits.empty()) return map;
      for (const SplitDecision& split : splits) {
        EXPECT_EQ(split.cause, SplitCause::size);
        map = map.split_at(split.position, TimePoint{});
      }
    }
    ADD_FAILURE() << "it is cut without end";
    return map;
  }

  // Of each partition.
  std::vector<int> rows_in(const PartitionMap& map) const {
    std::vector<int> rows(map.count());
    RowCursor all = store_->scan({keyspace_start(kKeyspace), keyspace_end(kKeyspace)});
    for (; all.valid(); all.next()) ++rows[map.index_of(all.key().substr(kKeyspaceBytes))];
    return rows;
  }

  const std::unique_ptr<Store> store_ = *Store::open({});
  const KeySchema key_{.partition = {{.name = "pk", .type = AttributeType::S}},
                       .sort = {{.name = "sk", .type = AttributeType::S}}};
  int rows_ = 0;
};

TEST_F(SizeSplits, LeaveWhatIsSmallEnough) {
  fill_collection("a", 100);
  EXPECT_EQ(cut_all(CollectionCuts::allowed, 100).count(), 1U);
}

TEST_F(SizeSplits, CutEvenKeysInTheMiddleOfTheirHashes) {
  for (int i = 0; i < 1000; ++i) put("key-" + std::to_string(i), "sort");
  const PartitionMap map = cut_all(CollectionCuts::allowed, 700);
  ASSERT_EQ(map.count(), 2U);
  EXPECT_EQ(map.partitions()[1].first_hash, std::uint64_t{1} << 63);
  EXPECT_EQ(map.partitions()[1].first_key, "");
}

TEST_F(SizeSplits, CutAnItemCollectionByItsSortKey) {
  fill_collection("a", 1000);
  const PartitionMap map = cut_all(CollectionCuts::allowed, 700);
  ASSERT_EQ(map.count(), 2U);
  EXPECT_NE(map.partitions()[1].first_key, "");
  for (const int rows : rows_in(map)) EXPECT_EQ(rows, 500);
}

TEST_F(SizeSplits, CutAnItemCollectionAsOftenAsItTakes) {
  fill_collection("a", 2000);
  const PartitionMap map = cut_all(CollectionCuts::allowed, 300);
  EXPECT_EQ(rows_in(map), std::vector<int>(8, 250));
}

TEST_F(SizeSplits, NeverCutAnItemCollectionOfATableWithLocalIndexes) {
  fill_collection("a", 1000);
  EXPECT_EQ(cut_all(CollectionCuts::never, 500).count(), 1U);
}

TEST_F(SizeSplits, CutBetweenItemCollectionsThatMayNotBeCut) {
  for (const char* const partition : {"a", "b", "c"}) fill_collection(partition, 500);
  const PartitionMap map = cut_all(CollectionCuts::never, 700);
  EXPECT_EQ(rows_in(map), std::vector<int>({500, 500, 500}));
  for (const Partition& partition : map.partitions()) EXPECT_EQ(partition.first_key, "");
}

TEST_F(SizeSplits, LeaveNoPartitionWithoutRows) {
  fill_collection("a", 1500);
  put("b", "sort");
  for (const int rows : rows_in(cut_all(CollectionCuts::allowed, 500))) EXPECT_GT(rows, 0);
}

TEST_F(SizeSplits, LeaveOneKeyOfAnIndexWhole) {
  // Rows of an index are of one place where only the table's keys differ.
  for (int i = 0; i < 1000; ++i) put("one", std::to_string(i));
  const KeySchema partition_only{.partition = key_.partition, .sort = {}};
  const std::vector<SplitDecision> splits = size_splits(*store_, PartitionMap(),
                                                        {.keyspace = kKeyspace,
                                                         .key = partition_only,
                                                         .collections = CollectionCuts::allowed,
                                                         .bytes = std::int64_t{rows_} * kRowBytes},
                                                        500 * kRowBytes);
  EXPECT_TRUE(splits.empty());
}

}  // namespace
}  // namespace stator
