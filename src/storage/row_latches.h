// Exclusive latches on row keys: who holds one may read, decide and commit that row.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/thread_annotations.h"

namespace stator {

// What a latch is held for.
enum class LatchUse : std::uint8_t {
  write,        // of items, for as long as one commit takes
  transaction,  // which may be held for long: writes of its items are refused
  upkeep,       // ours: backfills, sizes of collections
};

// A resource shared by all threads. Latches are exact per key: two keys never share one. Keys are
// taken in sorted order, so waiting cannot end in a circle; who takes several lots takes those of
// items first and those of collections last.
class RowLatches {
 public:
  RowLatches() = default;
  RowLatches(const RowLatches&) = delete;
  RowLatches& operator=(const RowLatches&) = delete;

  // The latches of one write; gives them back when it goes. The key bytes belong to the caller and
  // must outlive it.
  class Held {
   public:
    Held(Held&& other) noexcept = default;
    Held& operator=(Held&&) = delete;
    ~Held();

   private:
    friend class RowLatches;
    explicit Held(RowLatches* latches) : latches_(latches) {}
    RowLatches* latches_;
    std::vector<std::string_view> keys_;  // empty once moved from
  };

  // Waits until all keys are free; takes each once, however often it is named.
  Held lock(std::vector<std::string_view> keys, LatchUse use = LatchUse::upkeep);

  // The same, but does not wait for transactions.
  //   refused  takes the keys that a transaction holds; those are not latched
  Held lock_beside_transactions(std::vector<std::string_view> keys, LatchUse use,
                                std::vector<std::string_view>* refused);

  // Whether somebody is just writing the row.
  bool is_being_written(std::string_view key);

 private:
  struct Shard {
    Mutex mu;
    std::condition_variable_any freed;
    std::unordered_map<std::string_view, LatchUse> held GUARDED_BY(mu);
    int waiting GUARDED_BY(mu) = 0;
  };

  enum class OnTransaction : std::uint8_t { wait, refuse };

  static constexpr std::size_t kShards = 64;

  Shard& shard_of(std::string_view key);
  bool acquire(std::string_view key, LatchUse use, OnTransaction on_transaction);
  void release(std::string_view key);

  std::array<Shard, kShards> shards_;
};

}  // namespace stator
