// The backfills of a database, and the thread that runs them.
#pragma once

#include <condition_variable>
#include <deque>
#include <optional>
#include <thread>

#include "base/thread_annotations.h"
#include "storage/catalog.h"
#include "storage/index_backfill.h"
#include "storage/row_latches.h"
#include "storage/store.h"

namespace stator {

// A resource; thread-safe. Has a thread only once a backfill takes longer than its first steps.
// When it goes, what is not finished goes on at the next open.
class Backfills {
 public:
  // All outlive it.
  Backfills(Store* store, CatalogStore* catalog, RowLatches* latches)
      : store_(*store), catalog_(*catalog), latches_(*latches) {}
  Backfills(const Backfills&) = delete;
  Backfills& operator=(const Backfills&) = delete;
  ~Backfills();

  // Starts that of an index which was just added. Where nobody else is using the database the first
  // kItemsAtOnce items are done on the spot, so that a small table's index is there at once.
  //   table  as the catalog published it with the index
  //   errors  internal
  Result<void> start(std::shared_ptr<const Table> table, std::size_t position);

  // Goes on with those that an earlier process left.
  //   errors  internal
  Result<void> resume();

  static constexpr std::size_t kItemsAtOnce = 1024;

 private:
  struct Job {
    IndexBackfill backfill;
    std::shared_ptr<const Table> table;
    std::size_t position;
  };

  void enqueue(Job job);
  void run_thread();
  std::optional<Job> next_job();
  void run(Job* job);
  bool is_wanted(const Job& job) const;
  bool is_stopping();
  Result<void> finish(Job* job);

  Store& store_;
  CatalogStore& catalog_;
  RowLatches& latches_;

  Mutex mu_;
  std::condition_variable_any changed_;
  std::deque<Job> jobs_ GUARDED_BY(mu_);
  bool stopping_ GUARDED_BY(mu_) = false;
  std::thread thread_ GUARDED_BY(mu_);
};

}  // namespace stator
