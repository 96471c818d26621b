#include "api/write_records.h"

#include "storage/row_key.h"
#include "streams/stream_store.h"

namespace stator {

BatchRecords::BatchRecords(const Engine& engine) : streams_(*engine.streams) {
  if (!streams_.has_open()) return;
  used_.push_back(streams_.snapshot());
  time_ = engine.clock->now();
}

// Who listens is told when readers may go past the records.
BatchRecords::~BatchRecords() {
  if (places_.empty()) return;
  places_.clear();
  streams_.note_records();
}

void BatchRecords::add(const WritePlan& plan, WriteOutcome* outcome, std::vector<RowWrite>* rows) {
  if (used_.empty() || !outcome->effect.writes) return;
  const ItemChange change = {.before = outcome->effect.before,
                             .after = outcome->effect.after,
                             .time = time_,
                             .key_hash = hash_of_row(plan.row_key),
                             .actor = plan.actor};
  while (true) {
    const LiveStream* const stream = used_.back()->find_open(plan.table->definition.keyspace);
    if (stream == nullptr) return;
    const Stream& definition = stream->definition();
    outcome->record.clear();
    if (!append_stream_record(change, definition.key, definition.view, &outcome->record)) return;
    std::optional<TakenPlace> place = stream->take(plan.row_key.substr(kKeyspaceBytes));
    if (!place) {
      // Its shard has children by now, or the stream was disabled.
      used_.push_back(streams_.snapshot());
      continue;
    }
    outcome->record_key.clear();
    append_record_key({.keyspace = definition.keyspace, .shard = place->shard},
                      place->record.number(), &outcome->record_key);
    places_.push_back(*std::move(place));
    rows->push_back({.key = outcome->record_key, .value = outcome->record});
    return;
  }
}

}  // namespace stator
