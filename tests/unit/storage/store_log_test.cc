// The rows of logs, which are a family of their own.
#include <rocksdb/db.h>

#include <algorithm>

#include "base/bytes.h"
#include "store_fixture.h"

namespace stator {
namespace {

using testing_support::commit;
using testing_support::erased;
using testing_support::keys_in;
using testing_support::name_of_place;
using testing_support::Place;
using testing_support::row;
using testing_support::StoreTest;
using testing_support::TemporaryDirectory;
using testing_support::value_of;

class StoreLogTest : public StoreTest {};

INSTANTIATE_TEST_SUITE_P(Places, StoreLogTest,
                         testing::Values(Place::memory, Place::directory, Place::synced_directory),
                         name_of_place);

// The key of a row of a log.
std::string log_key(std::uint64_t shard, std::uint64_t number) {
  std::string key;
  append_u32_be(kLogKeyspaces | 7, &key);
  append_u32_be(static_cast<std::uint32_t>(shard), &key);
  append_u64_be(number, &key);
  return key;
}

TEST_P(StoreLogTest, RowsOfALogAreInTheCommitOfOtherRows) {
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

TEST_P(StoreLogTest, ALogIsReadInTheOrderOfItsKeys) {
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
TEST_P(StoreLogTest, ManyRowsOfALogAreErasedWhileItGoesOn) {
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
TEST(StoreLog, ADirectoryWithoutALogIsReadAndGetsOne) {
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

}  // namespace
}  // namespace stator
