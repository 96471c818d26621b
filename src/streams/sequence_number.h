// Where a record stands in its stream, as clients see it: a decimal of 21 to 40 digits.
//
//   text   := record shard:digit{20}       both decimal; the record without leading zeros
//   record := generation * 10^11 + index   index from 1; generation: the shard's distance from its
//                                          first ancestor
//
// A shard's children are a generation younger, so numbers grow along a lineage without anybody
// asking how far the parent came. AWS's look the same: a record's place in its lineage in front of
// 20 digits. Source: semantics.md 5.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stator {

// Of one shard: what it can hold. AWS's shards end after four hours; ours too, unless they are told
// otherwise, and then this many writes are weeks away.
inline constexpr std::uint64_t kRecordsPerShardMax = 100'000'000'000;

// The number of a generation's first record.
constexpr std::uint64_t first_record_of(std::uint32_t generation) {
  return generation * kRecordsPerShardMax + 1;
}

// Appends the sequence number of a record.
void append_sequence_number(std::uint64_t record, std::uint32_t shard, std::string* out);

// A sequence number that a client sent: of one of our records, or any other. A value.
class SequenceNumber {
 public:
  // nullopt: not 21 to 40 digits.
  static std::optional<SequenceNumber> parse(std::string_view text);

  // The first record of the shard whose sequence number is not less than this, or is greater.
  std::uint64_t first_at(std::uint32_t shard) const { return shard >= low_ ? high_ : after(); }
  std::uint64_t first_after(std::uint32_t shard) const { return shard > low_ ? high_ : after(); }

 private:
  std::uint64_t after() const { return high_ == UINT64_MAX ? high_ : high_ + 1; }

  std::uint64_t high_ = 0;  // what stands before the last 20 digits, or UINT64_MAX
  std::uint64_t low_ = 0;   // the last 20 digits, or UINT64_MAX
};

}  // namespace stator
