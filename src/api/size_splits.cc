#include "api/size_splits.h"

#include <numeric>

#include "storage/row_key.h"

namespace stator {
namespace {

// The row key at which a partition begins.
std::string row_key_of(const Partition& partition, std::uint32_t keyspace) {
  return keyspace_start(keyspace) + partition.position();
}

std::vector<double> stored_bytes(const Store& store, const PartitionMap& partitions,
                                 std::uint32_t keyspace) {
  std::vector<double> bytes;
  std::string first = row_key_of(partitions.partitions().front(), keyspace);
  for (std::size_t i = 0; i < partitions.count(); ++i) {
    std::string end = i + 1 < partitions.count()
                          ? row_key_of(partitions.partitions()[i + 1], keyspace)
                          : keyspace_end(keyspace);
    bytes.push_back(static_cast<double>(store.approximate_bytes(first, end)));
    first = std::move(end);
  }
  return bytes;
}

}  // namespace

std::vector<SplitDecision> size_splits(const Store& store, const PartitionMap& partitions,
                                       const RowBytes& rows, std::int64_t bytes_max) {
  if (rows.total <= bytes_max) return {};
  const std::vector<double> stored = stored_bytes(store, partitions, rows.keyspace);
  const double whole = std::accumulate(stored.begin(), stored.end(), 0.0);
  if (whole <= 0) return {};
  std::vector<std::int64_t> bytes;
  for (const double each : stored) {
    bytes.push_back(static_cast<std::int64_t>(static_cast<double>(rows.total) * each / whole));
  }
  return splits_for_size(partitions, bytes, bytes_max);
}

}  // namespace stator
