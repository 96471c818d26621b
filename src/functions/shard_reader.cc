#include "functions/shard_reader.h"

#include <utility>

#include "api/change_event_json.h"

namespace stator {
namespace {

DeliveryRecord delivery_record(const ChangeEventView& event) {
  DeliveryRecord record{.number = event.number,
                        .sequence_number = sequence_number_of(event),
                        .key_hash = event.record.key_hash,
                        .created = event.record.created,
                        .event = {}};
  JsonWriter json(&record.event);
  append_handler_record_json(event, &json);
  json.finish();
  return record;
}

}  // namespace

Result<ReadPage> read_shard(const RecordSource& source, const SourceStream& stream,
                            std::uint32_t shard, std::uint64_t after, const RecordFilter& filter,
                            const SourceLimits& limits) {
  const SourcePage read = TRY(source.read(stream.name(), shard, after, limits));
  ReadPage result{.page = {.records = {},
                           .after = after,
                           .read_through = read.read_through,
                           .is_last = read.is_last},
                  .is_empty = read.records.empty(),
                  .more_at = read.more_at};
  for (const SourceRecord& record : read.records) {
    const ChangeEventView event{.record = TRY(parse_stream_record(record.bytes)),
                                .number = record.number,
                                .shard = shard,
                                .region = stream.region,
                                .stream_arn = stream.arn};
    if (filter.matches(event)) result.page.records.push_back(delivery_record(event));
  }
  return result;
}

}  // namespace stator
