// The shards of one stream: which are open, which came from which, and when each ends.
//
// A shard belongs to a partition of the table, so a stream has as many open shards as its table has
// partitions. It ends when its partition is cut, when it has grown old, or when the stream is
// disabled; what was cut has a child for each part, what grew old has one child.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/partition_map.h"
#include "stator/clock.h"

namespace stator {

// AWS: how long a record can be read.
inline constexpr std::chrono::milliseconds kStreamRetention = std::chrono::hours(24);
// AWS: how long a shard takes records; its examples are 4 to 4.5 hours apart.
inline constexpr std::chrono::milliseconds kShardRollover = std::chrono::hours(4);

struct ShardTimes {
  std::chrono::milliseconds rollover = kShardRollover;
  std::chrono::milliseconds retention = kStreamRetention;
};

struct Shard {
  std::uint32_t number = 0;      // from 1; never used twice in one stream
  std::uint32_t parent = 0;      // 0: none
  std::uint32_t generation = 0;  // shards between it and its first ancestor
  std::uint32_t partition = 0;   // the id in the table's map
  TimePoint created{};
  std::optional<TimePoint> closed = {};
  std::uint64_t trimmed = 0;  // its records up to this one are gone
  bool operator==(const Shard&) const = default;

  bool is_open() const { return !closed.has_value(); }
};

// "shardId-00000001414562045508-0000002a": 20 digits of milliseconds since 1970, and the number.
// The ids of one stream sort in the order in which its shards came.
std::string shard_id(const Shard& shard);

// A value; what changes it returns another.
class StreamShards {
 public:
  // None: of a stream that is gone.
  StreamShards() = default;

  // One open shard for each partition.
  static StreamShards opened(const PartitionMap& partitions, TimePoint now);

  // As a store kept them. nullopt unless each is younger than its parent and has a number of its
  // own, in order.
  static std::optional<StreamShards> of(std::vector<Shard> shards);

  // What they have become by `now`: shards whose partition was cut, or which are old, are closed
  // and have children. The same shards where nothing is due.
  StreamShards advanced(const PartitionMap& partitions, TimePoint now,
                        const ShardTimes& times) const;

  // All closed: of a stream that is disabled.
  StreamShards closed(TimePoint now) const;

  // Without those whose last record can no longer be read.
  StreamShards without_expired(TimePoint now, const ShardTimes& times) const;

  // With the records of a shard up to `record` gone.
  StreamShards trimmed(std::uint32_t number, std::uint64_t record) const;

  // All, the oldest first: by number, and so by id.
  const std::vector<Shard>& all() const { return shards_; }

  // Null when there is none, or none any more.
  const Shard* find(std::uint32_t number) const;
  const Shard* find(std::string_view id) const;

  // What DescribeStream lists: all whose id comes after `id`, which need not be one; and those that
  // are direct children of a shard.
  std::vector<const Shard*> after(std::string_view id) const;
  std::vector<const Shard*> children_of(std::uint32_t number) const;

  // The open shard that takes the records of a partition; null when there is none.
  const Shard* open_shard_of(std::uint32_t partition) const;

  // When the next open shard will be as old as a shard becomes; nullopt: none is open.
  std::optional<TimePoint> next_rollover(const ShardTimes& times) const;

  bool operator==(const StreamShards&) const = default;

 private:
  void add_child(const Shard& parent, std::uint32_t partition, TimePoint now);
  TimePoint not_before_newest(TimePoint now) const;

  std::vector<Shard> shards_;
  std::uint32_t last_number_ = 0;
};

}  // namespace stator
