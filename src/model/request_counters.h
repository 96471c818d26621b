// What was asked of one table since the database was opened, counted for metrics.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

namespace stator {

// The operations that CloudWatch tells apart.
enum class DataOperation : std::uint8_t {
  batch_execute_statement,
  batch_get_item,
  batch_write_item,
  delete_item,
  execute_statement,
  execute_transaction,
  get_item,
  put_item,
  query,
  scan,
  transact_get_items,
  transact_write_items,
  update_item,
};

// As CloudWatch's dimension Operation has them.
inline constexpr std::array<std::string_view, 13> kDataOperationNames = {"BatchExecuteStatement",
                                                                         "BatchGetItem",
                                                                         "BatchWriteItem",
                                                                         "DeleteItem",
                                                                         "ExecuteStatement",
                                                                         "ExecuteTransaction",
                                                                         "GetItem",
                                                                         "PutItem",
                                                                         "Query",
                                                                         "Scan",
                                                                         "TransactGetItems",
                                                                         "TransactWriteItems",
                                                                         "UpdateItem"};

// The upper bounds of the latency histogram, in microseconds; what is above the last has a bucket
// of its own. Ours: from a read of memory to a write that waits for a disk.
inline constexpr std::array<std::int64_t, 12> kLatencyBoundsMicroseconds = {
    100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 50'000, 100'000, 250'000, 1'000'000};

// Thread-safe: relaxed atomics, of which each is right by itself.
struct OperationCounters {
  using Counter = std::atomic<std::uint64_t>;

  std::array<Counter, kLatencyBoundsMicroseconds.size() + 1> latencies{};  // of what succeeded
  Counter latency_microseconds{0};                                         // their sum
  Counter returned_items{0};
  Counter throttled{0};
  Counter system_errors{0};
};

inline void add_one(OperationCounters::Counter* counter) {
  counter->fetch_add(1, std::memory_order_relaxed);
}

// Of GetRecords on one stream. A resource of the stream, shared by its definitions; thread-safe as
// above.
struct StreamCounters {
  OperationCounters requests;  // its items are records
  OperationCounters::Counter returned_bytes{0};
};

// A resource of a table, shared by its definitions; thread-safe as above.
struct RequestCounters {
  std::array<OperationCounters, kDataOperationNames.size()> operations{};
  OperationCounters::Counter conditional_check_failed{0};
  OperationCounters::Counter transaction_conflicts{0};  // of items

  OperationCounters& of(DataOperation operation) {
    return operations[static_cast<std::size_t>(operation)];
  }
};

}  // namespace stator
