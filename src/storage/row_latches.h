// Exclusive latches on row keys: who holds one may read, decide and commit that row.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/thread_annotations.h"

namespace stator {

// A resource shared by all threads. Latches are exact per key: two keys never share one. Keys are
// taken in sorted order, so waiting cannot end in a circle.
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
  Held lock(std::vector<std::string_view> keys);

 private:
  struct Shard {
    Mutex mu;
    std::condition_variable_any freed;
    std::unordered_set<std::string_view> held GUARDED_BY(mu);
    int waiting GUARDED_BY(mu) = 0;
  };

  static constexpr std::size_t kShards = 64;

  Shard& shard_of(std::string_view key);
  void acquire(std::string_view key);
  void release(std::string_view key);

  std::array<Shard, kShards> shards_;
};

}  // namespace stator
