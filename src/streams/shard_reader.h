// Reading the records of one shard: a page of GetRecords is one scan.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "base/result.h"
#include "storage/store.h"
#include "streams/live_stream.h"
#include "streams/stream_record.h"

namespace stator {

// AWS: records, and bytes of records, of one page of GetRecords.
inline constexpr std::size_t kStreamPageRecordsMax = 1000;
inline constexpr std::size_t kStreamPageBytesMax = 1024 * 1024;

// Which records can be seen.
struct RecordWindow {
  TimePoint oldest{};  // what is older was trimmed, or is about to be
  TimePoint newest{};  // what is younger shows later
};

struct ShardPageLimits {
  std::size_t records = kStreamPageRecordsMax;
  std::size_t bytes = kStreamPageBytesMax;  // of keys and images; the first record always fits
};

struct ShardPage {
  std::uint64_t next = 0;  // the first record that was not read
  bool is_end = false;     // of a closed shard
  // When the next record was written, which is younger than the window; nullopt: that ended
  // nothing.
  std::optional<TimePoint> next_created = {};
};

// Hands out the records of a shard from `next` on (a number or kTrimHorizon), the oldest first.
//   visit   gets a record and its number; the record is good until it returns
//   errors  trimmed_data_access: `next` is a record that can no longer be read; internal
using VisitRecord = std::function<void(std::uint64_t number, const StreamRecordView& record)>;
Result<ShardPage> read_shard(const Store& store, const LiveStream& stream, const Shard& shard,
                             std::uint64_t next, const RecordWindow& window,
                             const ShardPageLimits& limits, const VisitRecord& visit);

// The record with which a reader of all that can still be read begins: the first that is not older
// than `oldest`, or the next one that comes. Looks at a few rows, however many there are: times
// grow with numbers.
Result<std::uint64_t> trim_horizon(const Store& store, const LiveStream& stream, const Shard& shard,
                                   TimePoint oldest);

// The last record that was ever in the shard; nullopt where there was none.
Result<std::optional<std::uint64_t>> last_record(const Store& store, const LiveStream& stream,
                                                 const Shard& shard);

}  // namespace stator
