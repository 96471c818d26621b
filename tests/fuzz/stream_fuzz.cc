// Any bytes as what the store keeps of streams, and any text as an iterator: refused, or read into
// something that is written as the same bytes again. The first byte chooses which.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "streams/sequence_number.h"
#include "streams/shard_iterator.h"
#include "streams/stream_bytes.h"
#include "streams/stream_record.h"

namespace stator {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void try_stream(const std::string& bytes) {
  const auto stream = decode_stream(bytes);
  if (!stream) return;
  std::string written;
  append_stream(*stream, &written);
  const auto again = decode_stream(written);
  require(again.has_value() && *again == *stream);
}

void try_record(const std::string& bytes) {
  const auto record = parse_stream_record(bytes);
  if (!record) return;
  volatile std::size_t size = record->size_bytes();
  static_cast<void>(size);
}

void try_iterator(const std::string& token) {
  const auto iterator = decode_shard_iterator(token);
  if (iterator) require(decode_shard_iterator(encode_shard_iterator(*iterator)) == iterator);
}

void try_sequence_number(const std::string& text) {
  const auto number = SequenceNumber::parse(text);
  if (number) require(number->first_at(7) <= number->first_after(7));
}

}  // namespace
}  // namespace stator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // A copy of its own, so that a read past the end is seen.
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      stator::try_stream(bytes);
      break;
    case 1:
      stator::try_record(bytes);
      break;
    case 2:
      stator::try_iterator(bytes);
      break;
    default:
      stator::try_sequence_number(bytes);
  }
  return 0;
}
