#include "simulate/partition_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "simulate/position_text.h"

namespace stator {
namespace {

// Two places in the hash space that differ by less are the same.
constexpr double kSameShare = 1e-9;

}  // namespace

double hash_share(std::uint64_t hash) {
  return std::ldexp(static_cast<double>(hash), -64);
}

PartitionHistory::PartitionHistory(const PartitionMap& map, std::vector<KeyAttribute> attributes)
    : map_(map), attributes_(std::move(attributes)) {
  add_current(0);
}

PartitionReport& PartitionHistory::report(std::uint32_t id) {
  if (reports_.size() < id) reports_.resize(id);
  return reports_[id - 1];
}

void PartitionHistory::add_current(double second) {
  const std::vector<Partition>& partitions = map_.partitions();
  for (std::size_t i = 0; i < partitions.size(); ++i) {
    const Partition& partition = partitions[i];
    PartitionReport& added = report(partition.id);
    if (added.id != 0) continue;
    added.id = partition.id;
    added.parent = partition.parent;
    added.born = second;
    added.first = hash_share(partition.first_hash);
    added.end = i + 1 < partitions.size() ? hash_share(partitions[i + 1].first_hash) : 1;
    if (!partition.first_key.empty()) {
      added.first_key = position_text(partition.position(), attributes_);
    }
  }
}

std::vector<std::uint32_t> PartitionHistory::children_of(std::uint32_t id) const {
  std::vector<std::uint32_t> children;
  for (const PartitionReport& each : reports_) {
    if (each.id != 0 && each.parent == id) children.push_back(each.id);
  }
  return children;
}

void PartitionHistory::end(const FormerPartition& former, double second, bool by_settings) {
  PartitionReport& ended = report(former.id);
  const std::vector<std::uint32_t> children = children_of(former.id);
  const PartitionReport& low = report(children.front());
  const PartitionReport& high = report(children.back());
  if (ended.id == 0) {
    // It came and went between two looks.
    ended.id = former.id;
    ended.parent = former.parent;
    ended.born = second;
    ended.first = low.first;
    ended.first_key = low.first_key;
    ended.end = high.end;
  }
  const double middle = (ended.first + ended.end) / 2;
  const bool is_half = high.first_key.empty() && std::abs(high.first - middle) < kSameShare;
  ended.ended = second;
  ended.ended_by = by_settings ? PartitionEnd::settings
                   : is_half   ? PartitionEnd::grown
                               : PartitionEnd::split_for_heat;
  splits_.push_back(
      {.second = second,
       .cause = ended.ended_by,
       .parent = ended.id,
       .children = {low.id, high.id},
       .at = high.first_key.empty() ? fmt::format("{:.4f}", high.first) : high.first_key});
}

void PartitionHistory::change(const PartitionMap& map, double second, bool by_settings) {
  if (map == map_) return;
  map_ = map;
  add_current(second);
  const std::size_t known = splits_.size();
  // Children end after their parents: backwards, those of each are known.
  for (auto former = map.former().rbegin(); former != map.former().rend(); ++former) {
    if (!report(former->id).ended) end(*former, second, by_settings);
  }
  std::reverse(splits_.begin() + static_cast<std::ptrdiff_t>(known), splits_.end());
}

PartitionSlot& PartitionHistory::slot_at(std::string_view position, std::size_t slot) {
  const std::size_t place = map_.index_of(position);
  PartitionReport& served = reports_[map_.partitions()[place].id - 1];
  if (served.slots.empty()) served.first_slot = slot;
  if (served.slots.size() <= slot - served.first_slot) {
    served.slots.resize(slot - served.first_slot + 1);
  }
  return served.slots.back();
}

}  // namespace stator
