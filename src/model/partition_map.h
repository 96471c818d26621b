// Which partition a key lies in: ranges of the hash space of one keyspace.
#pragma once

#include <cstdint>
#include <vector>

#include "stator/clock.h"

namespace stator {

// The hashes first_hash .. (the next partition's first_hash) - 1.
struct Partition {
  std::uint64_t first_hash = 0;
  std::uint32_t id = 0;
  std::uint32_t parent = 0;  // 0: none
  TimePoint born{};
  bool operator==(const Partition&) const = default;
};

// Covers the hash space without gaps, in order of first_hash. A value; immutable once published.
class PartitionMap {
 public:
  // One partition for everything.
  PartitionMap();

  // `count` ranges of equal width, with ids from 1.
  static PartitionMap even(std::uint32_t count, TimePoint born);

  // The partitions as a catalog kept them; they must cover the hash space in order.
  static PartitionMap of(std::vector<Partition> partitions);

  // This map with each partition cut in two, as often as it takes to have `count` of them. The
  // halves have ids of their own and know their parent. AWS grows so; it never merges.
  PartitionMap grown_to(std::uint32_t count, TimePoint born) const;

  std::size_t count() const { return partitions_.size(); }
  const std::vector<Partition>& partitions() const { return partitions_; }

  // The position in partitions() of the one that holds `hash`.
  std::size_t index_of(std::uint64_t hash) const;

  bool operator==(const PartitionMap&) const = default;

 private:
  struct Empty {};
  explicit PartitionMap(Empty) {}

  std::vector<Partition> partitions_;
};

// What one partition serves per second.
inline constexpr std::int64_t kPartitionReadUnits = 3000;
inline constexpr std::int64_t kPartitionWriteUnits = 1000;

// AWS: of a new on-demand table.
inline constexpr std::uint32_t kOnDemandPartitions = 4;

// How many partitions it takes to provision these units: they share each partition's capacity.
std::uint32_t partitions_for_provisioned(std::int64_t read_units, std::int64_t write_units);

// How many it takes to serve these units at once: reads and writes are metered apart.
std::uint32_t partitions_for_warm(std::int64_t read_units, std::int64_t write_units);

}  // namespace stator
