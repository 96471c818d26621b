// How requests ended, counted for metrics: by table and operation, as CloudWatch does.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.h"
#include "model/request_counters.h"

namespace stator {

// What one request leaves behind for the counters while it runs. A value.
struct RequestNotes {
  std::vector<std::shared_ptr<RequestCounters>> tables;  // those that it found, each once
  std::uint64_t returned_items = 0;                      // of a Query, Scan or SELECT
  std::shared_ptr<StreamCounters> stream;                // of GetRecords, with what it returned:
  std::uint64_t returned_records = 0;
  std::uint64_t returned_bytes = 0;
  bool is_throttled = false;  // all elements of a batch were that is answered nevertheless

  void add_table(const std::shared_ptr<RequestCounters>& table);

  // Forgets everything but its memory.
  void clear();
};

// Counts into the counters of the tables, and by itself what has no table. A resource;
// thread-safe, without a lock: some relaxed atomics a request.
class RequestMetrics {
 public:
  //   operation  nullopt: one that is not counted by table
  void count_success(std::optional<DataOperation> operation, const RequestNotes& notes,
                     std::chrono::microseconds latency);

  //   operation  nullopt: one that is not counted by table
  void count_failure(std::optional<DataOperation> operation, const RequestNotes& notes,
                     ErrorCode code);

  // A request that no operation saw: refused by the transport, or of no operation.
  void count_user_error() { user_errors_.fetch_add(1, std::memory_order_relaxed); }
  std::uint64_t user_errors() const { return user_errors_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> user_errors_{0};
};

}  // namespace stator
