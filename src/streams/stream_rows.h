// Where change records lie: a row for each, those of a shard in the order of their numbers.
//
//   record row := keyspace:u32be shard:u32be number:u64be -> record (stream_record.h)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace stator {

// A shard of a stream, as its rows name it.
struct ShardPlace {
  std::uint32_t keyspace = 0;
  std::uint32_t shard = 0;
};

void append_record_key(const ShardPlace& place, std::uint64_t number, std::string* out);

// Of a row in the keyspace of a stream; nullopt: it is not the key of a record.
struct RecordKey {
  ShardPlace place;
  std::uint64_t number = 0;
};
std::optional<RecordKey> parse_record_key(std::string_view key);

// The records of a shard whose numbers are in [first, last].
struct RecordSpan {
  std::uint64_t first = 0;
  std::uint64_t last = UINT64_MAX;
};
RowRange record_range(const ShardPlace& place, const RecordSpan& span);

}  // namespace stator
