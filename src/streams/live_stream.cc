#include "streams/live_stream.h"

#include <algorithm>

#include "base/check.h"

namespace stator {

LiveStream::LiveStream(Stream stream, Source source, Tails tails,
                       std::shared_ptr<StreamCounters> counters)
    : stream_(std::move(stream)),
      source_(std::move(source)),
      tails_(std::move(tails)),
      counters_(std::move(counters)) {
  if (source_.keyspace == 0) return;
  for (const Partition& partition : source_.partitions.partitions()) {
    const Shard* const shard = stream_.shards.open_shard_of(partition.id);
    CHECK(shard != nullptr);
    open_.push_back({shard->number, tails_.at(shard->number).get()});
  }
}

std::optional<TakenPlace> LiveStream::take(std::string_view position) const {
  if (open_.empty()) return std::nullopt;
  const OpenShard& shard = open_[source_.partitions.index_of(position)];
  std::optional<TakenRecord> record = shard.tail->take();
  if (!record) return std::nullopt;
  return TakenPlace{.shard = shard.number, .record = *std::move(record)};
}

ShardEnd LiveStream::end_of(const Shard& shard) const {
  const auto found = tails_.find(shard.number);
  if (found == tails_.end()) return {};
  // In this order: what is drained now is settled to its end.
  const bool is_final = found->second->is_drained();
  return {.settled = found->second->settled(), .is_final = is_final};
}

const LiveStream* LiveStreams::find(std::uint32_t keyspace) const {
  const auto found = streams_.find(keyspace);
  return found == streams_.end() ? nullptr : found->second.get();
}

const LiveStream* LiveStreams::find_open(std::uint32_t table_keyspace) const {
  const auto found = open_.find(table_keyspace);
  return found == open_.end() ? nullptr : found->second.get();
}

const LiveStream* LiveStreams::find(std::string_view space, const StreamArnView& arn, TimePoint now,
                                    const ShardTimes& times) const {
  const auto found = std::find_if(streams_.begin(), streams_.end(), [&](const auto& each) {
    const Stream& stream = each.second->definition();
    return stream.space == space && stream.table == arn.table &&
           stream_label(stream.created) == arn.label && !stream.is_gone_at(now, times);
  });
  return found == streams_.end() ? nullptr : found->second.get();
}

TimePoint LiveStreams::free_label(std::string_view space, std::string_view table,
                                  TimePoint now) const {
  TimePoint label = std::chrono::floor<std::chrono::milliseconds>(now);
  for (const auto& [keyspace, stream] : streams_) {
    const Stream& known = stream->definition();
    if (known.space != space || known.table != table) continue;
    label = std::max(label, known.created + std::chrono::milliseconds(1));
  }
  return label;
}

}  // namespace stator
