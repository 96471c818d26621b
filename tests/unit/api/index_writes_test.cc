#include "api/index_writes.h"

#include <gmock/gmock.h>

#include <string>

#include "../expression/support.h"
#include "base/limits.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::item_bytes_of;

TableDefinition table_with(std::vector<IndexDefinition> indexes) {
  TableDefinition table;
  table.key.partition = {{.name = "pk", .type = AttributeType::S}};
  table.indexes = std::move(indexes);
  std::uint32_t keyspace = 2;
  for (IndexDefinition& index : table.indexes) index.keyspace = keyspace++;
  return table;
}

IndexDefinition index_on(std::string attribute, AttributeType type = AttributeType::S) {
  IndexDefinition index;
  index.name = "by-" + attribute;
  index.key.partition = {{.name = std::move(attribute), .type = type}};
  return index;
}

// What the change of an item does to the indexes of a table.
struct Change {
  Change(const TableDefinition& table, std::string_view before, std::string_view after) {
    const auto item = [](std::string_view text, std::string* bytes) -> std::optional<ItemView> {
      if (text.empty()) return std::nullopt;
      *bytes = item_bytes_of(text);
      return ItemView::trusted(*bytes);
    };
    const auto item_before = item(before, &before_);
    decide_index_writes(table, item_before, item(after, &after_), &arena_, &writes, &units);
  }

  std::vector<IndexWrite> writes;
  Consumption units;

 private:
  std::string before_;
  std::string after_;
  Arena arena_;
};

std::string error_of(const Result<void>& result) {
  return result ? "" : result.error().message();
}

std::string put_error(const TableDefinition& table, const std::string& item) {
  const std::string bytes = item_bytes_of(item);
  return error_of(check_item_for_indexes(table, ItemView::trusted(bytes)));
}

std::string update_error(const TableDefinition& table, const std::string& before,
                         const std::string& after) {
  const std::string before_bytes = item_bytes_of(before);
  const std::string after_bytes = item_bytes_of(after);
  return error_of(check_updated_index_keys(table, {}, ItemView::trusted(before_bytes).attributes(),
                                           ItemView::trusted(after_bytes).attributes()));
}

TEST(IndexWrites, AreNoneWhereNothingChanges) {
  const TableDefinition table = table_with({index_on("a")});
  EXPECT_THAT(Change(table, "", R"({pk: "1"})").writes, IsEmpty());
  EXPECT_THAT(Change(table, R"({pk: "1"})", "").writes, IsEmpty());
  const Change same(table, R"({a: "x", pk: "1", s: <"p", "q">})",
                    R"({s: <"q", "p">, a: "x", pk: "1"})");
  EXPECT_THAT(same.writes, IsEmpty());
  EXPECT_THAT(same.units.indexes, IsEmpty());
}

TEST(IndexWrites, PutAndEraseTheEntryOfAnItem) {
  const TableDefinition table = table_with({index_on("a")});
  const Change put(table, R"({pk: "1"})", R"({a: "x", pk: "1"})");
  ASSERT_EQ(put.writes.size(), 1U);
  EXPECT_FALSE(put.writes[0].put.empty());
  EXPECT_TRUE(put.writes[0].erased.empty());
  EXPECT_FALSE(put.writes[0].existed);
  EXPECT_EQ(put.units.total(), 1.0);
  const Change erased(table, R"({a: "x", pk: "1"})", "");
  ASSERT_EQ(erased.writes.size(), 1U);
  EXPECT_EQ(erased.writes[0].erased, put.writes[0].put);
  EXPECT_TRUE(erased.writes[0].existed);
  EXPECT_FALSE(erased.writes[0].exists());
}

TEST(IndexWrites, WriteAnEntryInPlaceWhenItsKeyStays) {
  const TableDefinition table = table_with({index_on("a")});
  const std::string larger = R"({a: "x", pk: "1", z: ")" + std::string(2000, 'z') + "\"}";
  const Change shrunk(table, larger, R"({a: "x", pk: "1"})");
  ASSERT_EQ(shrunk.writes.size(), 1U);
  EXPECT_TRUE(shrunk.writes[0].erased.empty());
  EXPECT_EQ(shrunk.units.total(), 2.0) << "the larger of the two";
}

TEST(IndexWrites, MoveAnEntryWhoseKeyChanges) {
  const TableDefinition table = table_with({index_on("a")});
  const std::string larger = R"({a: "x", pk: "1", z: ")" + std::string(2000, 'z') + "\"}";
  const Change moved(table, larger, R"({a: "y", pk: "1"})");
  ASSERT_EQ(moved.writes.size(), 1U);
  EXPECT_FALSE(moved.writes[0].erased.empty());
  EXPECT_FALSE(moved.writes[0].put.empty());
  EXPECT_EQ(moved.units.total(), 3.0) << "both, each rounded by itself";
}

TEST(IndexWrites, LeaveADeletedIndexAlone) {
  IndexDefinition deleted = index_on("a", AttributeType::N);
  deleted.transition.status = TableStatus::deleting;
  const TableDefinition table = table_with({deleted, index_on("b")});
  const Change put(table, "", R"({a: 1, b: "x", pk: "1"})");
  ASSERT_EQ(put.writes.size(), 1U);
  EXPECT_EQ(put.writes[0].position, 1U);
  EXPECT_EQ(put_error(table, R"({a: "no number", pk: "1"})"), "");
}

TEST(IndexKeys, OfAPutNameAttributeAndIndex) {
  const TableDefinition table = table_with({index_on("a"), index_on("b", AttributeType::B)});
  EXPECT_EQ(put_error(table, R"({a: "x", b: b"y", pk: "1"})"), "");
  EXPECT_EQ(put_error(table, R"({a: null, pk: "1"})"),
            "One or more parameter values were invalid: Type mismatch for Index Key a Expected: S "
            "Actual: NULL IndexName: by-a");
  EXPECT_EQ(put_error(table, R"({b: b"", pk: "1"})"),
            "One or more parameter values are not valid. A value specified for a secondary index "
            "key is not supported. The AttributeValue for a key attribute cannot contain an empty "
            "binary value. IndexName: by-b, IndexKey: b");
}

TEST(IndexKeys, OfOneKindShareTheirLimit) {
  IndexDefinition index = index_on("a");
  index.key.partition.push_back({.name = "b", .type = AttributeType::S});
  const TableDefinition table = table_with({index});
  const auto item = [](std::size_t bytes) {
    const std::string half(bytes / 2, 'x');
    return R"({a: ")" + half + R"(", b: ")" + half + R"(", pk: "1"})";
  };
  EXPECT_EQ(put_error(table, item(kPartitionKeyBytesMax)), "");
  EXPECT_EQ(put_error(table, item(kPartitionKeyBytesMax + 2)),
            "One or more parameter values were invalid: Size limit exceeded for Index Key b Actual "
            "Size: 2050 bytes Max Size: 2048 bytes IndexName: by-a");
}

TEST(IndexKeys, OfAnUpdateAreCheckedWhereTheyChange) {
  const TableDefinition table = table_with({index_on("a")});
  EXPECT_EQ(update_error(table, R"({a: 1, pk: "1"})", R"({a: 1, b: 2, pk: "1"})"), "");
  EXPECT_EQ(update_error(table, R"({a: "x", pk: "1"})", R"({pk: "1"})"), "");
  EXPECT_EQ(
      update_error(table, R"({a: 1, pk: "1"})", R"({a: 2, pk: "1"})"),
      "The update expression attempted to update the secondary index key to unsupported type");
  EXPECT_EQ(update_error(table, R"({pk: "1"})", R"({a: "", pk: "1"})"),
            "One or more parameter values are not valid. The update expression attempted to update "
            "a secondary index key to a value that is not supported. The AttributeValue for a key "
            "attribute cannot contain an empty string value.");
  const std::string long_text(kPartitionKeyBytesMax + 1, 'x');
  EXPECT_EQ(update_error(table, R"({pk: "1"})", R"({a: ")" + long_text + R"(", pk: "1"})"),
            "The update expression attempted to update the secondary index key beyond allowed size "
            "limits");
}

}  // namespace
}  // namespace stator
