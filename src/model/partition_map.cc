#include "model/partition_map.h"

#include <algorithm>

#include "base/check.h"

namespace stator {
namespace {

constexpr std::int64_t ceil_divided(std::int64_t value, std::int64_t by) {
  return (value + by - 1) / by;
}

std::uint32_t at_least_one(std::int64_t count) {
  return static_cast<std::uint32_t>(std::max<std::int64_t>(count, 1));
}

// The partitions with each cut in the middle of its range; ids go on from the greatest.
std::vector<Partition> halved(const std::vector<Partition>& whole, TimePoint born) {
  std::uint32_t id = 0;
  for (const Partition& partition : whole) id = std::max(id, partition.id);
  std::vector<Partition> halves;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const std::uint64_t first = whole[i].first_hash;
    const std::uint64_t last = i + 1 < whole.size() ? whole[i + 1].first_hash - 1 : UINT64_MAX;
    const std::uint64_t middle = first + (last - first) / 2 + 1;
    for (const std::uint64_t start : {first, middle}) {
      halves.push_back({.first_hash = start, .id = ++id, .parent = whole[i].id, .born = born});
    }
  }
  return halves;
}

}  // namespace

PartitionMap::PartitionMap() : PartitionMap(even(1, TimePoint{})) {}

PartitionMap PartitionMap::even(std::uint32_t count, TimePoint born) {
  CHECK(count > 0);
  const std::uint64_t width = UINT64_MAX / count;
  std::vector<Partition> partitions;
  for (std::uint32_t i = 0; i < count; ++i) {
    partitions.push_back({.first_hash = i * width, .id = i + 1, .parent = 0, .born = born});
  }
  return of(std::move(partitions));
}

PartitionMap PartitionMap::of(std::vector<Partition> partitions) {
  CHECK(!partitions.empty() && partitions.front().first_hash == 0);
  PartitionMap map{Empty{}};
  map.partitions_ = std::move(partitions);
  return map;
}

PartitionMap PartitionMap::grown_to(std::uint32_t count, TimePoint born) const {
  std::vector<Partition> partitions = partitions_;
  while (partitions.size() < count) partitions = halved(partitions, born);
  return of(std::move(partitions));
}

std::size_t PartitionMap::index_of(std::uint64_t hash) const {
  const auto after = std::upper_bound(
      partitions_.begin(), partitions_.end(), hash,
      [](std::uint64_t value, const Partition& p) { return value < p.first_hash; });
  return static_cast<std::size_t>(after - partitions_.begin()) - 1;
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
