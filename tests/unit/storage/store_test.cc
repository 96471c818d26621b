#include "storage/store.h"

#include <gmock/gmock.h>

#include <thread>

#include "store_fixture.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::commit;
using testing_support::erased;
using testing_support::keys_in;
using testing_support::name_of_place;
using testing_support::Place;
using testing_support::row;
using testing_support::StoreTest;
using testing_support::TemporaryDirectory;
using testing_support::value_of;

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
