#include "streams/shard_reader.h"

#include <algorithm>

#include "streams/sequence_number.h"
#include "streams/shard_iterator.h"

namespace stator {
namespace {

struct RecordTime {
  std::uint64_t number = 0;
  TimePoint created{};
};

// The record that the cursor stands at; nullopt behind the last.
Result<std::optional<RecordTime>> record_at(const RowCursor& rows) {
  std::optional<RecordTime> record;
  TRY(rows.finished());
  if (!rows.valid()) return record;
  const StreamRecordView view = TRY(parse_stream_record(rows.value()));
  const std::optional<RecordKey> key = parse_record_key(rows.key());
  if (!key) return Error(ErrorCode::internal, "the store holds a change record without a number");
  record = {.number = key->number, .created = view.created};
  return record;
}

Result<std::optional<RecordTime>> first_in(const Store& store, const ShardPlace& place,
                                           const RecordSpan& span) {
  return record_at(store.scan(record_range(place, span)));
}

Result<std::optional<RecordTime>> last_in(const Store& store, const ShardPlace& place,
                                          const RecordSpan& span) {
  RowRange range = record_range(place, span);
  range.backward = true;
  return record_at(store.scan(range));
}

// Between a record that is too old and a later one that is not: where the change is.
Result<std::uint64_t> first_kept(const Store& store, const ShardPlace& place, std::uint64_t old,
                                 std::uint64_t kept, TimePoint oldest) {
  while (kept - old > 1) {
    const std::uint64_t middle = old + (kept - old) / 2;
    const auto record = TRY(first_in(store, place, {.first = middle, .last = kept}));
    if (record && record->created < oldest) {
      old = record->number;
    } else {
      kept = middle;
    }
  }
  return kept;
}

// The number before which a shard has no records, or has none any more.
std::uint64_t start_of(const Shard& shard) {
  return std::max(shard.trimmed + 1, first_record_of(shard.generation));
}

Error trimmed() {
  return Error(ErrorCode::trimmed_data_access,
               "The data you are trying to access has been trimmed");
}

}  // namespace

Result<std::uint64_t> trim_horizon(const Store& store, const LiveStream& stream, const Shard& shard,
                                   TimePoint oldest) {
  const ShardPlace place = stream.place_of(shard);
  const RecordSpan span{.first = start_of(shard), .last = stream.end_of(shard).settled};
  if (span.last < span.first) return span.first;
  const auto first = TRY(first_in(store, place, span));
  if (!first || first->created >= oldest) return span.first;
  const auto last = TRY(last_in(store, place, span));
  if (!last || last->created < oldest) return last.value_or(*first).number + 1;
  return first_kept(store, place, first->number, last->number, oldest);
}

Result<std::optional<std::uint64_t>> last_record(const Store& store, const LiveStream& stream,
                                                 const Shard& shard) {
  std::optional<std::uint64_t> number;
  const RecordSpan span{.first = start_of(shard), .last = stream.end_of(shard).settled};
  if (shard.trimmed > 0) number = shard.trimmed;
  if (span.last < span.first) return number;
  const auto last = TRY(last_in(store, stream.place_of(shard), span));
  if (last) number = last->number;
  return number;
}

Result<ShardPage> read_shard(const Store& store, const LiveStream& stream, const Shard& shard,
                             std::uint64_t next, const RecordWindow& window,
                             const ShardPageLimits& limits, const VisitRecord& visit) {
  const ShardEnd end = stream.end_of(shard);
  const bool from_horizon = next == kTrimHorizon;
  if (from_horizon) next = TRY(trim_horizon(store, stream, shard, window.oldest));
  ShardPage page{.next = std::max(next, first_record_of(shard.generation))};
  if (page.next <= shard.trimmed) return trimmed();
  if (page.next <= end.settled) {
    RowCursor rows =
        store.scan(record_range(stream.place_of(shard), {.first = page.next, .last = end.settled}));
    std::size_t bytes = 0;
    for (std::size_t count = 0; rows.valid(); ++count, rows.next()) {
      const StreamRecordView record = TRY(parse_stream_record(rows.value()));
      if (count == 0 && !from_horizon && record.created < window.oldest) return trimmed();
      if (record.created > window.newest) page.next_created = record.created;
      if (page.next_created || count == limits.records) return page;
      bytes += record.size_bytes();
      if (count > 0 && bytes > limits.bytes) return page;
      const std::optional<RecordKey> key = parse_record_key(rows.key());
      visit(key->number, record);
      page.next = key->number + 1;
    }
    TRY(rows.finished());
  }
  page.is_end = !shard.is_open() && end.is_final;
  return page;
}

}  // namespace stator
