#include "api/change_event_json.h"
#include "api/operations.h"
#include "api/ops/stream_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/stream_request.h"
#include "api/request/stream_rules.h"
#include "streams/shard_iterator.h"

namespace stator {
namespace {

Result<ShardIterator> read_iterator(std::string_view token, TimePoint now) {
  std::optional<ShardIterator> iterator = decode_shard_iterator(token);
  if (!iterator) return validation_error("Invalid ShardIterator");
  if (!iterator->is_expired_at(now)) return *std::move(iterator);
  return Error(ErrorCode::expired_iterator,
               "The provided iterator exceeds the maximum age allowed.");
}

}  // namespace

Result<void> get_records(const Context& context, JsonWriter* json) {
  const StreamRequest request =
      TRY(read_get_records_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kGetRecordsRules, context));
  ShardIterator iterator = TRY(read_iterator(*request.shard_iterator, context.now));
  const StreamAccess access = TRY(find_stream(context, iterator.stream_arn));
  const Shard* const shard = TRY(find_shard(access, iterator.shard));
  ShardPageLimits limits;
  if (request.limit) limits.records = static_cast<std::size_t>(*request.limit);
  ChangeEventView event{.record = {},
                        .shard = shard->number,
                        .region = context.call.caller.region,
                        .stream_arn = iterator.stream_arn};
  RequestNotes& notes = context.scratch.notes;
  notes.stream = access.stream->counters();
  json->begin_object();
  json->member("Records");
  json->begin_array();
  const auto write = [&](std::uint64_t number, const StreamRecordView& record) {
    event.number = number;
    event.record = record;
    notes.returned_records += 1;
    notes.returned_bytes += record.size_bytes();
    json->element();
    append_stream_record_json(event, json);
  };
  const ShardPage page = TRY(read_shard(*context.engine.store, *access.stream, *shard,
                                        iterator.next, record_window(context), limits, write));
  json->end_array();
  if (!page.is_end) {
    iterator.next = page.next;
    iterator.issued = context.now;
    json->member("NextShardIterator", encode_shard_iterator(iterator));
  }
  json->end_object();
  return {};
}

}  // namespace stator
