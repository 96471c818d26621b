#include "api/operation_metrics.h"

#include <array>
#include <string>
#include <vector>

#include "base/real_text.h"

namespace stator {
namespace {

using Rows = std::span<const RequestsRow>;
using Streams = std::span<const StreamsRow>;

std::uint64_t value_of(const OperationCounters::Counter& counter) {
  return counter.load(std::memory_order_relaxed);
}

std::uint64_t succeeded(const OperationCounters& counters) {
  std::uint64_t count = 0;
  for (const auto& bucket : counters.latencies) count += value_of(bucket);
  return count;
}

bool was_used(const OperationCounters& counters) {
  return succeeded(counters) + value_of(counters.throttled) + value_of(counters.system_errors) > 0;
}

// Calls `write(operation, labels, counters)` for what a table was asked for at all: a series for
// each operation of each table would be some ten thousand lines of zeros.
template <typename Write>
void for_each_operation(Rows tables, const Write& write) {
  for (const RequestsRow& table : tables) {
    for (std::size_t i = 0; i < kDataOperationNames.size(); ++i) {
      const OperationCounters& counters = table.requests->operations[i];
      if (!was_used(counters)) continue;
      const std::array<MetricLabel, 2> labels = {
          {{kTableLabel, table.name}, {"operation", kDataOperationNames[i]}}};
      write(static_cast<DataOperation>(i), labels, counters);
    }
  }
}

void write_operation_counter(Rows tables, const MetricFamily& family,
                             OperationCounters::Counter OperationCounters::*counter,
                             MetricsText* text) {
  text->begin(family);
  for_each_operation(tables,
                     [&](DataOperation, const auto& labels, const OperationCounters& counters) {
                       text->sample("", labels, static_cast<double>(value_of(counters.*counter)));
                     });
}

bool returns_items(DataOperation operation) {
  return operation == DataOperation::query || operation == DataOperation::scan ||
         operation == DataOperation::execute_statement;
}

void write_returned_items(Rows tables, MetricsText* text) {
  text->begin({.name = "dynamodb_returned_item_count_total",
               .kind = MetricKind::counter,
               .help = "ReturnedItemCount: items that Query, Scan and ExecuteStatement returned."});
  for_each_operation(
      tables, [&](DataOperation operation, const auto& labels, const OperationCounters& counters) {
        if (!returns_items(operation)) return;
        text->sample("", labels, static_cast<double>(value_of(counters.returned_items)));
      });
}

constexpr double kMicrosecondsInSecond = 1e6;

std::string bound_text(std::size_t bucket) {
  if (bucket == kLatencyBoundsMicroseconds.size()) return "+Inf";
  std::array<char, kRealTextBytesMax> digits;
  const auto bound = static_cast<double>(kLatencyBoundsMicroseconds[bucket]);
  return {digits.data(), write_real(bound / kMicrosecondsInSecond, digits.data())};
}

void write_latency(std::span<const MetricLabel> labels, const OperationCounters& counters,
                   MetricsText* text) {
  std::vector<MetricLabel> bucket(labels.begin(), labels.end());
  bucket.emplace_back();
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < counters.latencies.size(); ++i) {
    below += value_of(counters.latencies[i]);
    const std::string bound = bound_text(i);
    bucket.back() = {"le", bound};
    text->sample("_bucket", bucket, static_cast<double>(below));
  }
  text->sample(
      "_sum", labels,
      static_cast<double>(value_of(counters.latency_microseconds)) / kMicrosecondsInSecond);
  text->sample("_count", labels, static_cast<double>(below));
}

// Calls `write(labels, counters)` for each stream that was read.
template <typename Write>
void for_each_stream(Streams streams, const Write& write) {
  for (const StreamsRow& stream : streams) {
    if (!was_used(stream.counters->requests)) continue;
    const std::array<MetricLabel, 3> labels = {
        {{kTableLabel, stream.table}, {"operation", "GetRecords"}, {"stream_label", stream.label}}};
    write(labels, *stream.counters);
  }
}

void write_latencies(Rows tables, Streams streams, MetricsText* text) {
  text->begin({.name = "dynamodb_successful_request_latency_seconds",
               .kind = MetricKind::histogram,
               .help = "SuccessfulRequestLatency: by the database's clock, without the network."});
  for_each_operation(tables,
                     [&](DataOperation, const auto& labels, const OperationCounters& counters) {
                       write_latency(labels, counters, text);
                     });
  for_each_stream(streams, [&](const auto& labels, const StreamCounters& counters) {
    write_latency(labels, counters.requests, text);
  });
}

void write_returned_records(Streams streams, MetricsText* text) {
  text->begin({.name = "dynamodb_returned_records_count_total",
               .kind = MetricKind::counter,
               .help = "ReturnedRecordsCount: change records that GetRecords returned."});
  for_each_stream(streams, [&](const auto& labels, const StreamCounters& counters) {
    text->sample("", labels, static_cast<double>(value_of(counters.requests.returned_items)));
  });
  text->begin({.name = "dynamodb_returned_bytes_total",
               .kind = MetricKind::counter,
               .help = "ReturnedBytes: bytes of change records that GetRecords returned."});
  for_each_stream(streams, [&](const auto& labels, const StreamCounters& counters) {
    text->sample("", labels, static_cast<double>(value_of(counters.returned_bytes)));
  });
}

void write_table_counter(Rows tables, OperationCounters::Counter RequestCounters::*counter,
                         MetricsText* text) {
  for (const RequestsRow& table : tables) {
    const MetricLabel label{kTableLabel, table.name};
    text->sample("", {&label, 1}, static_cast<double>(value_of(table.requests->*counter)));
  }
}

}  // namespace

void write_operation_metrics(Rows tables, Streams streams, MetricsText* text) {
  write_latencies(tables, streams, text);
  write_returned_items(tables, text);
  write_returned_records(streams, text);
  write_operation_counter(tables,
                          {"dynamodb_throttled_requests_total", MetricKind::counter,
                           "ThrottledRequests: requests that failed because they were throttled."},
                          &OperationCounters::throttled, text);
  write_operation_counter(tables,
                          {"dynamodb_system_errors_total", MetricKind::counter,
                           "SystemErrors: requests that were answered with status 500."},
                          &OperationCounters::system_errors, text);
  text->begin({.name = "dynamodb_conditional_check_failed_requests_total",
               .kind = MetricKind::counter,
               .help = "ConditionalCheckFailedRequests: writes whose condition was false."});
  write_table_counter(tables, &RequestCounters::conditional_check_failed, text);
  text->begin({.name = "dynamodb_time_to_live_deleted_item_count_total",
               .kind = MetricKind::counter,
               .help = "TimeToLiveDeletedItemCount: items that were deleted because they had "
                       "expired."});
  for (const RequestsRow& table : tables) {
    const MetricLabel label{kTableLabel, table.name};
    text->sample("", {&label, 1}, static_cast<double>(value_of(table.expiry->deleted)));
  }
  text->begin({.name = "dynamodb_transaction_conflict_total",
               .kind = MetricKind::counter,
               .help = "TransactionConflict: items that were refused for another's transaction."});
  write_table_counter(tables, &RequestCounters::transaction_conflicts, text);
}

}  // namespace stator
