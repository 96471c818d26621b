// A store in memory with a table that has a stream, for the tests of what streams keep.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "storage/catalog.h"
#include "storage/store.h"
#include "streams/stream_store.h"

namespace stator::testing_support {

class StreamTable {
 public:
  static constexpr TimePoint kStart{std::chrono::seconds(1'000'000)};

  explicit StreamTable(std::uint32_t partitions = 1, const ShardTimes& times = {});

  Store& store() { return *store_; }
  StreamStore& streams() { return *streams_; }

  // Changes the table's definition in the catalog and nothing else.
  void change(const std::function<void(TableDefinition*)>& change);

  // Opens the streams again, as after a crash: what was in memory is forgotten.
  void reopen(TimePoint now);

  // Writes an item with the record of its change; the text of the item's key.
  void put(const std::string& key, TimePoint time);

  // Of the table's stream.
  Stream definition() const;
  // The numbers that a reader sees in the only or first shard.
  std::vector<std::uint64_t> numbers(TimePoint oldest = {}) const;

 private:
  std::unique_ptr<Store> store_ = *Store::open({});
  std::unique_ptr<CatalogStore> catalog_ = *CatalogStore::open(store_.get());
  std::unique_ptr<StreamStore> streams_;
  ShardTimes times_;
};

}  // namespace stator::testing_support
