#include "storage/store.h"

#include <gmock/gmock.h>
#include <rocksdb/db.h>

#include <algorithm>
#include <thread>

#include "base/bytes.h"
#include "temporary_directory.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::TemporaryDirectory;

RowWrite row(std::string_view key, std::string_view value) {
  return {.key = key, .value = value};
}

RowWrite erased(std::string_view key) {
  return {.key = key, .value = {}, .erase = true};
}

void commit(Store* store, std::vector<RowWrite> rows) {
  ASSERT_TRUE(store->commit(rows));
}

std::string value_of(const Store& store, std::string_view key) {
  std::string value = "from before";
  const Result<bool> found = store.get(key, &value);
  EXPECT_TRUE(found);
  return *found ? value : "(none)";
}

std::vector<std::string> keys_in(const Store& store, const RowRange& range) {
  std::vector<std::string> keys;
  RowCursor rows = store.scan(range);
  for (; rows.valid(); rows.next()) {
    EXPECT_EQ(rows.value(), "value of " + std::string(rows.key()));
    keys.emplace_back(rows.key());
  }
  EXPECT_TRUE(rows.finished());
  return keys;
}

// Every test of a store runs in memory and in a directory.
enum class Place { memory, directory, synced_directory };

class StoreTest : public testing::TestWithParam<Place> {
 protected:
  StoreTest() { open(); }

  void open() {
    Result<std::unique_ptr<Store>> opened = Store::open(options());
    ASSERT_TRUE(opened) << opened.error().message();
    store_ = *std::move(opened);
  }

  StoreOptions options() const {
    if (GetParam() == Place::memory) return {};
    return {.directory = directory_.path(), .sync_commits = GetParam() == Place::synced_directory};
  }

  // Rows a, c, e and g.
  void fill() {
    commit(store_.get(), {row("a", "value of a"), row("c", "value of c"), row("e", "value of e"),
                          row("g", "value of g")});
  }

  const TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
};

std::string name_of_place(const testing::TestParamInfo<Place>& place) {
  constexpr std::string_view kNames[] = {"InMemory", "InADirectory", "Synced"};
  return std::string(kNames[static_cast<std::size_t>(place.param)]);
}

INSTANTIATE_TEST_SUITE_P(Places, StoreTest,
                         testing::Values(Place::memory, Place::directory, Place::synced_directory),
                         name_of_place);

TEST_P(StoreTest, ReadsWhatWasCommitted) {
  commit(store_.get(), {row("k", "one")});
  EXPECT_EQ(value_of(*store_, "k"), "one");
  EXPECT_EQ(value_of(*store_, "other"), "(none)");
  EXPECT_EQ(value_of(*store_, ""), "(none)");
}

TEST_P(StoreTest, OverwritesAndErases) {
  commit(store_.get(), {row("k", "one"), row("l", "one")});
  commit(store_.get(), {row("k", "two"), erased("l"), erased("never there")});
  EXPECT_EQ(value_of(*store_, "k"), "two");
  EXPECT_EQ(value_of(*store_, "l"), "(none)");
}

TEST_P(StoreTest, TheLaterOfTwoWritesOfACommitStands) {
  commit(store_.get(), {row("k", "one"), row("k", "two"), row("l", "one"), erased("l")});
  EXPECT_EQ(value_of(*store_, "k"), "two");
  EXPECT_EQ(value_of(*store_, "l"), "(none)");
}

TEST_P(StoreTest, TakesAnyBytesAndLargeValues) {
  using namespace std::string_literals;
  const std::string large(1'000'000, '\0');
  commit(store_.get(), {row("\0\xFF"s, large), row("empty", "")});
  EXPECT_EQ(value_of(*store_, "\0\xFF"s), large);
  EXPECT_EQ(value_of(*store_, "empty"), "");
}

TEST_P(StoreTest, AnEmptyCommitDoesNothing) {
  commit(store_.get(), {});
  EXPECT_THAT(keys_in(*store_, {}), IsEmpty());
}

TEST_P(StoreTest, ScansFromTheFirstUpToTheEnd) {
  fill();
  EXPECT_THAT(keys_in(*store_, {.first = "a", .end = "g"}), ElementsAre("a", "c", "e"));
  EXPECT_THAT(keys_in(*store_, {.first = "b", .end = "f"}), ElementsAre("c", "e"));
  EXPECT_THAT(keys_in(*store_, {.first = "c", .end = "d"}), ElementsAre("c"));
  EXPECT_THAT(keys_in(*store_, {.first = "d", .end = "e"}), IsEmpty());
}

TEST_P(StoreTest, ScansTheSameRangeBackward) {
  fill();
  EXPECT_THAT(keys_in(*store_, {.first = "a", .end = "g", .backward = true}),
              ElementsAre("e", "c", "a"));
  EXPECT_THAT(keys_in(*store_, {.first = "b", .end = "f", .backward = true}),
              ElementsAre("e", "c"));
  EXPECT_THAT(keys_in(*store_, {.first = "d", .end = "e", .backward = true}), IsEmpty());
}

TEST_P(StoreTest, AnEmptyEndIsNoBound) {
  fill();
  EXPECT_THAT(keys_in(*store_, {}), ElementsAre("a", "c", "e", "g"));
  EXPECT_THAT(keys_in(*store_, {.first = "c", .end = {}}), ElementsAre("c", "e", "g"));
  EXPECT_THAT(keys_in(*store_, {.first = "c", .end = {}, .backward = true}),
              ElementsAre("g", "e", "c"));
}

TEST_P(StoreTest, ARangeThatEndsBeforeItStartsIsEmpty) {
  fill();
  EXPECT_THAT(keys_in(*store_, {.first = "f", .end = "b"}), IsEmpty());
  EXPECT_THAT(keys_in(*store_, {.first = "f", .end = "b", .backward = true}), IsEmpty());
  EXPECT_THAT(keys_in(*store_, {.first = "c", .end = "c"}), IsEmpty());
  EXPECT_THAT(keys_in(*store_, {.first = "c", .end = "c", .backward = true}), IsEmpty());
}

TEST_P(StoreTest, AScanSeesOneMoment) {
  fill();
  RowCursor rows = store_->scan({});
  commit(store_.get(), {row("b", "new"), erased("c"), row("e", "new")});
  std::vector<std::string> seen;
  for (; rows.valid(); rows.next()) seen.emplace_back(rows.value());
  EXPECT_THAT(seen, ElementsAre("value of a", "value of c", "value of e", "value of g"));
}

TEST_P(StoreTest, AViewSeesOneMoment) {
  fill();
  const StoreView view = store_->view();
  commit(store_.get(), {row("a", "new"), row("b", "new"), erased("c")});
  ASSERT_TRUE(store_->erase_range("e", "f"));
  std::vector<std::string> seen;
  RowCursor rows = view.scan({.first = "b", .end = {}, .backward = true});
  for (; rows.valid(); rows.next()) seen.emplace_back(rows.value());
  EXPECT_TRUE(rows.finished());
  EXPECT_THAT(seen, ElementsAre("value of g", "value of e", "value of c"));
  std::string value;
  EXPECT_TRUE(*view.get("a", &value));
  EXPECT_EQ(value, "value of a");
  EXPECT_TRUE(*view.get("c", &value));
  EXPECT_EQ(value, "value of c");
  EXPECT_FALSE(*view.get("b", &value));
}

TEST_P(StoreTest, ACursorCanBeMoved) {
  fill();
  RowCursor first = store_->scan({.first = "c", .end = "f"});
  RowCursor rows = std::move(first);
  ASSERT_TRUE(rows.valid());
  EXPECT_EQ(rows.key(), "c");
  rows.next();
  EXPECT_EQ(rows.key(), "e");
  rows.next();
  EXPECT_FALSE(rows.valid());
}

TEST_P(StoreTest, ErasesARangeWithoutItsEnd) {
  fill();
  ASSERT_TRUE(store_->erase_range("b", "g"));
  EXPECT_THAT(keys_in(*store_, {}), ElementsAre("a", "g"));
  EXPECT_THAT(keys_in(*store_, {.first = {}, .end = {}, .backward = true}), ElementsAre("g", "a"));
  commit(store_.get(), {row("c", "value of c")});
  EXPECT_THAT(keys_in(*store_, {}), ElementsAre("a", "c", "g"));
}

TEST_P(StoreTest, CommitsOfManyThreadsAllArrive) {
  constexpr int kThreads = 4;
  constexpr int kCommits = 50;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < kCommits; ++i) {
        const std::string key = std::to_string(thread) + "-" + std::to_string(i);
        commit(store_.get(), {row(key, "value of " + key)});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(keys_in(*store_, {}).size(), std::size_t{kThreads * kCommits});
}

TEST_P(StoreTest, KnowsItsName) {
  EXPECT_EQ(store_->name(), GetParam() == Place::memory ? "memory" : directory_.path());
}

TEST_P(StoreTest, ReopenedHoldsWhatWasCommitted) {
  fill();
  commit(store_.get(), {erased("c")});
  ASSERT_TRUE(store_->erase_range("e", "f"));
  store_.reset();
  open();
  if (GetParam() == Place::memory) {
    EXPECT_THAT(keys_in(*store_, {}), IsEmpty());
  } else {
    EXPECT_THAT(keys_in(*store_, {}), ElementsAre("a", "g"));
  }
}

// The key of a row of a log.
std::string log_key(std::uint64_t shard, std::uint64_t number) {
  std::string key;
  append_u32_be(kLogKeyspaces | 7, &key);
  append_u32_be(static_cast<std::uint32_t>(shard), &key);
  append_u64_be(number, &key);
  return key;
}

TEST_P(StoreTest, RowsOfALogAreInTheCommitOfOtherRows) {
  const std::string first = log_key(1, 1);
  const std::string second = log_key(1, 2);
  commit(store_.get(), {row("k", "one"), row(first, "a"), row(second, "b")});
  {
    const StoreView view = store_->view();
    commit(store_.get(), {row("k", "two"), erased(first)});
    std::string before;
    EXPECT_TRUE(view.get(first, &before));
    EXPECT_EQ(before, "a");
  }
  EXPECT_EQ(value_of(*store_, first), "(none)");
  EXPECT_EQ(value_of(*store_, second), "b");
  EXPECT_EQ(value_of(*store_, "k"), "two");
  if (GetParam() == Place::memory) return;
  store_.reset();
  open();
  EXPECT_EQ(value_of(*store_, second), "b");
}

TEST_P(StoreTest, ALogIsReadInTheOrderOfItsKeys) {
  std::vector<std::string> keys;
  for (const std::uint64_t shard : {2U, 1U, 3U}) {
    for (std::uint64_t number = 1; number <= 100; ++number) keys.push_back(log_key(shard, number));
  }
  // One of each shard in turn, as writers of several partitions do it.
  for (std::size_t i = 0; i < 100; ++i) {
    for (const std::size_t shard : {0U, 100U, 200U}) {
      const std::string& key = keys[shard + i];
      const std::string value = "value of " + key;
      commit(store_.get(), {row(key, value), row("k", value)});
    }
  }
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(keys_in(*store_, {.first = log_key(1, 0), .end = log_key(4, 0)}), keys);
  EXPECT_TRUE(store_->erase_range(log_key(1, 0), log_key(3, 51)));
  EXPECT_EQ(keys_in(*store_, {.first = log_key(1, 0), .end = {}}),
            std::vector<std::string>(keys.end() - 50, keys.end()));
}

// More rows than are erased one by one, while the log goes on behind and before them.
TEST_P(StoreTest, ManyRowsOfALogAreErasedWhileItGoesOn) {
  constexpr std::uint64_t kRows = 1500;
  constexpr std::uint64_t kErased = 1400;
  std::vector<std::string> left;
  for (std::uint64_t shard = 1; shard <= 3; ++shard) {
    for (std::uint64_t i = 1; i <= kRows; ++i) {
      const std::string key = log_key(shard, i);
      commit(store_.get(), {row(key, "value of " + key), row(log_key(9, i * shard), "other")});
    }
    // From the number that no row has, from the first row on, and from one in the middle.
    ASSERT_TRUE(store_->erase_range(log_key(shard, shard - 1), log_key(shard, kErased + 1)));
    const std::string next = log_key(shard, kRows + 1);
    commit(store_.get(), {row(next, "value of " + next)});
    if (shard == 3) left.push_back(log_key(shard, 1));
    for (std::uint64_t i = kErased + 1; i <= kRows + 1; ++i) left.push_back(log_key(shard, i));
  }
  EXPECT_EQ(keys_in(*store_, {.first = log_key(1, 0), .end = log_key(4, 0)}), left);
  if (GetParam() == Place::memory) return;
  store_.reset();
  open();
  EXPECT_EQ(keys_in(*store_, {.first = log_key(1, 0), .end = log_key(4, 0)}), left);
}

// As an earlier version left it.
TEST(Store, ADirectoryWithoutALogIsReadAndGetsOne) {
  const TemporaryDirectory directory;
  const StoreOptions options = {.directory = directory.path()};
  ASSERT_TRUE(Store::open(options));
  {
    rocksdb::DB* db = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    const std::vector<rocksdb::ColumnFamilyDescriptor> families = {
        {rocksdb::kDefaultColumnFamilyName, {}}, {"log", {}}};
    ASSERT_TRUE(rocksdb::DB::Open({}, directory.path() + "/rows", families, &handles, &db).ok());
    ASSERT_TRUE(db->DropColumnFamily(handles.back()).ok());
    ASSERT_TRUE(db->Put({}, "k", "one").ok());
    for (rocksdb::ColumnFamilyHandle* handle : handles) {
      ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
    }
    delete db;
  }
  {
    const auto read = Store::open({.directory = directory.path(), .read_only = true});
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(value_of(**read, "k"), "one");
    EXPECT_EQ(value_of(**read, log_key(1, 1)), "(none)");
  }
  const auto store = Store::open(options);
  ASSERT_TRUE(store) << store.error().message();
  const std::string key = log_key(1, 1);
  commit(store->get(), {row(key, "a")});
  EXPECT_EQ(value_of(**store, key), "a");
  EXPECT_EQ(value_of(**store, "k"), "one");
}

TEST(Store, InMemoryIsAnotherEachTime) {
  const std::unique_ptr<Store> one = *Store::open({});
  const std::unique_ptr<Store> other = *Store::open({});
  commit(one.get(), {row("k", "one")});
  EXPECT_EQ(value_of(*other, "k"), "(none)");
}

// The files as kill -9 would leave them: copied while the store has them open.
TEST(Store, KeepsEveryCommitOfAProcessThatWasKilled) {
  const TemporaryDirectory killed;
  const TemporaryDirectory copy;
  const std::unique_ptr<Store> store = *Store::open({.directory = killed.path()});
  for (int i = 0; i < 100; ++i) {
    const std::string key = std::to_string(i);
    commit(store.get(), {row(key, "value of " + key)});
  }
  testing_support::copy_files(killed, copy);
  Result<std::unique_ptr<Store>> reopened = Store::open({.directory = copy.path()});
  ASSERT_TRUE(reopened) << reopened.error().message();
  EXPECT_EQ(keys_in(**reopened, {}).size(), 100U);
}

TEST(Store, IsReadWithoutAChangeToItsDirectoryAlsoAfterAKill) {
  const TemporaryDirectory killed;
  const TemporaryDirectory copy;
  const std::unique_ptr<Store> written = *Store::open({.directory = killed.path()});
  commit(written.get(), {row("k", "value of k")});
  testing_support::copy_files(killed, copy);
  const auto before = copy.listing();
  for (int i = 0; i < 2; ++i) {
    const auto store = Store::open({.directory = copy.path(), .read_only = true});
    ASSERT_TRUE(store) << store.error().message();
    EXPECT_THAT(keys_in(**store, {}), ElementsAre("k"));
    const RowWrite refused = row("l", "value of l");
    EXPECT_FALSE((*store)->commit({&refused, 1}));
  }
  EXPECT_EQ(copy.listing(), before);
}

TEST(Store, IsNotCreatedToBeRead) {
  const TemporaryDirectory directory;
  directory.write("STATOR", "stator format 1\n");
  const auto before = directory.listing();
  const auto store = Store::open({.directory = directory.path(), .read_only = true});
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().message(), testing::HasSubstr(directory.path()));
  EXPECT_EQ(directory.listing(), before);
}

TEST(Store, ThatCannotBeOpenedSaysWhyInOneLine) {
  const TemporaryDirectory directory;
  directory.write("file", "content");
  const Result<std::unique_ptr<Store>> opened =
      Store::open({.directory = directory.path_of("file")});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code(), ErrorCode::internal);
  EXPECT_EQ(opened.error().message(),
            "cannot use the directory " + directory.path_of("file") + ": it is not a directory");
}

TEST(Store, InUseIsRefusedAndLeftAlone) {
  const TemporaryDirectory directory;
  const std::unique_ptr<Store> store = *Store::open({.directory = directory.path()});
  commit(store.get(), {row("k", "one")});
  const auto before = directory.listing();
  EXPECT_FALSE(Store::open({.directory = directory.path()}));
  EXPECT_EQ(directory.listing(), before);
  EXPECT_EQ(value_of(*store, "k"), "one");
}

TEST(Store, DamagedRowFilesAreAnErrorThatNamesTheDirectory) {
  const TemporaryDirectory directory;
  { const std::unique_ptr<Store> store = *Store::open({.directory = directory.path()}); }
  directory.write("rows/CURRENT", "damaged\n");
  const Result<std::unique_ptr<Store>> opened = Store::open({.directory = directory.path()});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code(), ErrorCode::internal);
  EXPECT_THAT(opened.error().message(), testing::HasSubstr(directory.path()));
  EXPECT_THAT(opened.error().message(), testing::Not(testing::HasSubstr("\n")));
}

}  // namespace
}  // namespace stator
