#include "api/size_splits.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/table_capacity.h"
#include "storage/row_bytes.h"
#include "storage/row_key.h"

namespace stator {
namespace {

// A cut is good when each side of it has at least this share of the bytes.
constexpr double kGoodShare = 0.25;

// So few bytes are counted, so that small partitions are cut the same in every run.
constexpr std::int64_t kCountedBytesMax = std::int64_t{64} << 20;

// The rows of one partition.
RowRange range_of(const PartitionMap& partitions, std::size_t index, std::uint32_t keyspace) {
  const std::string start = keyspace_start(keyspace);
  const auto& all = partitions.partitions();
  return {
      .first = start + all[index].position(),
      .end = index + 1 < all.size() ? start + all[index + 1].position() : keyspace_end(keyspace)};
}

// The search for the place where one partition is cut.
class PartitionCut {
 public:
  PartitionCut(const Store& store, const KeptRows& rows, RowRange range, BytesKnown known)
      : store_(store), rows_(rows), range_(std::move(range)), known_(known) {}

  // The position; nullopt where no cut leaves rows on both of its sides.
  std::optional<std::string> find(const Partition& partition, std::uint64_t last_hash) {
    const std::uint64_t width = last_hash - partition.first_hash;
    if (width > 0 && try_cut(hash_position(partition.first_hash + width / 2 + 1))) return best_;
    const std::string middle = middle_row(store_, range_, known_);
    if (!middle.empty()) try_around(middle);
    return best_;
  }

 private:
  // Beside the item collection of the row, or before the row.
  void try_around(const std::string& row) {
    const std::uint64_t hash = hash_of_row(row);
    if (try_cut(hash_position(hash))) return;
    const bool is_last = hash == std::numeric_limits<std::uint64_t>::max();
    if (!is_last && try_cut(hash_position(hash + 1))) return;
    if (rows_.collections == CollectionCuts::never) return;
    try_cut(place_of_row(rows_.key, row).position);
  }

  // Keeps the position if it is the best so far; returns whether it is good.
  bool try_cut(std::string_view position) {
    const std::string key = keyspace_start(rows_.keyspace) + std::string(position);
    if (!has_rows(range_.first, key) || !has_rows(key, range_.end)) return false;
    const double before = bytes(range_.first, key);
    const double after = bytes(key, range_.end);
    const double smaller_side = std::min(before, after);
    if (!best_ || smaller_side > best_side_) {
      best_ = std::string(position);
      best_side_ = smaller_side;
    }
    return smaller_side > 0 && smaller_side >= kGoodShare * (before + after);
  }

  double bytes(const std::string& first, const std::string& end) const {
    return static_cast<double>(range_bytes(store_, {.first = first, .end = end}, known_));
  }

  bool has_rows(const std::string& first, const std::string& end) const {
    return first < end && store_.scan({.first = first, .end = end}).valid();
  }

  const Store& store_;
  const KeptRows& rows_;
  const RowRange range_;
  const BytesKnown known_;
  std::optional<std::string> best_;
  double best_side_ = 0;
};

}  // namespace

std::vector<SplitDecision> size_splits(const Store& store, const PartitionMap& partitions,
                                       const KeptRows& rows, std::int64_t bytes_max) {
  const BytesKnown known =
      rows.bytes <= kCountedBytesMax ? BytesKnown::counted : BytesKnown::estimated;
  std::vector<RowRange> ranges;
  std::vector<double> stored;
  double whole = 0;
  for (std::size_t i = 0; i < partitions.count(); ++i) {
    ranges.push_back(range_of(partitions, i, rows.keyspace));
    stored.push_back(static_cast<double>(range_bytes(store, ranges.back(), known)));
    whole += stored.back();
  }
  if (whole <= 0) return {};
  std::vector<SplitDecision> splits;
  for (std::size_t i = 0; i < partitions.count(); ++i) {
    const double bytes = static_cast<double>(rows.bytes) * stored[i] / whole;
    if (bytes <= static_cast<double>(bytes_max)) continue;
    const Partition& partition = partitions.partitions()[i];
    std::optional<std::string> position = PartitionCut(store, rows, std::move(ranges[i]), known)
                                              .find(partition, partitions.last_hash(i));
    if (!position) continue;
    splits.push_back(
        {.partition = partition.id, .position = std::move(*position), .cause = SplitCause::size});
  }
  return splits;
}

}  // namespace stator
