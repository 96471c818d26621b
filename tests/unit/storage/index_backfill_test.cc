#include "storage/index_backfill.h"

#include <gmock/gmock.h>

#include <string>
#include <thread>

#include "../expression/support.h"
#include "indexed_table.h"
#include "storage/index_row.h"
#include "temporary_directory.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using testing_support::global_index;
using testing_support::IndexedTable;
using testing_support::TemporaryDirectory;

constexpr int kItems = 1000;

IndexDefinition unbuilt_index() {
  IndexDefinition index = global_index("by-n", "n");
  index.built = false;
  return index;
}

IndexBackfill open(IndexedTable* table) {
  return *IndexBackfill::open(&table->store(), &table->latches(), table->table(), 0);
}

// Steps until the end; returns how many it took.
int run(IndexBackfill* backfill) {
  for (int steps = 1;; ++steps) {
    const Result<IndexBackfill::Progress> progress = backfill->step();
    EXPECT_TRUE(progress);
    if (!progress || *progress == IndexBackfill::Progress::finished) return steps;
  }
}

void put_many(IndexedTable* table) {
  for (int i = 0; i < kItems; ++i) {
    table->put("{n: 1, pk: \"" + std::to_string(i) + "\", sk: 0}");
  }
}

const TableStatistics& statistics(const IndexedTable& table) {
  return *table.table()->index_statistics[0];
}

TEST(IndexBackfill, MakesARowForEachItemThatTheIndexHolds) {
  IndexedTable table({unbuilt_index()});
  table.put(R"({n: 1, pk: "a", sk: 1})");
  table.put(R"({n: 1, pk: "a", sk: 2, x: "y"})");
  table.put(R"({pk: "b", sk: 1})");
  table.put(R"({n: "1", pk: "c", sk: 1})");
  IndexBackfill backfill = open(&table);
  run(&backfill);
  EXPECT_THAT(table.entries(0), UnorderedElementsAre(R"({n: 1, pk: "a", sk: 1})",
                                                     R"({n: 1, pk: "a", sk: 2, x: "y"})"));
  EXPECT_EQ(statistics(table).items, 2);
  EXPECT_EQ(statistics(table).bytes, 10 + 12);
}

TEST(IndexBackfill, KeepsOnlyWhatIsProjected) {
  IndexDefinition index = unbuilt_index();
  index.projection = {.type = ProjectionType::keys_only, .attributes = {}};
  IndexedTable table({index});
  table.put(R"({n: 1, pk: "a", sk: 1, x: "y"})");
  IndexBackfill backfill = open(&table);
  run(&backfill);
  EXPECT_THAT(table.entries(0), ElementsAre(R"({n: 1, pk: "a", sk: 1})"));
}

TEST(IndexBackfill, TakesManySteps) {
  IndexedTable table({unbuilt_index()});
  put_many(&table);
  IndexBackfill backfill = open(&table);
  EXPECT_GT(run(&backfill), 5);
  EXPECT_THAT(table.entries(0), SizeIs(kItems));
  EXPECT_EQ(statistics(table).items, kItems);
}

TEST(IndexBackfill, SaysHowFarItIs) {
  IndexedTable table({unbuilt_index()});
  put_many(&table);
  IndexBackfill backfill = open(&table);
  const std::atomic<int>& percent = table.table()->index_statistics[0]->backfilled_percent;
  EXPECT_EQ(percent, 0);
  for (int steps = 0; steps < 5; ++steps) ASSERT_TRUE(backfill.step());
  EXPECT_GT(percent, 30);
  EXPECT_LT(percent, 70);
}

TEST(IndexBackfill, CountsARowThatAWriteMadeOnlyOnce) {
  IndexedTable table({unbuilt_index()});
  table.put(R"({n: 1, pk: "a", sk: 1})");
  IndexBackfill first = open(&table);
  run(&first);
  ASSERT_TRUE(first.forget());
  IndexBackfill again = open(&table);
  run(&again);
  EXPECT_EQ(statistics(table).items, 1);
  EXPECT_EQ(statistics(table).bytes, 10);
}

// Before the backfill begins some write without the index: the rows that others made may be wrong.
TEST(IndexBackfill, RemovesRowsThatNoItemMakes) {
  IndexedTable table({unbuilt_index()});
  table.put(R"({n: 1, pk: "a", sk: 1})");
  table.put(R"({n: 2, pk: "b", sk: 1})");
  table.put(R"({n: 3, pk: "c", sk: 1})");
  IndexBackfill first = open(&table);
  run(&first);
  ASSERT_TRUE(first.forget());
  table.put(R"({n: 4, pk: "a", sk: 1})");
  table.erase(R"({pk: "b", sk: 1})");
  table.put(R"({pk: "c", sk: 1})");
  IndexBackfill again = open(&table);
  run(&again);
  EXPECT_THAT(table.entries(0), ElementsAre(R"({n: 4, pk: "a", sk: 1})"));
  EXPECT_EQ(statistics(table).items, 1);
  EXPECT_EQ(statistics(table).bytes, 10);
}

TEST(IndexBackfill, RenewsARowThatIsOutdated) {
  IndexedTable table({unbuilt_index()});
  table.put(R"({n: 1, pk: "a", sk: 1})");
  IndexBackfill first = open(&table);
  run(&first);
  ASSERT_TRUE(first.forget());
  table.put(R"({n: 1, pk: "a", sk: 1, x: "new"})");
  IndexBackfill again = open(&table);
  run(&again);
  EXPECT_THAT(table.entries(0), ElementsAre(R"({n: 1, pk: "a", sk: 1, x: "new"})"));
  EXPECT_EQ(statistics(table).items, 1);
  EXPECT_EQ(statistics(table).bytes, 14);
}

TEST(IndexBackfill, LeavesOutAnItemThatWentMeanwhile) {
  IndexedTable table({unbuilt_index()});
  table.put(R"({n: 1, pk: "a", sk: 1})");
  IndexBackfill backfill = open(&table);
  table.erase(R"({pk: "a", sk: 1})");
  run(&backfill);
  EXPECT_THAT(table.entries(0), IsEmpty());
}

TEST(IndexBackfill, GoesOnWhereAnEarlierProcessStopped) {
  const TemporaryDirectory directory;
  {
    IndexedTable table({unbuilt_index()}, directory.path());
    put_many(&table);
    IndexBackfill backfill = open(&table);
    for (int i = 0; i < 6; ++i) ASSERT_EQ(*backfill.step(), IndexBackfill::Progress::more);
  }
  IndexedTable table({}, directory.path());
  ASSERT_THAT(table.entries(0), SizeIs(5 * IndexBackfill::kItemsPerStep));
  IndexBackfill backfill = open(&table);
  EXPECT_LE(run(&backfill), 4) << "what was done is not done again";
  EXPECT_THAT(table.entries(0), SizeIs(kItems));
  EXPECT_EQ(statistics(table).items, kItems);
}

TEST(IndexBackfill, WaitsForTheLatchOfAnItem) {
  IndexedTable table({unbuilt_index()});
  table.put(R"({n: 1, pk: "a", sk: 1})");
  std::string key;
  const std::string item = testing_support::item_bytes_of(R"({pk: "a", sk: 1})");
  append_table_row_key(table.table()->definition, ItemView::trusted(item).attributes(), &key);
  IndexBackfill backfill = open(&table);
  std::thread worker;
  {
    const RowLatches::Held held = table.latches().lock({key});
    worker = std::thread([&] { run(&backfill); });
    for (int i = 0; i < 1000; ++i) std::this_thread::yield();
    table.put(R"({n: 2, pk: "a", sk: 1})");
  }
  worker.join();
  EXPECT_THAT(table.entries(0), ElementsAre(R"({n: 2, pk: "a", sk: 1})"));
}

}  // namespace
}  // namespace stator
