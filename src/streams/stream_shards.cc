#include "streams/stream_shards.h"

#include <fmt/format.h>

#include <algorithm>

namespace stator {
namespace {

// The nearest ancestor of a partition, or itself, that `has_shard`; 0 where there is none.
template <typename HasShard>
std::uint32_t nearest(const PartitionMap& partitions, const Partition& partition,
                      const HasShard& has_shard) {
  std::uint32_t id = partition.id;
  std::uint32_t parent = partition.parent;
  // Former partitions stand in the order in which they ended: an ancestor before its descendants.
  auto former = partitions.former().rbegin();
  const auto end = partitions.former().rend();
  while (!has_shard(id)) {
    former =
        std::find_if(former, end, [parent](const FormerPartition& f) { return f.id == parent; });
    if (former == end) return 0;
    id = former->id;
    parent = former->parent;
  }
  return id;
}

template <typename Shards>
auto* find_number(Shards& shards, std::uint32_t number) {
  const auto at = std::lower_bound(
      shards.begin(), shards.end(), number,
      [](const Shard& shard, std::uint32_t wanted) { return shard.number < wanted; });
  return at == shards.end() || at->number != number ? nullptr : &*at;
}

template <typename Wanted>
std::vector<const Shard*> select(const std::vector<Shard>& shards, const Wanted& is_wanted) {
  std::vector<const Shard*> selected;
  for (const Shard& shard : shards) {
    if (is_wanted(shard)) selected.push_back(&shard);
  }
  return selected;
}

}  // namespace

std::string shard_id(const Shard& shard) {
  const auto created =
      std::chrono::floor<std::chrono::milliseconds>(shard.created).time_since_epoch().count();
  return fmt::format("shardId-{:020}-{:08x}", created, shard.number);
}

StreamShards StreamShards::opened(const PartitionMap& partitions, TimePoint now) {
  StreamShards opened;
  for (const Partition& partition : partitions.partitions()) {
    opened.shards_.push_back(
        {.number = ++opened.last_number_, .partition = partition.id, .created = now});
  }
  return opened;
}

std::optional<StreamShards> StreamShards::of(std::vector<Shard> shards) {
  StreamShards kept;
  for (const Shard& shard : shards) {
    if (shard.number <= kept.last_number_ || shard.parent >= shard.number) return std::nullopt;
    kept.last_number_ = shard.number;
  }
  kept.shards_ = std::move(shards);
  return kept;
}

// A clock that was set back must not change the order of the ids.
TimePoint StreamShards::not_before_newest(TimePoint now) const {
  return shards_.empty() ? now : std::max(now, shards_.back().created);
}

void StreamShards::add_child(const Shard& parent, std::uint32_t partition, TimePoint now) {
  shards_.push_back({.number = ++last_number_,
                     .parent = parent.number,
                     .generation = parent.generation + 1,
                     .partition = partition,
                     .created = now});
}

StreamShards StreamShards::advanced(const PartitionMap& partitions, TimePoint now,
                                    const ShardTimes& times) const {
  StreamShards next = *this;
  const TimePoint created = not_before_newest(now);
  const auto had_shard = [this](std::uint32_t id) { return open_shard_of(id) != nullptr; };
  for (const Partition& partition : partitions.partitions()) {
    const Shard* const before = open_shard_of(nearest(partitions, partition, had_shard));
    if (before == nullptr) continue;
    const bool is_old = before->created + times.rollover <= now;
    if (before->partition == partition.id && !is_old) continue;
    next.add_child(*before, partition.id, created);
    find_number(next.shards_, before->number)->closed = created;
  }
  return next;
}

StreamShards StreamShards::closed(TimePoint now) const {
  StreamShards next = *this;
  for (Shard& shard : next.shards_) {
    if (shard.is_open()) shard.closed = std::max(now, shard.created);
  }
  return next;
}

StreamShards StreamShards::without_expired(TimePoint now, const ShardTimes& times) const {
  StreamShards next = *this;
  std::erase_if(next.shards_, [&](const Shard& shard) {
    return !shard.is_open() && *shard.closed + times.retention < now;
  });
  return next;
}

StreamShards StreamShards::trimmed(std::uint32_t number, std::uint64_t record) const {
  StreamShards next = *this;
  Shard* const shard = find_number(next.shards_, number);
  if (shard != nullptr) shard->trimmed = std::max(shard->trimmed, record);
  return next;
}

const Shard* StreamShards::find(std::uint32_t number) const {
  return find_number(shards_, number);
}

const Shard* StreamShards::find(std::string_view id) const {
  const auto at = std::find_if(shards_.begin(), shards_.end(),
                               [id](const Shard& shard) { return shard_id(shard) == id; });
  return at == shards_.end() ? nullptr : &*at;
}

std::vector<const Shard*> StreamShards::after(std::string_view id) const {
  return select(shards_, [id](const Shard& shard) { return shard_id(shard) > id; });
}

std::vector<const Shard*> StreamShards::children_of(std::uint32_t number) const {
  return select(shards_, [number](const Shard& shard) { return shard.parent == number; });
}

const Shard* StreamShards::open_shard_of(std::uint32_t partition) const {
  const auto at = std::find_if(shards_.rbegin(), shards_.rend(), [partition](const Shard& shard) {
    return shard.is_open() && shard.partition == partition;
  });
  return at == shards_.rend() ? nullptr : &*at;
}

std::optional<TimePoint> StreamShards::next_rollover(const ShardTimes& times) const {
  std::optional<TimePoint> next;
  for (const Shard& shard : shards_) {
    if (!shard.is_open()) continue;
    const TimePoint due = shard.created + times.rollover;
    if (!next || due < *next) next = due;
  }
  return next;
}

}  // namespace stator
