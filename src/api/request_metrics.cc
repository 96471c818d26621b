#include "api/request_metrics.h"

#include <algorithm>

#include "api/throttle_errors.h"

namespace stator {
namespace {

void add(std::uint64_t count, OperationCounters::Counter* counter) {
  counter->fetch_add(count, std::memory_order_relaxed);
}

std::size_t bucket_of(std::int64_t microseconds) {
  const auto& bounds = kLatencyBoundsMicroseconds;
  return static_cast<std::size_t>(
      std::find_if(bounds.begin(), bounds.end(),
                   [=](std::int64_t bound) { return microseconds <= bound; }) -
      bounds.begin());
}

void add_success(std::chrono::microseconds latency, std::uint64_t returned_items,
                 OperationCounters* counters) {
  // The machine's clock may have gone back.
  const std::int64_t microseconds = std::max<std::int64_t>(latency.count(), 0);
  add(1, &counters->latencies[bucket_of(microseconds)]);
  if (microseconds != 0) {
    add(static_cast<std::uint64_t>(microseconds), &counters->latency_microseconds);
  }
  if (returned_items != 0) add(returned_items, &counters->returned_items);
}

}  // namespace

void RequestNotes::add_table(const std::shared_ptr<RequestCounters>& table) {
  if (std::find(tables.begin(), tables.end(), table) == tables.end()) tables.push_back(table);
}

void RequestNotes::clear() {
  tables.clear();
  returned_items = 0;
  stream = nullptr;
  returned_records = returned_bytes = 0;
  is_throttled = false;
}

void RequestMetrics::count_success(std::optional<DataOperation> operation,
                                   const RequestNotes& notes, std::chrono::microseconds latency) {
  if (notes.stream != nullptr) {
    add_success(latency, notes.returned_records, &notes.stream->requests);
    add(notes.returned_bytes, &notes.stream->returned_bytes);
  }
  if (!operation) return;
  for (const auto& table : notes.tables) {
    OperationCounters& counters = table->of(*operation);
    if (notes.is_throttled) {
      add(1, &counters.throttled);
    } else {
      add_success(latency, notes.returned_items, &counters);
    }
  }
}

// CloudWatch's UserErrors has neither what was throttled nor conditions that failed, nor what met a
// transaction.
void RequestMetrics::count_failure(std::optional<DataOperation> operation,
                                   const RequestNotes& notes, ErrorCode code) {
  const bool is_condition = code == ErrorCode::conditional_check_failed;
  const bool is_transaction =
      code == ErrorCode::transaction_conflict || code == ErrorCode::transaction_canceled;
  if (!is_condition && !is_transaction && !is_throttle(code) && code != ErrorCode::internal) {
    count_user_error();
  }
  if (!operation) return;
  for (const auto& table : notes.tables) {
    OperationCounters& counters = table->of(*operation);
    if (is_condition) add(1, &table->conditional_check_failed);
    if (is_throttle(code)) add(1, &counters.throttled);
    if (code == ErrorCode::internal) add(1, &counters.system_errors);
  }
}

}  // namespace stator
