// The deletion of items that have expired, and the thread that does it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>

#include "api/expiry_writes.h"
#include "base/thread_annotations.h"
#include "storage/catalog.h"
#include "storage/expiry_build.h"

namespace stator {

struct Engine;

// Finds what has expired by the expiry rows, and deletes it with run_write, which looks again under
// the item's latch. A resource; thread-safe. Has a thread only once a table has a time to live that
// the thread is needed for: on a clock that is moved by hand requests catch up themselves, so that
// the same requests meet the same items every time.
class Expirations {
 public:
  // The engine outlives it.
  explicit Expirations(Engine* engine);
  Expirations(const Expirations&) = delete;
  Expirations& operator=(const Expirations&) = delete;
  ~Expirations();

  // Goes on with what an earlier process left.
  //   errors  internal
  Result<void> resume();

  // The table's time to live was changed: makes the rows of its items, or drops them. Those of a
  // small table that nobody else is using are made on the spot, of others by the thread.
  //   table  as the catalog published it
  //   errors  internal
  Result<void> start(std::shared_ptr<const Table> table);

  // Deletes everything that has expired at `now`. The caller holds no latch.
  void catch_up(TimePoint now);

  // The same on a clock that is moved by hand, once for each time; else nothing.
  void catch_up_if_moved(TimePoint now) {
    if (!any_.load(std::memory_order_relaxed) || !is_manual_ || caught_up_.load() == now) return;
    catch_up(now);
  }

  static constexpr std::size_t kItemsAtOnce = 1024;  // that are looked at on the spot

 private:
  // A table by what stays the same when its definition changes.
  struct TableName {
    std::string space;
    std::string name;
    std::uint32_t keyspace = 0;
  };
  // A batch of one sweep of one table.
  struct Batch {
    TableName table;
    ExpiryWindow window;
    std::string at = {};  // the first expiry row that was not looked at
  };

  void run_thread();
  bool wait_for_work();
  std::optional<ExpiryBuild> next_build();
  void enqueue(std::optional<ExpiryBuild> build);
  bool is_stopping() const { return stopping_.load(); }

  void run_build(ExpiryBuild* build);
  bool is_wanted(const ExpiryBuild& build) const;
  Result<void> finish(ExpiryBuild* build);
  Result<void> drop_rows(const TableDefinition& definition);
  Result<void> sweep(const Table& table, TimePoint now);
  Result<bool> delete_batch(Batch* batch);
  Result<void> run_deletions(const Table& table, std::span<const std::string> row_keys,
                             const ExpiryWindow& window);

  Engine& engine_;
  const bool is_manual_;
  std::atomic<bool> any_{false};  // whether some table has a time to live
  std::atomic<bool> stopping_{false};
  std::atomic<TimePoint> caught_up_;  // to where the last sweep of all tables went

  Mutex sweep_mu_;  // held over a sweep of all tables: one runs at a time

  Mutex mu_;
  std::condition_variable_any changed_;
  std::deque<ExpiryBuild> builds_ GUARDED_BY(mu_);
  std::thread thread_ GUARDED_BY(mu_);
};

}  // namespace stator
