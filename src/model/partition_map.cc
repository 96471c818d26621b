#include "model/partition_map.h"

#include <algorithm>
#include <tuple>

#include "base/bytes.h"
#include "base/check.h"

namespace stator {
namespace {

constexpr std::int64_t ceil_divided(std::int64_t value, std::int64_t by) {
  return (value + by - 1) / by;
}

std::uint32_t at_least_one(std::int64_t count) {
  return static_cast<std::uint32_t>(std::max<std::int64_t>(count, 1));
}

// A position taken apart; the key's bytes are whoever's it was made of.
struct PositionView {
  std::uint64_t hash;
  std::string_view key;
};

PositionView start_of(const Partition& partition) {
  return {partition.first_hash, partition.first_key};
}

PositionView parsed(std::string_view position) {
  CHECK(position.size() >= kPositionHashBytes);
  return {load_u64_be(position.data()), position.substr(kPositionHashBytes)};
}

bool before(const PositionView& a, const PositionView& b) {
  return a.hash != b.hash ? a.hash < b.hash : a.key < b.key;
}

// Where the position is when all partitions are as wide; near it after few splits.
std::size_t even_index(std::size_t count, std::uint64_t hash) {
  return static_cast<std::size_t>((hash >> 32U) * count >> 32U);
}

std::size_t index_around(const std::vector<Partition>& partitions, const PositionView& position) {
  const std::size_t guess = even_index(partitions.size(), position.hash);
  const bool is_behind =
      guess + 1 == partitions.size() || before(position, start_of(partitions[guess + 1]));
  if (is_behind && !before(position, start_of(partitions[guess]))) return guess;
  const auto after = std::upper_bound(partitions.begin(), partitions.end(), position,
                                      [](const PositionView& p, const Partition& partition) {
                                        return before(p, start_of(partition));
                                      });
  return static_cast<std::size_t>(after - partitions.begin()) - 1;
}

}  // namespace

std::uint64_t hash_share(std::uint64_t share, std::uint64_t count) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(share) << 64) / count);
}

std::string hash_position(std::uint64_t hash) {
  std::string position;
  append_u64_be(hash, &position);
  return position;
}

std::string Partition::position() const {
  return hash_position(first_hash) + first_key;
}

PartitionMap::PartitionMap() : PartitionMap(even(1, TimePoint{})) {}

PartitionMap PartitionMap::even(std::uint32_t count, TimePoint born) {
  CHECK(count > 0);
  std::vector<Partition> partitions;
  for (std::uint32_t i = 0; i < count; ++i) {
    partitions.push_back(
        {.first_hash = hash_share(i, count), .id = i + 1, .parent = 0, .born = born});
  }
  return of(std::move(partitions));
}

bool PartitionMap::covers(const std::vector<Partition>& partitions) {
  if (partitions.empty() || partitions.front().first_hash != 0) return false;
  if (!partitions.front().first_key.empty()) return false;
  const auto not_behind = [](const Partition& a, const Partition& b) {
    return !before(start_of(a), start_of(b));
  };
  return std::adjacent_find(partitions.begin(), partitions.end(), not_behind) == partitions.end();
}

PartitionMap PartitionMap::of(std::vector<Partition> partitions,
                              std::vector<FormerPartition> former) {
  CHECK(covers(partitions));
  PartitionMap map{Empty{}};
  map.partitions_ = std::move(partitions);
  map.former_ = std::move(former);
  return map;
}

// The greatest id ever is never gone: what is cut has children with greater ones.
std::uint32_t PartitionMap::last_id() const {
  std::uint32_t id = 0;
  for (const Partition& partition : partitions_) id = std::max(id, partition.id);
  return id;
}

void PartitionMap::retire(const Partition& partition, TimePoint now) {
  if (former_.size() == kFormerPartitionsMax) former_.erase(former_.begin());
  former_.push_back(
      {.id = partition.id, .parent = partition.parent, .born = partition.born, .ended = now});
}

std::uint64_t PartitionMap::last_hash(std::size_t index) const {
  if (index + 1 == partitions_.size()) return UINT64_MAX;
  const Partition& next = partitions_[index + 1];
  return next.first_key.empty() ? next.first_hash - 1 : next.first_hash;
}

PartitionMap PartitionMap::halved(TimePoint now) const {
  PartitionMap map{Empty{}};
  map.former_ = former_;
  std::uint32_t id = last_id();
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    const Partition& whole = partitions_[i];
    const std::uint64_t last = last_hash(i);
    if (whole.first_hash == last) {
      map.partitions_.push_back(whole);
      continue;
    }
    const std::uint64_t middle = whole.first_hash + (last - whole.first_hash) / 2 + 1;
    map.partitions_.push_back(whole);
    map.partitions_.push_back({.first_hash = middle});
    for (Partition* half : {&*(map.partitions_.end() - 2), &map.partitions_.back()}) {
      half->id = ++id;
      half->parent = whole.id;
      half->born = now;
    }
    map.retire(whole, now);
  }
  return map;
}

PartitionMap PartitionMap::grown_to(std::uint32_t count, TimePoint now) const {
  PartitionMap map = *this;
  while (map.count() < count) map = map.halved(now);
  return map;
}

PartitionMap PartitionMap::split_at(std::string_view position, TimePoint now) const {
  const PositionView at = parsed(position);
  const std::size_t index = index_around(partitions_, at);
  const Partition whole = partitions_[index];
  if (!before(start_of(whole), at)) return *this;
  PartitionMap map = *this;
  const std::uint32_t id = last_id();
  Partition& low = map.partitions_[index];
  low.id = id + 1;
  low.parent = whole.id;
  low.born = now;
  map.partitions_.insert(map.partitions_.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                         {.first_hash = at.hash,
                          .first_key = std::string(at.key),
                          .id = id + 2,
                          .parent = whole.id,
                          .born = now});
  map.retire(whole, now);
  return map;
}

std::size_t PartitionMap::index_of(std::uint64_t hash) const {
  return index_around(partitions_, {hash, {}});
}

std::size_t PartitionMap::index_of(std::string_view position) const {
  return index_around(partitions_, parsed(position));
}

std::uint32_t partitions_for_provisioned(std::int64_t read_units, std::int64_t write_units) {
  constexpr std::int64_t kReadsOfAWrite = kPartitionReadUnits / kPartitionWriteUnits;
  return at_least_one(ceil_divided(read_units + write_units * kReadsOfAWrite, kPartitionReadUnits));
}

std::uint32_t partitions_for_warm(std::int64_t read_units, std::int64_t write_units) {
  return at_least_one(std::max(ceil_divided(read_units, kPartitionReadUnits),
                               ceil_divided(write_units, kPartitionWriteUnits)));
}

}  // namespace stator
