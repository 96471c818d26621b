// Where a reader of a shard stands: the token that GetShardIterator gives and GetRecords takes.
//
//   token    := stream ARN "|1|" base64(position)
//   position := format:u8 (1) shard:u32le next:u64be issued:u64be check:u32le
//   check    := half of XXH3_64bits of all before it, the ARN in front
//
// The check finds tokens that were cut or mixed up; it keeps nobody from making one, and nothing is
// lost if somebody does.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stator/clock.h"

namespace stator {

// AWS: how long an iterator can be used.
inline constexpr std::chrono::minutes kShardIteratorLife(15);

// AWS: of a token.
inline constexpr std::size_t kShardIteratorBytesMax = 2048;

// Stands for the oldest record that is left when it is used: a TRIM_HORIZON is never too old.
inline constexpr std::uint64_t kTrimHorizon = 0;

// A value.
struct ShardIterator {
  std::string stream_arn;
  std::uint32_t shard = 0;
  std::uint64_t next = kTrimHorizon;  // the first record that is not read yet
  TimePoint issued{};
  bool operator==(const ShardIterator&) const = default;

  bool is_expired_at(TimePoint now) const { return now - issued > kShardIteratorLife; }
};

std::string encode_shard_iterator(const ShardIterator& iterator);

// nullopt: not a token of ours.
std::optional<ShardIterator> decode_shard_iterator(std::string_view token);

}  // namespace stator
