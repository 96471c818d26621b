#include "storage/check.h"

#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <map>
#include <thread>

#include "../expression/support.h"
#include "base/bytes.h"
#include "indexed_table.h"
#include "storage/collection_row.h"
#include "storage/definition_bytes.h"
#include "storage/index_row.h"
#include "storage/row_key.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::global_index;
using testing_support::IndexedTable;
using testing_support::item_bytes_of;
using testing_support::local_index;

constexpr std::size_t kAll = 0;      // global, partition key n, all attributes
constexpr std::size_t kInclude = 1;  // global, partition key s, sort key b, includes x
constexpr std::size_t kLocal = 2;    // local, sort key l, keys only

std::vector<IndexDefinition> three_indexes() {
  std::vector<IndexDefinition> indexes = {global_index("by_n", "n"), global_index("by_s", "s"),
                                          local_index("by_l", "l")};
  indexes[kInclude].key.partition[0].type = AttributeType::S;
  indexes[kInclude].key.sort = {{.name = "b", .type = AttributeType::B}};
  indexes[kInclude].projection = {.type = ProjectionType::include, .attributes = {"x"}};
  indexes[kLocal].projection = {.type = ProjectionType::keys_only, .attributes = {}};
  return indexes;
}

// A table with rows as run_write leaves them, and ways to damage them.
class StoreCheck : public testing::Test {
 protected:
  const TableDefinition& definition() { return table_.table()->definition; }

  std::string table_key(std::string_view item) {
    const std::string bytes = item_bytes_of(item);
    std::string key;
    append_table_row_key(definition(), ItemView::trusted(bytes).attributes(), &key);
    return key;
  }

  std::string index_key(std::size_t position, std::string_view item) {
    const std::string bytes = item_bytes_of(item);
    std::string key;
    append_index_row_key(definition(), definition().indexes[position],
                         ItemView::trusted(bytes).attributes(), &key);
    return key;
  }

  std::string collection_key(std::string_view item) {
    const std::string bytes = item_bytes_of(item);
    std::string key;
    append_collection_key(definition(), definition().collections_keyspace,
                          ItemView::trusted(bytes).attributes(), &key);
    return key;
  }

  // Every row of an item that is the only one of its collection; each entry is given as an item,
  // empty where the item is not in the index.
  std::map<std::string, std::string> rows_of(std::string_view item,
                                             const std::vector<std::string>& entries,
                                             std::int64_t collection_bytes) {
    std::map<std::string, std::string> rows = {{table_key(item), item_bytes_of(item)}};
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!entries[i].empty()) rows[index_key(i, item)] = item_bytes_of(entries[i]);
    }
    rows[collection_key(item)] = encode_collection_size(collection_bytes);
    return rows;
  }

  void commit(const std::map<std::string, std::string>& rows) {
    std::vector<RowWrite> writes;
    for (const auto& [key, value] : rows) writes.push_back({.key = key, .value = value});
    ASSERT_TRUE(table_.store().commit(writes));
  }

  void erase(const std::string& key) {
    const RowWrite row{.key = key, .value = {}, .erase = true};
    ASSERT_TRUE(table_.store().commit({&row, 1}));
  }

  void change_definition(const std::function<void(TableDefinition*)>& change) {
    ASSERT_TRUE(table_.catalog().put([&](const Catalog&) -> Result<TableDefinition> {
      TableDefinition changed = definition();
      change(&changed);
      return changed;
    }));
  }

  // Two items: one in all indexes, one in none.
  void fill() {
    commit(rows_of(kItem, {std::string(kItem), std::string(kIncluded), std::string(kKeys)},
                   kItemBytes));
    commit(rows_of(kPlain, {}, kPlainBytes));
  }

  CheckReport check() {
    const Result<CheckReport> report = check_store(table_.store().view());
    EXPECT_TRUE(report);
    EXPECT_EQ(report->problem_count, report->problems.size());
    return *report;
  }

  std::vector<std::string> problems() { return check().problems; }

  static constexpr std::string_view kItem =
      R"({pk: "a", sk: 1, n: -2, s: "t", b: b"b", l: "m", x: true, y: "yy"})";
  static constexpr std::string_view kIncluded = R"({pk: "a", sk: 1, s: "t", b: b"b", x: true})";
  static constexpr std::string_view kKeys = R"({pk: "a", sk: 1, l: "m"})";
  // Of kItem: 3 for pk, 4 for sk, n 4, s 2, b 2, l 2, x 2, y 3; of kKeys: 3 + 4 + 2; 100 for each.
  static constexpr std::int64_t kItemBytes = 22 + 100 + 9 + 100;
  static constexpr std::string_view kPlain = R"({pk: "b", sk: 7})";
  static constexpr std::int64_t kPlainBytes = 7 + 100;

  IndexedTable table_{three_indexes()};
};

TEST_F(StoreCheck, FindsNothingInAStoreWithoutTables) {
  const std::unique_ptr<Store> store = *Store::open({});
  const Result<CheckReport> report = check_store(store->view());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->tables + report->items + report->index_rows + report->problem_count, 0U);
}

TEST_F(StoreCheck, CountsWhatItReadsAndFindsNothingWhereRowsAreRight) {
  fill();
  const CheckReport report = check();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.tables, 1U);
  EXPECT_EQ(report.items, 2U);
  EXPECT_EQ(report.index_rows, 3U);
}

// ---- index rows ----

TEST_F(StoreCheck, ReportsAMissingRowOfEachIndex) {
  fill();
  for (const std::size_t position : {kAll, kInclude, kLocal}) erase(index_key(position, kItem));
  EXPECT_THAT(
      problems(),
      ElementsAre(R"(table t, index by_n, n=-2 pk="a" sk=1: the row of an item is missing)",
                  R"(table t, index by_s, s="t" b=0x62 pk="a" sk=1: the row of an item is missing)",
                  R"(table t, index by_l, pk="a" l="m" sk=1: the row of an item is missing)"));
}

TEST_F(StoreCheck, ReportsRowsOfAnItemThatIsNotThere) {
  fill();
  erase(table_key(kItem));
  erase(collection_key(kItem));
  EXPECT_THAT(
      problems(),
      ElementsAre(R"(table t, index by_n, n=-2 pk="a" sk=1: the row is that of no item)",
                  R"(table t, index by_s, s="t" b=0x62 pk="a" sk=1: the row is that of no item)",
                  R"(table t, index by_l, pk="a" l="m" sk=1: the row is that of no item)"));
}

TEST_F(StoreCheck, ReportsARowOfAnItemThatDoesNotBelongToTheIndex) {
  fill();
  commit({{index_key(kAll, R"({pk: "b", sk: 7, n: 3})"), item_bytes_of(kPlain)}});
  EXPECT_THAT(problems(), ElementsAre(R"(table t, index by_n, n=3 pk="b" sk=7: )"
                                      "the row's item does not belong to the index"));
}

TEST_F(StoreCheck, ReportsARowThatWasLeftBehindWhenTheItemsRowMoved) {
  fill();
  commit({{index_key(kAll, R"({pk: "a", sk: 1, n: 3})"), item_bytes_of(kItem)}});
  EXPECT_THAT(problems(), ElementsAre(R"(table t, index by_n, n=3 pk="a" sk=1: )"
                                      "the row's item makes a row with another key"));
}

TEST_F(StoreCheck, ReportsEntriesThatAreNotWhatTheItemMakes) {
  fill();
  // An older item; an attribute that is not projected; one that is and is not there.
  commit({{index_key(kAll, kItem),
           item_bytes_of(R"({pk: "a", sk: 1, n: -2, s: "t", b: b"b", l: "m", x: false})")},
          {index_key(kInclude, kItem),
           item_bytes_of(R"({pk: "a", sk: 1, s: "t", b: b"b", x: true, y: "yy"})")},
          {index_key(kLocal, kItem), item_bytes_of(R"({pk: "a", sk: 1})")}});
  const std::string fault = "the row's entry is not that of its item";
  EXPECT_THAT(problems(), ElementsAre(R"(table t, index by_n, n=-2 pk="a" sk=1: )" + fault,
                                      R"(table t, index by_s, s="t" b=0x62 pk="a" sk=1: )" + fault,
                                      R"(table t, index by_l, pk="a" l="m" sk=1: )" + fault));
}

TEST_F(StoreCheck, ReportsEntriesThatAreNoItems) {
  fill();
  commit({{index_key(kAll, kItem), "damaged"},
          {index_key(kInclude, kItem), item_bytes_of(R"({pk: "a", s: "t"})")}});
  EXPECT_THAT(problems(),
              ElementsAre(R"(table t, index by_n, n=-2 pk="a" sk=1: the row's entry is damaged)",
                          R"(table t, index by_s, s="t" b=0x62 pk="a" sk=1: )"
                          "the row's entry is damaged"));
}

TEST_F(StoreCheck, ReportsARowWhoseKeyCannotBeReadByItsBytes) {
  fill();
  std::string key;
  append_u32_be(definition().indexes[kAll].keyspace, &key);
  commit({{key + "?", item_bytes_of(kItem)}});
  EXPECT_THAT(problems(), ElementsAre("table t, index by_n, row 0x000000023f: "
                                      "the row's item makes a row with another key"));
}

TEST_F(StoreCheck, AnIndexThatIsBeingBuiltMayLackRowsButHoldsNoWrongOnes) {
  fill();
  change_definition([](TableDefinition* table) { table->indexes[kAll].built = false; });
  erase(index_key(kAll, kItem));
  EXPECT_THAT(problems(), IsEmpty());
  commit({{index_key(kAll, R"({pk: "c", sk: 1, n: 3})"), item_bytes_of(R"({pk: "c", sk: 1})")}});
  EXPECT_THAT(problems(), SizeIs(1));
}

TEST_F(StoreCheck, LeavesOutAnIndexThatIsBeingDeleted) {
  fill();
  change_definition([](TableDefinition* table) {
    table->indexes[kAll].transition.status = TableStatus::deleting;
  });
  erase(index_key(kAll, kItem));
  commit({{index_key(kAll, R"({pk: "c", sk: 1, n: 3})"), "damaged"}});
  const CheckReport report = check();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.index_rows, 2U);
}

TEST_F(StoreCheck, LeavesOutATableThatIsBeingDeleted) {
  fill();
  change_definition(
      [](TableDefinition* table) { table->transition.status = TableStatus::deleting; });
  erase(table_key(kItem));
  const CheckReport report = check();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.tables + report.items + report.index_rows, 0U);
}

TEST_F(StoreCheck, RowsOfNoTableAreNoProblem) {
  fill();
  std::string key;
  append_hash_start(77, 5, &key);
  commit({{key, "left over"}});
  EXPECT_THAT(problems(), IsEmpty());
}

// ---- items ----

TEST_F(StoreCheck, ReportsAnItemWhoseBytesAreDamagedButNotItsIndexRows) {
  fill();
  commit({{table_key(kItem), "damaged"}});
  erase(collection_key(kItem));
  EXPECT_THAT(problems(), ElementsAre(R"(table t, pk="a" sk=1: the item cannot be used: )"
                                      "its bytes are damaged"));
}

TEST_F(StoreCheck, ReportsAnItemThatSaysAnotherSizeThanItHas) {
  fill();
  std::string bytes = item_bytes_of(kPlain);
  put_u32_le(6, 1, &bytes);
  commit({{table_key(kPlain), bytes}});
  erase(collection_key(kPlain));
  EXPECT_THAT(problems(),
              ElementsAre(R"(table t, pk="b" sk=7: the item cannot be used: its size is wrong)"));
}

TEST_F(StoreCheck, ReportsAnItemWithoutItsKey) {
  fill();
  commit({{table_key(R"({pk: "c", sk: 1})"), item_bytes_of(R"({pk: "c", sk: "1"})")}});
  EXPECT_THAT(problems(), ElementsAre(R"(table t, pk="c" sk=1: the item cannot be used: )"
                                      "it lacks a key attribute of the table"));
}

TEST_F(StoreCheck, ReportsAnItemUnderTheKeyOfAnother) {
  fill();
  commit({{table_key(R"({pk: "c", sk: 1})"), item_bytes_of(kPlain)}});
  EXPECT_THAT(problems(), ElementsAre(R"(table t, pk="c" sk=1: the item cannot be used: )"
                                      "it belongs under another key"));
}

// ---- collection sizes ----

TEST_F(StoreCheck, ACollectionIsAllItsItemsAndTheirLocalEntries) {
  fill();
  const std::string more = R"({pk: "b", sk: 8, l: "m"})";
  commit(rows_of(more, {"", "", more}, kPlainBytes + 2 * (9 + 100)));
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(StoreCheck, ReportsACollectionSizeThatIsWrong) {
  fill();
  commit({{collection_key(kItem), encode_collection_size(1)}});
  EXPECT_THAT(problems(), ElementsAre(R"(table t, collection pk="a": its size is kept as 1 bytes, )"
                                      "its items and their entries come to 231"));
}

TEST_F(StoreCheck, ReportsCollectionSizesThatAreMissingOrOfOtherBytes) {
  fill();
  erase(collection_key(kItem));
  commit({{collection_key(kPlain), "damaged"}});
  EXPECT_THAT(problems(), testing::UnorderedElementsAre(
                              R"(table t, collection pk="a": its size is kept as 0 bytes, )"
                              "its items and their entries come to 231",
                              R"(table t, collection pk="b": its size is kept as 0 bytes, )"
                              "its items and their entries come to 107"));
}

TEST_F(StoreCheck, ReportsSizesOfCollectionsWithoutItemsWhereverTheyLie) {
  fill();
  std::vector<std::string> expected;
  for (int i = 0; i < 20; ++i) {
    const std::string pk = std::to_string(i);
    commit({{collection_key("{pk: \"" + pk + "\", sk: 1}"), encode_collection_size(i)}});
    expected.push_back("table t, collection pk=\"" + pk + "\": its size is kept as " + pk +
                       " bytes, its items and their entries come to 0");
  }
  EXPECT_THAT(problems(), testing::UnorderedElementsAreArray(expected));
}

// ---- the catalog ----

TEST_F(StoreCheck, ReportsADamagedDefinitionAndChecksTheOtherTables) {
  fill();
  commit({{std::string("\0\0\0\0T\0other", 11), "damaged"}});
  erase(index_key(kAll, kItem));
  EXPECT_THAT(
      problems(),
      ElementsAre("table other: its definition is damaged",
                  R"(table t, index by_n, n=-2 pk="a" sk=1: the row of an item is missing)"));
}

TEST_F(StoreCheck, ReportsKeyspacesThatServeTwiceOrWereNeverGivenAway) {
  TableDefinition other;
  other.name = "z";
  other.space = "space";
  other.keyspace = definition().keyspace;
  other.key.partition = {{.name = "pk", .type = AttributeType::S}};
  other.collections_keyspace = 99;
  std::string bytes;
  append_definition(other, &bytes);
  commit({{std::string("\0\0\0\0Tspace\0z", 12), bytes}});
  EXPECT_THAT(problems(), ElementsAre("table space/z: keyspace 1 is that of table t",
                                      "table space/z, sizes: keyspace 99 was never given away"));
}

// ---- the whole ----

TEST_F(StoreCheck, CountsAllProblemsAndKeepsTheFirst) {
  constexpr std::size_t kRows = CheckReport::kProblemsMax + 5;
  std::map<std::string, std::string> rows;
  for (std::size_t i = 0; i < kRows; ++i) {
    rows[table_key("{pk: \"c\", sk: " + std::to_string(i) + "}")] = "damaged";
  }
  commit(rows);
  const Result<CheckReport> report = check_store(table_.store().view());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->problem_count, kRows);
  EXPECT_THAT(report->problems, SizeIs(CheckReport::kProblemsMax));
}

TEST_F(StoreCheck, SeesOneMomentWhileOthersWrite) {
  fill();
  const auto rows =
      rows_of(kItem, {std::string(kItem), std::string(kIncluded), std::string(kKeys)}, kItemBytes);
  std::vector<RowWrite> erased;
  for (const auto& [key, value] : rows) erased.push_back({.key = key, .value = {}, .erase = true});
  for (int i = 0; i < 200; ++i) {
    commit(rows_of("{pk: \"" + std::to_string(i) + "\", sk: 10}", {},
                   kPlainBytes + (i < 10    ? 0
                                  : i < 100 ? 1
                                            : 2)));
  }
  std::atomic<bool> stopped{false};
  std::thread writer([&] {
    while (!stopped) {
      EXPECT_TRUE(table_.store().commit(erased));
      commit(rows);
    }
  });
  for (int i = 0; i < 200; ++i) EXPECT_THAT(problems(), IsEmpty());
  stopped = true;
  writer.join();
}

}  // namespace
}  // namespace stator
