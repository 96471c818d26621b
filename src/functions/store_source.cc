#include "functions/store_source.h"

#include <algorithm>
#include <utility>

#include "api/table_access.h"
#include "streams/shard_reader.h"

namespace stator {
namespace {

// A stream of one snapshot, which it keeps alive.
struct FoundStream {
  StreamsSnapshot streams;
  const LiveStream* stream = nullptr;  // null: there is none
};

// Whether callers of a region have a namespace: all share one, or each key and region has its own.
bool is_of_region(std::string_view space, std::string_view region) {
  if (space.empty()) return true;
  return space.ends_with(region) && space.substr(0, space.size() - region.size()).ends_with('/');
}

// Whether a namespace is the one that was asked for: by its name, or as one of a region.
bool is_asked(std::string_view space, std::string_view asked, std::string_view region) {
  return asked.empty() ? is_of_region(space, region) : space == asked;
}

// The stream of a name; of one without a namespace the first that there is.
FoundStream find_stream(const Engine& engine, const StreamNameView& name, TimePoint now) {
  const std::optional<StreamArnView> parts = parse_stream_arn(name.arn);
  if (!parts || parts->account != kAccount) return {};
  engine.streams->catch_up_if_due(now);
  FoundStream found{.streams = engine.streams->snapshot(), .stream = nullptr};
  for (const auto& [keyspace, stream] : found.streams->all()) {
    const Stream& known = stream->definition();
    if (known.table != parts->table || stream_label(known.created) != parts->label) continue;
    if (!is_asked(known.space, name.space, parts->region)) continue;
    if (known.is_gone_at(now, engine.streams->times())) continue;
    found.stream = stream.get();
    break;
  }
  return found;
}

// The open stream of a table, "Orders" or "KEY/REGION/Orders"; null when there is none.
const LiveStream* find_open(const Engine& engine, const LiveStreams& streams,
                            std::string_view region, std::string_view table, TimePoint now) {
  const QualifiedName name = parse_qualified_name(table);
  const CatalogSnapshot catalog = engine.catalog->snapshot();
  for (const auto& [key, known] : catalog->tables()) {
    const auto& [space, table_name] = key;
    if (table_name != name.name || !is_asked(space, name.space, region)) continue;
    if (!known->definition.status_at(now)) continue;
    const LiveStream* const open = streams.find_open(known->definition.keyspace);
    if (open != nullptr) return open;
  }
  return nullptr;
}

SourceStream source_stream(const Stream& stream, std::string_view region, TimePoint now,
                           const ShardTimes& times) {
  return {.arn = stream_arn(region, stream),
          .space = stream.space,
          .region = std::string(region),
          .shards = stream.shards.without_expired(now, times),
          .created = stream.created,
          .retention = times.retention,
          .is_enabled = !stream.end};
}

Error no_such_shard() {
  return Error(ErrorCode::resource_not_found, "there is no such shard any more");
}

// A page from what was trimmed on begins with what was not.
Result<ShardPage> read_what_is_left(const Store& store, const LiveStream& stream,
                                    const Shard& shard, std::uint64_t next,
                                    const RecordWindow& window, const ShardPageLimits& limits,
                                    const VisitRecord& visit) {
  Result<ShardPage> page = read_shard(store, stream, shard, next, window, limits, visit);
  if (page || page.error().code() != ErrorCode::trimmed_data_access) return page;
  const std::uint64_t horizon = TRY(trim_horizon(store, stream, shard, window.oldest));
  return read_shard(store, stream, shard, std::max(next, horizon), window, limits, visit);
}

}  // namespace

std::optional<SourceStream> StoreRecordSource::find(const StreamNameView& name) const {
  const TimePoint now = engine_.clock->now();
  const FoundStream found = find_stream(engine_, name, now);
  if (found.stream == nullptr) return std::nullopt;
  return source_stream(found.stream->definition(), parse_stream_arn(name.arn)->region, now,
                       engine_.streams->times());
}

std::optional<SourceStream> StoreRecordSource::stream_of(std::string_view region,
                                                         std::string_view table) const {
  const TimePoint now = engine_.clock->now();
  engine_.streams->catch_up_if_due(now);
  const StreamsSnapshot streams = engine_.streams->snapshot();
  const LiveStream* const open = find_open(engine_, *streams, region, table, now);
  if (open == nullptr) return std::nullopt;
  return source_stream(open->definition(), region, now, engine_.streams->times());
}

Result<SourcePage> StoreRecordSource::read(const StreamNameView& stream, std::uint32_t shard,
                                           std::uint64_t after, const SourceLimits& limits) const {
  const TimePoint now = engine_.clock->now();
  const FoundStream found = find_stream(engine_, stream, now);
  if (found.stream == nullptr) return no_such_shard();
  const Shard* const known = found.stream->definition().shards.find(shard);
  if (known == nullptr) return no_such_shard();
  const std::chrono::milliseconds lag = engine_.lags.all().stream;
  const bool lags = lag > std::chrono::milliseconds(0);
  const RecordWindow window{.oldest = now - engine_.streams->times().retention,
                            .newest = lags ? now - lag : TimePoint::max()};
  SourcePage page;
  const auto add = [&page](std::uint64_t number, const StreamRecordView& record) {
    page.records.push_back({.number = number, .bytes = std::string(record.bytes)});
  };
  const ShardPage read =
      TRY(read_what_is_left(*engine_.store, *found.stream, *known, after + 1, window,
                            {.records = limits.records_max, .bytes = limits.bytes_max}, add));
  page.read_through = std::max(after, read.next - 1);
  page.is_last = read.is_end;
  if (read.next_created) page.more_at = *read.next_created + lag;
  return page;
}

std::uint64_t StoreRecordSource::last_record(const StreamNameView& stream,
                                             std::uint32_t shard) const {
  const FoundStream found = find_stream(engine_, stream, engine_.clock->now());
  if (found.stream == nullptr) return 0;
  const Shard* const known = found.stream->definition().shards.find(shard);
  if (known == nullptr) return 0;
  const auto last = stator::last_record(*engine_.store, *found.stream, *known);
  return last ? last->value_or(0) : 0;
}

void StoreRecordSource::on_change(std::function<void()> notify) {
  engine_.streams->on_change(std::move(notify));
}

}  // namespace stator
