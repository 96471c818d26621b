#include "streams/shard_iterator.h"

#include <xxhash.h>

#include "base/base64.h"
#include "base/time_text.h"
#include "streams/byte_reader.h"

namespace stator {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::string_view kSeparator = "|1|";

std::string position_of(const ShardIterator& iterator) {
  std::string position;
  append_u8(kFormat, &position);
  append_u32_le(iterator.shard, &position);
  append_u64_be(iterator.next, &position);
  append_time(iterator.issued, &position);
  return position;
}

std::uint32_t check_of(const ShardIterator& iterator) {
  const std::string checked = iterator.stream_arn + position_of(iterator);
  return static_cast<std::uint32_t>(XXH3_64bits(checked.data(), checked.size()));
}

}  // namespace

std::string encode_shard_iterator(const ShardIterator& iterator) {
  std::string position = position_of(iterator);
  append_u32_le(check_of(iterator), &position);
  std::string token = iterator.stream_arn;
  token += kSeparator;
  append_base64(position, &token);
  return token;
}

std::optional<ShardIterator> decode_shard_iterator(std::string_view token) {
  const std::size_t separator = token.rfind(kSeparator);
  if (token.size() > kShardIteratorBytesMax || separator == std::string_view::npos) {
    return std::nullopt;
  }
  std::string position;
  if (!decode_base64(token.substr(separator + kSeparator.size()), &position)) return std::nullopt;
  ByteReader reader(position);
  ShardIterator iterator;
  iterator.stream_arn = token.substr(0, separator);
  const std::uint8_t format = reader.u8();
  iterator.shard = reader.u32();
  iterator.next = reader.u64();
  iterator.issued = reader.time();
  const std::uint32_t check = reader.u32();
  if (!reader.complete() || format != kFormat || check != check_of(iterator)) return std::nullopt;
  if (iterator.issued < TimePoint() || iterator.issued > kTimeMax) return std::nullopt;
  return iterator;
}

}  // namespace stator
