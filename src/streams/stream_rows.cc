#include "streams/stream_rows.h"

#include "base/bytes.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr std::size_t kRecordKeyBytes = 16;

std::uint32_t load_u32_be(const char* bytes) {
  return __builtin_bswap32(load_u32_le(bytes));
}

std::string record_key(const ShardPlace& place, std::uint64_t number) {
  std::string key;
  append_record_key(place, number, &key);
  return key;
}

}  // namespace

void append_record_key(const ShardPlace& place, std::uint64_t number, std::string* out) {
  append_u32_be(place.keyspace, out);
  append_u32_be(place.shard, out);
  append_u64_be(number, out);
}

std::optional<RecordKey> parse_record_key(std::string_view key) {
  if (key.size() != kRecordKeyBytes) return std::nullopt;
  return RecordKey{
      .place = {.keyspace = load_u32_be(key.data()), .shard = load_u32_be(key.data() + 4)},
      .number = load_u64_be(key.data() + 8)};
}

RowRange record_range(const ShardPlace& place, const RecordSpan& span) {
  RowRange range{.first = record_key(place, span.first), .end = {}};
  range.end = span.last < UINT64_MAX ? record_key(place, span.last + 1)
                                     : after_prefix(range.first.substr(0, 8));
  return range;
}

}  // namespace stator
