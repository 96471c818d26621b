// Which tables exist: an immutable snapshot, swapped whole, and the rows that keep it.
//
//   keyspace 0 := "N"                   -> next keyspace:u32be
//               | "T" space 0x00 name   -> definition (definition_bytes.h)
//               | "S"                   -> statistics at the last orderly close
//               | "B" keyspace:u32be    -> how far a backfill has come (index_backfill.h,
//                                          expiry_build.h)
//               | "R" keyspace:u32be    -> a stream (streams/stream_bytes.h)
//               | "F" ..                -> what functions keep (functions/function_rows.h)
//               | "I" ..                -> the token of a transaction (transaction_tokens.h)
//               | "C"                   -> where a clock stood (kept_clock.h)
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/thread_annotations.h"
#include "model/request_counters.h"
#include "model/table.h"
#include "storage/snapshot_readers.h"
#include "storage/store.h"

namespace stator {

// How much a table holds now; AWS refreshes its figures every six hours, these are live.
struct TableStatistics {
  std::atomic<std::int64_t> items{0};
  std::atomic<std::int64_t> bytes{0};      // logical sizes, without AWS's 100 bytes for each item
  std::atomic<int> backfilled_percent{0};  // of an index that is being built
};

// A published table. Immutable but for its statistics and counters.
struct Table {
  TableDefinition definition;
  std::shared_ptr<TableStatistics> statistics;
  std::vector<std::shared_ptr<TableStatistics>> index_statistics;  // of definition.indexes
  // Those of all its definitions.
  std::shared_ptr<RequestCounters> requests = nullptr;
  std::shared_ptr<ExpiryProgress> expiry = nullptr;
};

// Orders (namespace, name), and compares it with views of one.
struct TableNameLess {
  using is_transparent = void;
  using View = std::pair<std::string_view, std::string_view>;
  bool operator()(View a, View b) const { return a < b; }
};

// All tables at one moment. Immutable.
class Catalog {
 public:
  using Tables =
      std::map<std::pair<std::string, std::string>, std::shared_ptr<const Table>, TableNameLess>;

  // Null when there is none, or one whose deletion has ended.
  const Table* find(std::string_view space, std::string_view name, TimePoint now) const;
  // The table itself as it is now, not another one of its name; null when it is gone. Those being
  // deleted are there until that is over.
  const Table* find_same(std::string_view space, std::string_view name,
                         std::uint32_t keyspace) const;
  const Table* find_same(const TableDefinition& table) const {
    return find_same(table.space, table.name, table.keyspace);
  }

  // Names of a namespace in order, greater than `after`, at most `limit`.
  std::vector<std::string_view> names(std::string_view space, std::string_view after,
                                      std::size_t limit, TimePoint now) const;

  std::size_t count(std::string_view space, TimePoint now) const;

  // Of every namespace and in every status.
  const Tables& tables() const { return tables_; }

 private:
  friend class CatalogStore;
  Tables tables_;
};

using CatalogSnapshot = std::shared_ptr<const Catalog>;

// The rows that keep the definitions of all tables, those being deleted included.
RowCursor scan_definitions(const StoreView& view);

// The row that keeps the stream whose records lie in a keyspace; the rows of all streams; and the
// keyspace that such a row's key names.
std::string stream_definition_key(std::uint32_t keyspace);
RowCursor scan_stream_definitions(const StoreView& view);
std::uint32_t keyspace_of_stream(std::string_view row_key);

// The keyspace number that the next table, index or stream gets.
Result<std::uint32_t> next_keyspace(const StoreView& view);

// The catalog of a store. A resource; thread-safe: changes run one at a time, reads never wait for
// a disk.
class CatalogStore {
 public:
  // Reads the catalog; counts every table again if the store was not closed in order.
  //   store   outlives it
  //   errors  internal
  static Result<std::unique_ptr<CatalogStore>> open(Store* store);

  // Keeps the statistics for the next open.
  ~CatalogStore();

  CatalogSnapshot snapshot() const;

  // How often it has changed: who remembers the number sees whether there is something new.
  std::uint64_t changes() const { return changes_.load(std::memory_order_acquire); }

  // Waits until nobody works with a catalog from before the newest one; the caller must not either.
  void wait_for_older_readers() const;
  // Whether there would be nothing to wait for.
  bool has_older_readers() const;

  // Runs `decide` on the newest snapshot while no other change can, and stores and publishes the
  // definition that it returns. A table, an index, a stream or an enabled time to live without a
  // keyspace gets its own.
  using Decide = std::function<Result<TableDefinition>(const Catalog&)>;
  Result<std::shared_ptr<const Table>> put(const Decide& decide);

  // Removes the rows of a table whose definition says DELETING, and forgets it if that is over.
  Result<void> erase(const TableDefinition& definition, TimePoint now);

  // Removes all tables, in every namespace and status, and their rows, in one commit.
  Result<void> clear();

  // Removes the rows of an index that is deleted.
  Result<void> erase_rows(std::uint32_t keyspace);

 private:
  explicit CatalogStore(Store* store) : store_(store) {}
  Result<void> load();
  Result<void> load_definitions(Catalog* catalog);
  Result<void> load_statistics(const Catalog& catalog);
  Result<void> recount(const Catalog& catalog);
  Result<void> erase_orphans(const Catalog& catalog);
  // Of the keyspaces from `first` on that a scan comes to.
  Result<void> erase_orphans(std::uint32_t first, const std::set<std::uint32_t>& known);
  void publish(std::unique_ptr<const Catalog> catalog);

  Store* const store_;
  Mutex change_mu_;  // held over a whole change, its commit included
  std::uint32_t next_keyspace_ GUARDED_BY(change_mu_) = 1;
  mutable Mutex mu_;  // held for a pointer's copy
  CatalogSnapshot snapshot_ GUARDED_BY(mu_);
  std::uint64_t generation_ GUARDED_BY(mu_) = 0;
  std::atomic<std::uint64_t> changes_{0};
  const std::shared_ptr<SnapshotReaders> readers_ = std::make_shared<SnapshotReaders>();
};

}  // namespace stator
