// The streams of a database at one moment, and where their shards grow.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/partition_map.h"
#include "model/request_counters.h"
#include "streams/shard_tail.h"
#include "streams/stream.h"
#include "streams/stream_rows.h"

namespace stator {

// A record's place between being taken and being committed; see TakenRecord.
struct TakenPlace {
  std::uint32_t shard = 0;
  TakenRecord record;
};

// How far readers of a shard may go now.
struct ShardEnd {
  std::uint64_t settled = UINT64_MAX;  // the last record that they may read
  bool is_final = true;                // no record will come behind it
};

// A stream, and where each of its shards grows. Immutable once published but for the tails and
// counters, which are thread-safe.
class LiveStream {
 public:
  // Of all shards that were open since the database is.
  using Tails = std::map<std::uint32_t, std::shared_ptr<ShardTail>>;

  // The table whose changes it takes.
  struct Source {
    std::uint32_t keyspace = 0;  // 0: it takes none any more
    PartitionMap partitions;     // to which the open shards belong
    bool operator==(const Source&) const = default;
  };

  // Each partition of a source has an open shard, and each open shard a tail.
  //   counters  of the definition before it
  LiveStream(Stream stream, Source source, Tails tails,
             std::shared_ptr<StreamCounters> counters = std::make_shared<StreamCounters>());

  const Stream& definition() const { return stream_; }
  const Source& source() const { return source_; }
  const Tails& tails() const { return tails_; }
  const std::shared_ptr<StreamCounters>& counters() const { return counters_; }
  ShardPlace place_of(const Shard& shard) const { return {stream_.keyspace, shard.number}; }

  // The number of the next record of an item; nullopt: the stream takes none, or its shards have
  // just changed, and a newer LiveStream knows. Called under the item's latch.
  //   position  of the item (model/partition_map.h)
  std::optional<TakenPlace> take(std::string_view position) const;

  ShardEnd end_of(const Shard& shard) const;

 private:
  struct OpenShard {
    std::uint32_t number = 0;
    ShardTail* tail = nullptr;
  };

  const Stream stream_;
  const Source source_;
  const Tails tails_;
  const std::shared_ptr<StreamCounters> counters_;
  std::vector<OpenShard> open_;  // of the partitions of the source, in their order
};

// All streams at one moment. Immutable once published.
class LiveStreams {
 public:
  using ByKeyspace = std::map<std::uint32_t, std::shared_ptr<const LiveStream>>;

  // By their keyspaces, and so in the order in which they came.
  const ByKeyspace& all() const { return streams_; }

  // The one in that keyspace; null when there is none.
  const LiveStream* find(std::uint32_t keyspace) const;

  // The one that takes the changes of a table now; null when there is none.
  //   table_keyspace  of the table's rows
  const LiveStream* find_open(std::uint32_t table_keyspace) const;

  // The one that an ARN names, as long as it can be read; null when there is none.
  const LiveStream* find(std::string_view space, const StreamArnView& arn, TimePoint now,
                         const ShardTimes& times) const;

  // A time for a new stream of a table, not before `now`, that no stream of a table of that name
  // has.
  TimePoint free_label(std::string_view space, std::string_view table, TimePoint now) const;

 private:
  friend class StreamStore;
  ByKeyspace streams_;
  std::unordered_map<std::uint32_t, std::shared_ptr<const LiveStream>> open_;  // by table
};

using StreamsSnapshot = std::shared_ptr<const LiveStreams>;

}  // namespace stator
