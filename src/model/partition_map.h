// Which partition a key lies in: ranges of one keyspace, cut between hashes or inside a hash.
//
//   position := hash:u64be key bytes      what stands behind the keyspace in a row key; memcmp
//   order
//
// A partition begins at a position and ends where the next one begins. Most begin at a hash (no key
// bytes); one that was cut out of a hot item collection begins behind the collection's first keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "stator/clock.h"

namespace stator {

// Of a position: its hash.
inline constexpr std::size_t kPositionHashBytes = 8;

// From (first_hash, first_key) up to where the next partition begins.
struct Partition {
  std::uint64_t first_hash = 0;
  std::string first_key = {};  // key bytes behind the hash; empty: the whole hash
  std::uint32_t id = 0;        // from 1; never used twice in one map
  std::uint32_t parent = 0;    // 0: none
  TimePoint born{};
  bool operator==(const Partition&) const = default;

  // Where it begins.
  std::string position() const;
};

// A partition that was cut: its children name it as their parent.
struct FormerPartition {
  std::uint32_t id = 0;
  std::uint32_t parent = 0;
  TimePoint born{};
  TimePoint ended{};
  bool operator==(const FormerPartition&) const = default;
};

// How many former partitions a map remembers; ours. A table of 40 partitions has fewer than 40 when
// all came of one, so this holds the lineage of many tables' lives, and of a day of streams.
inline constexpr std::size_t kFormerPartitionsMax = 1024;

// Covers the positions without gaps, in order, with the lineage of partitions that are gone. A
// value; immutable once published: what changes a map returns another.
class PartitionMap {
 public:
  // One partition for everything.
  PartitionMap();

  // `count` ranges of equal width, with ids from 1.
  static PartitionMap even(std::uint32_t count, TimePoint born);

  // Whether partitions that a catalog kept may become a map: some, in order, the first from 0.
  static bool covers(const std::vector<Partition>& partitions);

  // The partitions as a catalog kept them; they cover the positions.
  static PartitionMap of(std::vector<Partition> partitions,
                         std::vector<FormerPartition> former = {});

  // This map with each partition cut in the middle of its hashes, as often as it takes to have
  // `count` of them. The halves have ids of their own and know their parent. AWS grows so; it never
  // merges. A partition inside of one hash has no middle and stays.
  PartitionMap grown_to(std::uint32_t count, TimePoint now) const;

  // This map with the partition around `position` cut there: two children, with greater ids than
  // any before. A partition that begins there already stays, so a decision may be applied late or
  // twice.
  //   position  at least the bytes of a hash
  PartitionMap split_at(std::string_view position, TimePoint now) const;

  std::size_t count() const { return partitions_.size(); }
  const std::vector<Partition>& partitions() const { return partitions_; }

  // Those that were cut, in the order in which they ended; the latest kFormerPartitionsMax.
  const std::vector<FormerPartition>& former() const { return former_; }

  // The place in partitions() of the one where the keys of `hash` begin.
  std::size_t index_of(std::uint64_t hash) const;

  // The place in partitions() of the one that holds `position` (at least the bytes of a hash).
  std::size_t index_of(std::string_view position) const;

  // The last hash of which the partition holds keys.
  std::uint64_t last_hash(std::size_t index) const;

  bool operator==(const PartitionMap&) const = default;

 private:
  struct Empty {};
  explicit PartitionMap(Empty) {}

  // This map with each partition cut in two that has a middle.
  PartitionMap halved(TimePoint now) const;
  void retire(const Partition& partition, TimePoint now);
  std::uint32_t last_id() const;

  std::vector<Partition> partitions_;
  std::vector<FormerPartition> former_;
};

// The first hash of one of `count` equal shares of all hashes, as far as these divide.
std::uint64_t hash_share(std::uint64_t share, std::uint64_t count);

// A position without key bytes: where the keys of `hash` begin.
std::string hash_position(std::uint64_t hash);

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
