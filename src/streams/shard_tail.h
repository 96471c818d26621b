// Where an open shard grows: gives records their numbers, and says how far readers may go.
//
// A writer takes a number before its batch is committed, so batches may be committed in another
// order than that of their numbers. A reader that went past a record that is still on its way would
// never see it; it therefore goes up to settled(), below which nothing is on its way.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "base/thread_annotations.h"

namespace stator {

class ShardTail;

// A record's number between being taken and being committed, or given up. A resource of one thread;
// the tail outlives it.
class TakenRecord {
 public:
  TakenRecord(TakenRecord&& other) noexcept;
  TakenRecord& operator=(TakenRecord&&) = delete;
  ~TakenRecord();

  std::uint64_t number() const { return number_; }

 private:
  friend class ShardTail;
  TakenRecord(ShardTail* tail, std::uint64_t number) : tail_(tail), number_(number) {}

  ShardTail* tail_;
  std::uint64_t number_;
};

// A resource; thread-safe; no call waits for anything but a few instructions of another.
class ShardTail {
 public:
  //   next  the number of the first record that it gives; all before it are settled
  explicit ShardTail(std::uint64_t next) : next_(next) {}
  ShardTail(const ShardTail&) = delete;
  ShardTail& operator=(const ShardTail&) = delete;

  // The number of the next record; nullopt once the tail is closed: then the shard has children,
  // and one of them takes the record. Called under the latch of the item, which is held over the
  // commit: so the records of one item are numbered in the order of its changes.
  std::optional<TakenRecord> take();

  // No record is taken from now on.
  void close();

  // The last record of which everything up to it is committed or given up.
  std::uint64_t settled() const;

  // Whether the last record of a closed shard is settled: what readers see now is all of it.
  bool is_drained() const;

 private:
  friend class TakenRecord;
  void settle(std::uint64_t number);

  mutable Mutex mu_;  // held for a few instructions, never over a commit
  std::uint64_t next_ GUARDED_BY(mu_);
  // Whether each record from next_ - size on is settled; the first is not.
  std::deque<bool> pending_ GUARDED_BY(mu_);
  bool closed_ GUARDED_BY(mu_) = false;
};

}  // namespace stator
