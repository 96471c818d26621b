// The streams that are delivered, behind an interface of what the delivery needs of them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "functions/event_source_mapping.h"
#include "stator/clock.h"
#include "streams/delivery_lineage.h"
#include "streams/stream_shards.h"

namespace stator {

// Which stream. ARNs say no access key, so streams of callers who are isolated may share one.
struct StreamNameView {
  std::string_view space;  // of its table, "KEY/REGION"; empty: not known, or all callers share one
  std::string_view arn;
};

// A stream as it is now. A value.
struct SourceStream {
  std::string arn;
  std::string space;
  std::string region;
  StreamShards shards;  // closed ones too, as long as they can be read
  TimePoint created{};
  std::chrono::milliseconds retention = kStreamRetention;
  bool is_enabled = true;

  StreamNameView name() const { return {space, arn}; }
};

// One record as it lies in its shard.
struct SourceRecord {
  std::uint64_t number = 0;
  std::string bytes;  // streams/stream_record.h
};

struct SourcePage {
  std::vector<SourceRecord> records;  // in order
  std::uint64_t read_through = 0;     // no record up to this one will come later
  bool is_last = false;               // the shard is closed, and there is no record behind these
  // When more can be read though nothing is written, where reading is late; nullopt: never.
  std::optional<TimePoint> more_at;
};

struct SourceLimits {
  std::size_t records_max = 0;
  std::size_t bytes_max = 0;  // of the records; one is read whatever its size is
};

// Thread-safe, and quick: it is asked often. Only what is settled is seen: what was read before
// never changes, and nothing is put before it.
class RecordSource {
 public:
  RecordSource() = default;
  RecordSource(const RecordSource&) = delete;
  RecordSource& operator=(const RecordSource&) = delete;
  virtual ~RecordSource() = default;

  // nullopt: there is none, or none any more.
  virtual std::optional<SourceStream> find(const StreamNameView& name) const = 0;

  // The stream that is enabled on a table; nullopt: no such table, or no stream.
  virtual std::optional<SourceStream> stream_of(std::string_view region,
                                                std::string_view table) const = 0;

  // The records of a shard behind `after`. What is trimmed is left out.
  //   errors  internal: reading failed; resource_not_found: no such stream or shard
  virtual Result<SourcePage> read(const StreamNameView& stream, std::uint32_t shard,
                                  std::uint64_t after, const SourceLimits& limits) const = 0;

  // The last record of a shard that can be read now: where LATEST begins.
  virtual std::uint64_t last_record(const StreamNameView& stream, std::uint32_t shard) const = 0;

  // Sets what is called, on any thread, when there may be more to read, or when streams or shards
  // have changed; null: nothing. It is quick and takes no locks for long.
  virtual void on_change(std::function<void()> notify) = 0;
};

// Where a mapping's stream is; no stream has an empty ARN.
inline StreamNameView stream_name(const EventSourceMapping& mapping) {
  return {mapping.stream_space, mapping.stream_arn};
}

// Where a mapping that starts with LATEST begins.
inline DeliveryCheckpoints latest_checkpoints_of(const RecordSource& source,
                                                 const SourceStream& stream) {
  return latest_checkpoints(stream.shards, [&source, &stream](const Shard& shard) {
    return source.last_record(stream.name(), shard.number);
  });
}

}  // namespace stator
