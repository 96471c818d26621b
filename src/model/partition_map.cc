#include "model/partition_map.h"

#include <algorithm>

#include "base/check.h"

namespace stator {

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

std::size_t PartitionMap::index_of(std::uint64_t hash) const {
  const auto after = std::upper_bound(
      partitions_.begin(), partitions_.end(), hash,
      [](std::uint64_t value, const Partition& p) { return value < p.first_hash; });
  return static_cast<std::size_t>(after - partitions_.begin()) - 1;
}

}  // namespace stator
