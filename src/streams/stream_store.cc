#include "streams/stream_store.h"

#include <algorithm>
#include <set>
#include <string>

#include "storage/row_key.h"
#include "streams/sequence_number.h"
#include "streams/shard_reader.h"
#include "streams/stream_bytes.h"

namespace stator {
namespace {

// How many shards one call looks at for records to trim.
constexpr std::size_t kShardsTrimmedAtOnce = 16;
// A shard is looked at this often within the retention.
constexpr int kTrimsPerRetention = 24;

constexpr TimePoint::duration kTick(1);

Stream stream_of(const TableDefinition& table) {
  const TableStream& known = *table.stream;
  return {.keyspace = known.keyspace,
          .space = table.space,
          .table = table.name,
          .created = known.created,
          .enabled = known.enabled,
          .view = known.view,
          .key = table.key,
          .shards = StreamShards::opened(table.partitions, known.created)};
}

void end_at(const StreamEnd& end, Stream* stream) {
  if (stream->end) return;
  stream->end = end;
  stream->shards = stream->shards.closed(end.asked);
}

bool covers(const Stream& stream, const PartitionMap& partitions) {
  return std::all_of(partitions.partitions().begin(), partitions.partitions().end(),
                     [&](const Partition& partition) {
                       return stream.shards.open_shard_of(partition.id) != nullptr;
                     });
}

// The tails of a stream's shards as they go on: closed ones to their end, new ones from the start.
LiveStream::Tails tails_of(const Stream& stream, const LiveStream* before) {
  LiveStream::Tails tails;
  for (const Shard& shard : stream.shards.all()) {
    if (before != nullptr) {
      const auto known = before->tails().find(shard.number);
      if (known != before->tails().end()) tails.insert(*known);
    }
    if (!shard.is_open() || tails.contains(shard.number)) continue;
    tails[shard.number] = std::make_shared<ShardTail>(first_record_of(shard.generation));
  }
  return tails;
}

void close_tails(const LiveStream& stream) {
  for (const auto& [number, tail] : stream.tails()) {
    if (!stream.definition().shards.find(number)->is_open()) tail->close();
  }
}

void note_earlier(TimePoint time, TimePoint* earliest) {
  *earliest = std::min(*earliest, time);
}

}  // namespace

Result<std::unique_ptr<StreamStore>> StreamStore::open(Store* store, const CatalogStore* catalog,
                                                       const ShardTimes& times, TimePoint now) {
  std::unique_ptr<StreamStore> streams(new StreamStore(store, catalog, times));
  TRY(streams->load());
  TRY(streams->catch_up(now));
  return streams;
}

Result<void> StreamStore::load() {
  const MutexLock lock(&change_mu_);
  const StoreView view = store_.view();
  RowCursor rows = scan_stream_definitions(view);
  for (; rows.valid(); rows.next()) TRY(add_stored(rows.value()));
  return rows.finished();
}

// Without a source: the catalog brings it.
Result<void> StreamStore::add_stored(std::string_view bytes) {
  Stream stream = TRY(decode_stream(bytes));
  const std::uint32_t keyspace = stream.keyspace;
  const LiveStream unread(stream, {}, {});
  LiveStream::Tails tails;
  for (const Shard& shard : stream.shards.all()) {
    if (!shard.is_open()) continue;
    const auto last = TRY(last_record(store_, unread, shard));
    const std::uint64_t first = first_record_of(shard.generation);
    tails[shard.number] = std::make_shared<ShardTail>(last ? std::max(*last + 1, first) : first);
  }
  auto streams = std::make_shared<LiveStreams>(*snapshot());
  streams->streams_[keyspace] =
      std::make_shared<const LiveStream>(std::move(stream), LiveStream::Source(), std::move(tails));
  publish(std::move(streams));
  return {};
}

StreamsSnapshot StreamStore::snapshot() const {
  const MutexLock lock(&mu_);
  return snapshot_;
}

void StreamStore::on_change(std::function<void()> notify) {
  const MutexLock lock(&notify_mu_);
  notify_ = std::move(notify);
  is_listened_to_.store(notify_ != nullptr, std::memory_order_release);
}

void StreamStore::notify() const {
  const MutexLock lock(&notify_mu_);
  if (notify_) notify_();
}

void StreamStore::catch_up_if_due(TimePoint now) {
  const bool is_current = followed_.load(std::memory_order_acquire) == catalog_.changes();
  if (is_current && now < due_.load(std::memory_order_relaxed)) return;
  if (const Result<void> done = catch_up(now); !done) return;
}

Result<void> StreamStore::catch_up(TimePoint now) {
  const MutexLock lock(&change_mu_);
  const std::uint64_t changes = catalog_.changes();
  const CatalogSnapshot catalog = catalog_.snapshot();
  TRY(follow(*catalog, now));
  TRY(trim_some(now));
  followed_.store(changes, std::memory_order_release);
  due_.store(next_due(), std::memory_order_relaxed);
  return {};
}

Result<void> StreamStore::follow(const Catalog& catalog, TimePoint now) {
  std::set<std::uint32_t> of_tables;
  for (const auto& [name, table] : catalog.tables()) {
    if (!table->definition.stream) continue;
    of_tables.insert(table->definition.stream->keyspace);
    TRY(follow(table->definition, now));
  }
  const StreamsSnapshot streams = snapshot();
  for (const auto& [keyspace, stream] : streams->all()) {
    if (!of_tables.contains(keyspace)) TRY(follow_without_table(*stream, now));
  }
  return {};
}

Result<void> StreamStore::follow(const TableDefinition& table, TimePoint now) {
  const StreamsSnapshot streams = snapshot();
  const LiveStream* const known = streams->find(table.stream->keyspace);
  Stream stream = known != nullptr ? known->definition() : stream_of(table);
  LiveStream::Source source;
  if (table.stream->end) {
    end_at(*table.stream->end, &stream);
  } else {
    source = {.keyspace = table.keyspace, .partitions = table.partitions};
    stream.shards = stream.shards.advanced(table.partitions, now, times_);
    if (!covers(stream, table.partitions)) {
      return Error(ErrorCode::internal, "the store holds a stream that is not its table's");
    }
  }
  if (stream.is_gone_at(now, times_))
    return known != nullptr ? erase({stream.keyspace}) : Result<void>();
  stream.shards = stream.shards.without_expired(now, times_);
  if (known != nullptr && stream == known->definition() && source == known->source()) return {};
  return put(std::move(stream), std::move(source));
}

// Its table is gone, or has a newer one.
Result<void> StreamStore::follow_without_table(const LiveStream& known, TimePoint now) {
  Stream stream = known.definition();
  end_at({.asked = now, .done = now}, &stream);
  if (stream.is_gone_at(now, times_)) return erase({stream.keyspace});
  stream.shards = stream.shards.without_expired(now, times_);
  if (stream == known.definition() && known.source().keyspace == 0) return {};
  return put(std::move(stream), {});
}

Result<void> StreamStore::trim_some(TimePoint now) {
  if (to_trim_.empty() && now >= next_trim_) {
    next_trim_ =
        now + std::max(times_.retention / kTrimsPerRetention, std::chrono::milliseconds(1));
    const StreamsSnapshot streams = snapshot();
    for (const auto& [keyspace, stream] : streams->all()) {
      for (const Shard& shard : stream->definition().shards.all()) {
        to_trim_.push_back(stream->place_of(shard));
      }
    }
  }
  for (std::size_t i = 0; i < kShardsTrimmedAtOnce && !to_trim_.empty(); ++i) {
    TRY(trim(to_trim_.front(), now));
    to_trim_.pop_front();
  }
  return {};
}

// The definition first: a shard that lost its last row could otherwise give its number twice.
Result<void> StreamStore::trim(const ShardPlace& place, TimePoint now) {
  const StreamsSnapshot streams = snapshot();
  const LiveStream* const stream = streams->find(place.keyspace);
  const Shard* const shard = stream ? stream->definition().shards.find(place.shard) : nullptr;
  if (shard == nullptr) return {};
  const std::uint64_t horizon = TRY(trim_horizon(store_, *stream, *shard, now - times_.retention));
  if (horizon <= std::max(shard->trimmed + 1, first_record_of(shard->generation))) return {};
  Stream trimmed = stream->definition();
  trimmed.shards = trimmed.shards.trimmed(place.shard, horizon - 1);
  TRY(put(std::move(trimmed), stream->source()));
  const RowRange gone = record_range(place, {.first = 0, .last = horizon - 1});
  return store_.erase_range(gone.first, gone.end);
}

Result<void> StreamStore::put(Stream stream, LiveStream::Source source) {
  const std::uint32_t keyspace = stream.keyspace;
  const StreamsSnapshot before = snapshot();
  const LiveStream* const known = before->find(keyspace);
  if (known != nullptr) {
    for (const Shard& shard : known->definition().shards.all()) {
      if (stream.shards.find(shard.number) != nullptr) continue;
      const RowRange gone = record_range(known->place_of(shard), {});
      TRY(store_.erase_range(gone.first, gone.end));
    }
  }
  const std::string key = stream_definition_key(keyspace);
  std::string value;
  append_stream(stream, &value);
  const RowWrite row{.key = key, .value = value};
  TRY(store_.commit({&row, 1}));
  LiveStream::Tails tails = tails_of(stream, known);
  auto after = std::make_shared<LiveStreams>(*before);
  auto counters = known != nullptr ? known->counters() : std::make_shared<StreamCounters>();
  const auto live = std::make_shared<const LiveStream>(std::move(stream), std::move(source),
                                                       std::move(tails), std::move(counters));
  after->streams_[keyspace] = live;
  publish(std::move(after));
  // Last: a writer that finds a tail closed must find its successor as well.
  close_tails(*live);
  note_records();
  return {};
}

Result<void> StreamStore::erase(const std::vector<std::uint32_t>& keyspaces) {
  std::vector<RowRange> ranges;
  std::vector<std::string> keys;
  for (const std::uint32_t keyspace : keyspaces) {
    ranges.push_back({.first = keyspace_start(keyspace), .end = keyspace_end(keyspace)});
    keys.push_back(stream_definition_key(keyspace));
  }
  std::vector<RowWrite> gone;
  for (const std::string& key : keys) gone.push_back({.key = key, .value = {}, .erase = true});
  TRY(store_.erase_ranges(ranges, gone));
  const StreamsSnapshot before = snapshot();
  auto after = std::make_shared<LiveStreams>(*before);
  for (const std::uint32_t keyspace : keyspaces) after->streams_.erase(keyspace);
  publish(std::move(after));
  // Last, as where shards are closed: a writer that holds the stream must find that it is gone.
  for (const std::uint32_t keyspace : keyspaces) {
    for (const auto& [number, tail] : before->find(keyspace)->tails()) tail->close();
  }
  note_records();
  return {};
}

Result<void> StreamStore::erase_ended() {
  const MutexLock lock(&change_mu_);
  const CatalogSnapshot catalog = catalog_.snapshot();
  std::set<std::uint32_t> of_tables;
  for (const auto& [name, table] : catalog->tables()) {
    if (table->definition.stream) of_tables.insert(table->definition.stream->keyspace);
  }
  std::vector<std::uint32_t> ended;
  const StreamsSnapshot streams = snapshot();
  for (const auto& [keyspace, stream] : streams->all()) {
    if (!of_tables.contains(keyspace)) ended.push_back(keyspace);
  }
  return ended.empty() ? Result<void>() : erase(ended);
}

void StreamStore::publish(std::shared_ptr<LiveStreams> streams) {
  streams->open_.clear();
  for (const auto& [keyspace, stream] : streams->streams_) {
    if (stream->source().keyspace != 0) streams->open_[stream->source().keyspace] = stream;
  }
  const bool has_open = !streams->open_.empty();
  if (has_open) has_open_.store(true, std::memory_order_release);
  StreamsSnapshot published = std::move(streams);
  {
    const MutexLock lock(&mu_);
    snapshot_.swap(published);
  }
  if (!has_open) has_open_.store(false, std::memory_order_release);
}

TimePoint StreamStore::next_due() const {
  TimePoint due = TimePoint::max();
  const StreamsSnapshot streams = snapshot();
  for (const auto& [keyspace, stream] : streams->all()) {
    const Stream& definition = stream->definition();
    note_earlier(definition.shards.next_rollover(times_).value_or(due), &due);
    if (definition.end) note_earlier(definition.end->asked + times_.retention + kTick, &due);
    for (const Shard& shard : definition.shards.all()) {
      if (shard.closed) note_earlier(*shard.closed + times_.retention + kTick, &due);
    }
  }
  if (streams->all().empty()) return due;
  return to_trim_.empty() ? std::min(due, next_trim_) : TimePoint::min();
}

}  // namespace stator
