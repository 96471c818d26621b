// A store in each of the places where one can be.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/store.h"
#include "temporary_directory.h"

namespace stator::testing_support {

inline RowWrite row(std::string_view key, std::string_view value) {
  return {.key = key, .value = value};
}

inline RowWrite erased(std::string_view key) {
  return {.key = key, .value = {}, .erase = true};
}

inline void commit(Store* store, std::vector<RowWrite> rows) {
  ASSERT_TRUE(store->commit(rows));
}

inline std::string value_of(const Store& store, std::string_view key) {
  std::string value = "from before";
  const Result<bool> found = store.get(key, &value);
  EXPECT_TRUE(found);
  return *found ? value : "(none)";
}

inline std::vector<std::string> keys_in(const Store& store, const RowRange& range) {
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

inline std::string name_of_place(const testing::TestParamInfo<Place>& place) {
  constexpr std::string_view kNames[] = {"InMemory", "InADirectory", "Synced"};
  return std::string(kNames[static_cast<std::size_t>(place.param)]);
}

}  // namespace stator::testing_support
