#include "streams/change_event.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <chrono>

#include "streams/sequence_number.h"

namespace stator {

std::string event_id(const ChangeEventView& event) {
  std::string place(event.stream_arn);
  append_sequence_number(event.number, event.shard, &place);
  const XXH128_hash_t hash = XXH3_128bits(place.data(), place.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string sequence_number_of(const ChangeEventView& event) {
  std::string text;
  append_sequence_number(event.number, event.shard, &text);
  return text;
}

std::int64_t creation_seconds(const StreamRecordView& record) {
  return std::chrono::floor<std::chrono::seconds>(record.created).time_since_epoch().count();
}

}  // namespace stator
