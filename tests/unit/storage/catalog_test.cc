#include "storage/catalog.h"

#include <gmock/gmock.h>

#include <thread>

#include "base/bytes.h"
#include "model/item.h"
#include "storage/row_key.h"
#include "temporary_directory.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::TemporaryDirectory;

constexpr TimePoint kNow(1000s);

TableDefinition definition(std::string name, std::string space = "") {
  TableDefinition table;
  table.space = std::move(space);
  table.name = std::move(name);
  table.table_id = "id";
  table.key.partition = {{.name = "pk", .type = AttributeType::S}};
  return table;
}

// A store and its catalog, as an open database holds them.
struct Opened {
  explicit Opened(const std::string& directory = {})
      : store(*Store::open({.directory = directory})), catalog(*CatalogStore::open(store.get())) {}

  std::shared_ptr<const Table> put(const TableDefinition& table) const {
    Result<std::shared_ptr<const Table>> result =
        catalog->put([&table](const Catalog&) -> Result<TableDefinition> { return table; });
    EXPECT_TRUE(result);
    return *std::move(result);
  }

  const Table* find(std::string_view name, TimePoint now = kNow) const {
    return catalog->snapshot()->find("", name, now);
  }

  // Stores an item with the key `pk`; the statistics are left to the caller, as run_write does.
  void put_item(std::uint32_t keyspace, std::string_view pk) const {
    std::string item;
    ItemWriter writer(&item);
    writer.add("pk");
    append_string(pk, &item);
    writer.finish();
    const RowWrite row{.key = key(keyspace, pk), .value = item};
    ASSERT_TRUE(store->commit({&row, 1}));
  }

  bool has_item(std::uint32_t keyspace, std::string_view pk) const {
    std::string value;
    return *store->get(key(keyspace, pk), &value);
  }

  std::unique_ptr<Store> store;
  std::unique_ptr<CatalogStore> catalog;

 private:
  std::string_view key(std::uint32_t keyspace, std::string_view pk) const {
    std::string value;
    append_string(pk, &value);
    key_.clear();
    append_partition(keyspace, ValueView(value), &key_);
    return key_;
  }
  mutable std::string key_;
};

TEST(Catalog, IsEmptyAtFirst) {
  const Opened opened;
  EXPECT_EQ(opened.find("t"), nullptr);
  EXPECT_EQ(opened.catalog->snapshot()->count("", kNow), 0U);
  EXPECT_THAT(opened.catalog->snapshot()->names("", "", 10, kNow), IsEmpty());
}

TEST(Catalog, FindsATableByItsWholeName) {
  const Opened opened;
  opened.put(definition("table"));
  ASSERT_NE(opened.find("table"), nullptr);
  EXPECT_EQ(opened.find("table")->definition.name, "table");
  EXPECT_EQ(opened.find("tabl"), nullptr);
  EXPECT_EQ(opened.find("tables"), nullptr);
  EXPECT_EQ(opened.find(""), nullptr);
}

TEST(Catalog, NamesAreUniqueWithinTheirNamespaceOnly) {
  const Opened opened;
  const std::shared_ptr<const Table> one = opened.put(definition("t", "one"));
  const std::shared_ptr<const Table> other = opened.put(definition("t", "other"));
  const CatalogSnapshot catalog = opened.catalog->snapshot();
  EXPECT_EQ(catalog->find("one", "t", kNow), one.get());
  EXPECT_EQ(catalog->find("other", "t", kNow), other.get());
  EXPECT_EQ(catalog->find("third", "t", kNow), nullptr);
  EXPECT_EQ(catalog->count("one", kNow), 1U);
  EXPECT_THAT(catalog->names("other", "", 10, kNow), ElementsAre("t"));
}

TEST(Catalog, NamesComeInOrderAfterOneAndUpToALimit) {
  const Opened opened;
  for (const char* const name : {"c", "a", "B", "ab", "d"}) opened.put(definition(name));
  const CatalogSnapshot catalog = opened.catalog->snapshot();
  EXPECT_THAT(catalog->names("", "", 10, kNow), ElementsAre("B", "a", "ab", "c", "d"));
  EXPECT_THAT(catalog->names("", "a", 10, kNow), ElementsAre("ab", "c", "d"));
  EXPECT_THAT(catalog->names("", "aa", 2, kNow), ElementsAre("ab", "c"));
  EXPECT_THAT(catalog->names("", "d", 10, kNow), IsEmpty());
  EXPECT_EQ(catalog->count("", kNow), 5U);
}

TEST(Catalog, ATableThatIsBeingDeletedIsThereUntilThatIsOver) {
  const Opened opened;
  TableDefinition table = definition("t");
  table.transition = {.status = TableStatus::deleting, .until = kNow + 1s};
  opened.put(table);
  const CatalogSnapshot catalog = opened.catalog->snapshot();
  EXPECT_NE(catalog->find("", "t", kNow), nullptr);
  EXPECT_EQ(catalog->count("", kNow), 1U);
  EXPECT_EQ(catalog->find("", "t", kNow + 1s), nullptr);
  EXPECT_EQ(catalog->count("", kNow + 1s), 0U);
  EXPECT_THAT(catalog->names("", "", 10, kNow + 1s), IsEmpty());
}

TEST(CatalogStore, GivesEveryNewTableAKeyspaceOfItsOwn) {
  const Opened opened;
  EXPECT_EQ(opened.put(definition("a"))->definition.keyspace, 1U);
  EXPECT_EQ(opened.put(definition("b"))->definition.keyspace, 2U);
  EXPECT_EQ(opened.put(definition("c", "space"))->definition.keyspace, 3U);
}

TEST(CatalogStore, AChangeKeepsKeyspaceAndStatistics) {
  const Opened opened;
  const std::shared_ptr<const Table> before = opened.put(definition("t"));
  before->statistics->items = 5;
  TableDefinition changed = before->definition;
  changed.deletion_protection = true;
  const std::shared_ptr<const Table> after = opened.put(changed);
  EXPECT_EQ(after->definition, changed);
  EXPECT_EQ(after->statistics, before->statistics);
  EXPECT_EQ(opened.find("t"), after.get());
}

TEST(CatalogStore, ASnapshotDoesNotChange) {
  const Opened opened;
  const std::shared_ptr<const Table> table = opened.put(definition("t"));
  const CatalogSnapshot snapshot = opened.catalog->snapshot();
  opened.put(definition("later"));
  TableDefinition deleted = table->definition;
  deleted.transition = {.status = TableStatus::deleting, .until = kNow};
  opened.put(deleted);
  EXPECT_THAT(snapshot->names("", "", 10, kNow), ElementsAre("t"));
  EXPECT_EQ(snapshot->find("", "t", kNow), table.get());
}

TEST(CatalogStore, ARefusedChangeChangesNothing) {
  const Opened opened;
  opened.put(definition("t"));
  const CatalogSnapshot before = opened.catalog->snapshot();
  const Result<std::shared_ptr<const Table>> refused = opened.catalog->put(
      [](const Catalog&) -> Result<TableDefinition> { return validation_error("no"); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message(), "no");
  EXPECT_EQ(opened.catalog->snapshot(), before);
  EXPECT_EQ(opened.put(definition("u"))->definition.keyspace, 2U);
}

TEST(CatalogStore, DecidesOnTheNewestSnapshotOneAtATime) {
  const Opened opened;
  std::atomic<int> created{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto result =
          opened.catalog->put([](const Catalog& catalog) -> Result<TableDefinition> {
            if (catalog.find("", "t", kNow) != nullptr) return validation_error("it exists");
            return definition("t");
          });
      if (result) ++created;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(created, 1);
}

TEST(CatalogStore, ErasesTheRowsOfATableThatIsBeingDeletedAndThenTheTable) {
  const Opened opened;
  const std::uint32_t other = opened.put(definition("other"))->definition.keyspace;
  TableDefinition table = opened.put(definition("t"))->definition;
  const std::uint32_t after = opened.put(definition("after"))->definition.keyspace;
  for (const std::uint32_t keyspace : {other, table.keyspace, after}) {
    opened.put_item(keyspace, "k");
  }
  table.transition = {.status = TableStatus::deleting, .until = kNow + 1s};
  opened.put(table);

  ASSERT_TRUE(opened.catalog->erase(table, kNow));
  EXPECT_FALSE(opened.has_item(table.keyspace, "k"));
  EXPECT_NE(opened.find("t"), nullptr) << "its deletion is not over";

  opened.put_item(table.keyspace, "written meanwhile");
  ASSERT_TRUE(opened.catalog->erase(table, kNow + 1s));
  EXPECT_FALSE(opened.has_item(table.keyspace, "written meanwhile"));
  EXPECT_EQ(opened.find("t"), nullptr);
  EXPECT_TRUE(opened.has_item(other, "k"));
  EXPECT_TRUE(opened.has_item(after, "k"));
}

TEST(CatalogStore, ErasingAnOldTableLeavesItsSuccessorOfTheSameName) {
  const Opened opened;
  TableDefinition old = opened.put(definition("t"))->definition;
  old.transition = {.status = TableStatus::deleting, .until = kNow};
  opened.put(old);
  const std::uint32_t successor = opened.put(definition("t"))->definition.keyspace;
  EXPECT_NE(successor, old.keyspace);
  opened.put_item(successor, "k");
  ASSERT_TRUE(opened.catalog->erase(old, kNow));
  ASSERT_NE(opened.find("t"), nullptr);
  EXPECT_EQ(opened.find("t")->definition.keyspace, successor);
  EXPECT_TRUE(opened.has_item(successor, "k"));
}

// ---- what a directory keeps ----

class KeptCatalogTest : public testing::Test {
 protected:
  // A table with one item, counted as run_write counts.
  static std::uint32_t create_with_item(const Opened& opened, const char* name) {
    const std::shared_ptr<const Table> table = opened.put(definition(name));
    opened.put_item(table->definition.keyspace, "key");
    table->statistics->items += 1;
    table->statistics->bytes += 5;
    return table->definition.keyspace;
  }

  static void mark_deleting(const Opened& opened, const char* name, TimePoint until) {
    TableDefinition table = opened.find(name)->definition;
    table.transition = {.status = TableStatus::deleting, .until = until};
    opened.put(table);
  }

  const TemporaryDirectory directory_;
};

TEST_F(KeptCatalogTest, TablesAreThereAfterAReopen) {
  TableDefinition kept;
  {
    const Opened opened(directory_.path());
    opened.put(definition("a", "space"));
    kept = opened.put(definition("t"))->definition;
    TableDefinition gone = opened.put(definition("gone"))->definition;
    gone.transition = {.status = TableStatus::deleting, .until = kNow};
    opened.put(gone);
    ASSERT_TRUE(opened.catalog->erase(gone, kNow));
  }
  const Opened opened(directory_.path());
  ASSERT_NE(opened.find("t"), nullptr);
  EXPECT_EQ(opened.find("t")->definition, kept);
  EXPECT_EQ(opened.catalog->snapshot()->count("space", kNow), 1U);
  EXPECT_EQ(opened.find("gone", TimePoint{}), nullptr);
}

TEST_F(KeptCatalogTest, KeyspacesAreNeverUsedTwice) {
  {
    const Opened opened(directory_.path());
    opened.put(definition("a"));
    TableDefinition last = opened.put(definition("b"))->definition;
    last.transition = {.status = TableStatus::deleting, .until = kNow};
    opened.put(last);
    ASSERT_TRUE(opened.catalog->erase(last, kNow));
  }
  const Opened opened(directory_.path());
  EXPECT_EQ(opened.put(definition("c"))->definition.keyspace, 3U);
}

TEST_F(KeptCatalogTest, StatisticsSurviveAnOrderlyClose) {
  {
    const Opened opened(directory_.path());
    const std::shared_ptr<const Table> table = opened.put(definition("t"));
    // Not what a count would find, so that the figures must have been kept.
    table->statistics->items = 123;
    table->statistics->bytes = 9'000'000'000'000;
  }
  const Opened opened(directory_.path());
  EXPECT_EQ(opened.find("t")->statistics->items, 123);
  EXPECT_EQ(opened.find("t")->statistics->bytes, 9'000'000'000'000);
}

TEST_F(KeptCatalogTest, StatisticsAreCountedAgainAfterAKill) {
  const TemporaryDirectory copy;
  {
    const Opened opened(directory_.path());
    const std::uint32_t keyspace = create_with_item(opened, "t");
    opened.put(definition("empty"));
    opened.put_item(keyspace, "another key");
    opened.find("t")->statistics->items = 999;
    testing_support::copy_files(directory_, copy);
  }
  const Opened opened(copy.path());
  EXPECT_EQ(opened.find("t")->statistics->items, 2);
  EXPECT_EQ(opened.find("t")->statistics->bytes, 2 + 3 + 2 + 11);
  EXPECT_EQ(opened.find("empty")->statistics->items, 0);
}

TEST_F(KeptCatalogTest, StatisticsOfAnEarlierCloseAreNotTakenAfterAKill) {
  { create_with_item(Opened(directory_.path()), "t"); }
  const TemporaryDirectory copy;
  {
    const Opened opened(directory_.path());
    opened.put_item(opened.find("t")->definition.keyspace, "another key");
    testing_support::copy_files(directory_, copy);
  }
  EXPECT_EQ(Opened(copy.path()).find("t")->statistics->items, 2);
}

TEST_F(KeptCatalogTest, RowsOfADeletionThatWasCutShortAreErasedAtOpen) {
  std::uint32_t kept = 0;
  std::uint32_t deleting = 0;
  {
    const Opened opened(directory_.path());
    kept = create_with_item(opened, "kept");
    deleting = create_with_item(opened, "deleting");
    mark_deleting(opened, "deleting", kNow);
  }
  const Opened opened(directory_.path());
  EXPECT_TRUE(opened.has_item(kept, "key"));
  EXPECT_FALSE(opened.has_item(deleting, "key"));
}

TEST_F(KeptCatalogTest, RowsOfNoTableAreErasedAtOpen) {
  constexpr std::uint32_t kOrphans[] = {2, 77, 0xFFFFFFFE};
  {
    const Opened opened(directory_.path());
    create_with_item(opened, "t");
    for (const std::uint32_t keyspace : kOrphans) opened.put_item(keyspace, "key");
  }
  const Opened opened(directory_.path());
  for (const std::uint32_t keyspace : kOrphans) {
    EXPECT_FALSE(opened.has_item(keyspace, "key")) << keyspace;
  }
  EXPECT_TRUE(opened.has_item(opened.find("t")->definition.keyspace, "key"));
}

TEST_F(KeptCatalogTest, ADamagedDefinitionIsAnErrorAndNotASmallerCatalog) {
  {
    const Opened opened(directory_.path());
    opened.put(definition("t"));
  }
  const std::unique_ptr<Store> store = *Store::open({.directory = directory_.path()});
  const std::string key("\0\0\0\0T\0t", 7);
  std::string value;
  ASSERT_TRUE(*store->get(key, &value));
  value.resize(value.size() / 2);
  const RowWrite damaged{.key = key, .value = value};
  ASSERT_TRUE(store->commit({&damaged, 1}));
  const Result<std::unique_ptr<CatalogStore>> opened = CatalogStore::open(store.get());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code(), ErrorCode::internal);
}

}  // namespace
}  // namespace stator
