// How an event source mapping hands the records of a stream to its function: the parameters of
// CreateEventSourceMapping, with AWS's defaults.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "streams/stream_shards.h"

namespace stator {

// AWS quota "Invocation payload (synchronous)": bytes of one event.
inline constexpr std::size_t kHandlerPayloadBytesMax = 6 * 1024 * 1024;

// AWS: bytes of the state of one tumbling window.
inline constexpr std::size_t kWindowStateBytesMax = 1024 * 1024;

// How long a batch that failed waits: twice as long each time. AWS does not say; ours.
struct RetryDelays {
  std::chrono::milliseconds first = std::chrono::seconds(1);
  std::chrono::milliseconds most = std::chrono::seconds(60);
};

// A value; within the ranges that AWS allows.
struct MappingSettings {
  std::size_t batch_size = 100;                        // BatchSize: records of one invocation
  std::chrono::milliseconds batching_window{0};        // MaximumBatchingWindowInSeconds
  std::size_t parallelization = 1;                     // ParallelizationFactor: 1..10
  std::optional<int> retries_max = {};                 // MaximumRetryAttempts; nullopt: -1
  std::optional<std::chrono::milliseconds> age_max{};  // MaximumRecordAgeInSeconds; nullopt: -1
  bool bisects = false;                                // BisectBatchOnFunctionError
  bool reports_item_failures = false;                  // ReportBatchItemFailures
  std::chrono::milliseconds tumbling_window{0};        // TumblingWindowInSeconds; 0: none
  RetryDelays delays{};
  std::chrono::milliseconds retention = kStreamRetention;  // no record is handed out later
  std::size_t payload_bytes_max = kHandlerPayloadBytesMax;
  // A lane takes what is read for other lanes until it holds this many records. Ours: as many as
  // one read brings.
  std::size_t lane_records_max = 1000;
};

}  // namespace stator
