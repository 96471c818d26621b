// The streams of one database: follows what the catalog says of tables, and what time makes of
// shards. docs/decisions/0008 says how records, shards and readers go together.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "base/thread_annotations.h"
#include "storage/catalog.h"
#include "storage/store.h"
#include "streams/live_stream.h"

namespace stator {

// A resource; thread-safe. It has no thread of its own: whoever writes or reads streams asks it to
// catch up, which costs two loads while there is nothing to do.
class StreamStore {
 public:
  // Reads the streams and finds where each open shard ended.
  //   store, catalog  outlive it
  //   errors          internal
  static Result<std::unique_ptr<StreamStore>> open(Store* store, const CatalogStore* catalog,
                                                   const ShardTimes& times, TimePoint now);

  StreamsSnapshot snapshot() const;

  // Whether some table has a stream that takes records.
  bool has_open() const { return has_open_.load(std::memory_order_acquire); }

  const ShardTimes& times() const { return times_; }

  // Opens, closes and advances streams as the newest catalog says; then does what time has made
  // due, trimming a few shards at a time.
  //   errors  internal; what was done stays done
  Result<void> catch_up(TimePoint now);

  // The same where there is something to do. A store that cannot write says so to whoever writes.
  void catch_up_if_due(TimePoint now);

  // Sets what is called, on any thread, when records were committed or streams have changed; null:
  // nothing. It is quick and calls nothing of this store. Once this returns, the one before it is
  // not called any more.
  void on_change(std::function<void()> notify);

  // Some records or streams are there to be read that were not. Costs a load where nobody listens.
  void note_records() const {
    if (is_listened_to_.load(std::memory_order_acquire)) notify();
  }

  // Removes the streams that no table has any more, though they could still be read, in one commit.
  //   errors  internal, with nothing removed
  Result<void> erase_ended();

 private:
  StreamStore(Store* store, const CatalogStore* catalog, const ShardTimes& times)
      : store_(*store), catalog_(*catalog), times_(times) {}

  Result<void> load();
  Result<void> add_stored(std::string_view bytes) REQUIRES(change_mu_);

  Result<void> follow(const Catalog& catalog, TimePoint now) REQUIRES(change_mu_);
  Result<void> follow(const TableDefinition& table, TimePoint now) REQUIRES(change_mu_);
  Result<void> follow_without_table(const LiveStream& stream, TimePoint now) REQUIRES(change_mu_);
  Result<void> trim_some(TimePoint now) REQUIRES(change_mu_);
  Result<void> trim(const ShardPlace& place, TimePoint now) REQUIRES(change_mu_);

  // Commits a stream's new definition, publishes it, and closes the tails of what it closes.
  Result<void> put(Stream stream, LiveStream::Source source) REQUIRES(change_mu_);
  // Removes all of these streams.
  Result<void> erase(const std::vector<std::uint32_t>& keyspaces) REQUIRES(change_mu_);
  void publish(std::shared_ptr<LiveStreams> streams) REQUIRES(change_mu_);
  TimePoint next_due() const REQUIRES(change_mu_);
  void notify() const;

  Store& store_;
  const CatalogStore& catalog_;
  const ShardTimes times_;
  std::atomic<bool> has_open_{false};
  std::atomic<std::uint64_t> followed_{0};        // of the catalog's changes
  std::atomic<TimePoint> due_{TimePoint::max()};  // when time has the next thing to do
  Mutex change_mu_;                               // held over a whole change
  std::deque<ShardPlace> to_trim_ GUARDED_BY(change_mu_);
  TimePoint next_trim_ GUARDED_BY(change_mu_) = TimePoint::min();
  mutable Mutex mu_;  // held for a pointer's copy
  StreamsSnapshot snapshot_ GUARDED_BY(mu_) = std::make_shared<const LiveStreams>();
  std::atomic<bool> is_listened_to_{false};
  mutable Mutex notify_mu_;  // held while it is called
  std::function<void()> notify_ GUARDED_BY(notify_mu_);
};

}  // namespace stator
