#include "storage/index_row.h"

#include <gtest/gtest.h>

#include <string>

#include "../expression/support.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "indexed_table.h"
#include "storage/row_key.h"

namespace stator {
namespace {

using testing_support::global_index;
using testing_support::item_bytes_of;
using testing_support::local_index;
using testing_support::show;

TableDefinition table() {
  TableDefinition table;
  table.keyspace = 1;
  table.key.partition = {{.name = "pk", .type = AttributeType::S}};
  table.key.sort = {{.name = "sk", .type = AttributeType::N}};
  return table;
}

bool belongs(const IndexDefinition& index, std::string_view item) {
  const std::string bytes = item_bytes_of(item);
  return belongs_to_index(index, ItemView::trusted(bytes).attributes());
}

std::string row_key(const IndexDefinition& index, std::string_view item) {
  const std::string bytes = item_bytes_of(item);
  std::string key;
  append_index_row_key(table(), index, ItemView::trusted(bytes).attributes(), &key);
  return key;
}

std::string entry(const IndexDefinition& index, std::string_view item) {
  const std::string bytes = item_bytes_of(item);
  std::string out;
  return show(
      append_index_entry(table(), index, ItemView::trusted(bytes).attributes(), &out).attributes());
}

IndexDefinition wide_index() {
  IndexDefinition index = global_index("wide", "a");
  index.keyspace = 9;
  index.key.partition.push_back({.name = "b", .type = AttributeType::S});
  index.key.sort = {{.name = "c", .type = AttributeType::N},
                    {.name = "d", .type = AttributeType::B}};
  return index;
}

TEST(IndexRow, IsThereOnlyForAnItemWithEveryKeyAttribute) {
  const IndexDefinition index = wide_index();
  EXPECT_TRUE(belongs(index, R"({a: 1, b: "x", c: 2, d: b"\x01", pk: "p", sk: 1})"));
  EXPECT_FALSE(belongs(index, R"({b: "x", c: 2, d: b"\x01", pk: "p", sk: 1})"));
  EXPECT_FALSE(belongs(index, R"({a: 1, b: "x", c: 2, pk: "p", sk: 1})"));
}

TEST(IndexRow, IsNotThereForAValueThatCanBeNoKey) {
  const IndexDefinition index = wide_index();
  EXPECT_FALSE(belongs(index, R"({a: "1", b: "x", c: 2, d: b"\x01", pk: "p", sk: 1})"));
  EXPECT_FALSE(belongs(index, R"({a: 1, b: "", c: 2, d: b"\x01", pk: "p", sk: 1})"));
  EXPECT_FALSE(belongs(index, R"({a: 1, b: "x", c: null, d: b"\x01", pk: "p", sk: 1})"));
  const auto with_b = [](std::size_t bytes) {
    return R"({a: 1, c: 2, d: b"\x01", pk: "p", sk: 1, b: ")" + std::string(bytes, 'x') + "\"}";
  };
  EXPECT_TRUE(belongs(index, with_b(kPartitionKeyBytesMax)));
  EXPECT_FALSE(belongs(index, with_b(kPartitionKeyBytesMax + 1)));
}

TEST(IndexRow, OfAGlobalIndexLiesUnderTheHashOfItsOwnKey) {
  const IndexDefinition index = wide_index();
  const std::string one = row_key(index, R"({a: 1, b: "x", c: 2, d: b"\x01", pk: "p", sk: 1})");
  const std::string other_item =
      row_key(index, R"({a: 1, b: "x", c: 2, d: b"\x01", pk: "q", sk: 7})");
  const std::string other_b = row_key(index, R"({a: 1, b: "y", c: 2, d: b"\x01", pk: "p", sk: 1})");
  EXPECT_NE(one, other_item) << "each item has a row of its own";
  EXPECT_EQ(hash_of_row(one), hash_of_row(other_item));
  EXPECT_NE(hash_of_row(one), hash_of_row(other_b)) << "all attributes are hashed together";
}

TEST(IndexRow, SortsByOneKeyAttributeAfterTheOther) {
  const IndexDefinition index = wide_index();
  const char* const items[] = {R"({a: 1, b: "x", c: -2, d: b"\x05", pk: "p", sk: 9})",
                               R"({a: 1, b: "x", c: 2, d: b"\x01", pk: "q", sk: 1})",
                               R"({a: 1, b: "x", c: 2, d: b"\x01\x00", pk: "a", sk: 1})",
                               R"({a: 1, b: "x", c: 10, d: b"\x00", pk: "a", sk: 1})"};
  for (std::size_t i = 0; i + 1 < std::size(items); ++i) {
    EXPECT_LT(row_key(index, items[i]), row_key(index, items[i + 1])) << items[i];
  }
}

// MD5("Outliers" and both keys of the table), here computed by another program.
TEST(IndexRow, OfAGlobalIndexIsTiedByTheHashOfItsItem) {
  const auto tie = [](std::string_view item) {
    const std::string key = row_key(global_index("i", "n"), item);
    return load_u64_be(key.data() + 12 + 3);  // behind keyspace, hash and n
  };
  EXPECT_EQ(tie(R"({n: 3, pk: "p", sk: 1})"), 0xF6EC07B812B0ADEAU);
  EXPECT_EQ(tie(R"({n: 3, pk: "q", sk: 7})"), 0xE97989E157D73831U);
}

TEST(IndexRow, OfALocalIndexLiesWithTheCollectionOfItsItem) {
  IndexDefinition index = local_index("by-name", "name");
  index.keyspace = 3;
  const std::string item = R"({name: "n", pk: "p", sk: 1})";
  const std::string bytes = item_bytes_of(item);
  std::string of_table;
  append_table_row_key(table(), ItemView::trusted(bytes).attributes(), &of_table);
  std::string collection;
  append_collection_key(table(), 3, ItemView::trusted(bytes).attributes(), &collection);
  const std::string key = row_key(index, item);
  EXPECT_EQ(hash_of_row(key), hash_of_row(of_table));
  EXPECT_TRUE(key.starts_with(collection));
  EXPECT_LT(key, row_key(index, R"({name: "n", pk: "p", sk: 2})"));
  EXPECT_LT(row_key(index, R"({name: "n", pk: "p", sk: 2})"),
            row_key(index, R"({name: "o", pk: "p", sk: 0})"));
}

TEST(IndexRow, HoldsTheKeysAndWhatIsProjected) {
  IndexDefinition index = global_index("i", "n");
  const std::string item = R"({a: 1, b: {c: 2}, n: 3, pk: "p", sk: 4})";
  EXPECT_EQ(entry(index, item), item);
  index.projection = {.type = ProjectionType::keys_only, .attributes = {}};
  EXPECT_EQ(entry(index, item), R"({n: 3, pk: "p", sk: 4})");
  index.projection = {.type = ProjectionType::include, .attributes = {"b", "missing"}};
  EXPECT_EQ(entry(index, item), R"({b: {c: 2}, n: 3, pk: "p", sk: 4})");
}

}  // namespace
}  // namespace stator
