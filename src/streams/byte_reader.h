// Reads integers and texts off the front of bytes that nobody vouches for.
//
//   text := size:u32le bytes
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "stator/clock.h"

namespace stator {

// A value. Where the bytes end too early it gives zeros and empty texts, and ok() is false from
// then on; the caller asks once, at the end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t u8() {
    const std::string_view bytes = take(1);
    return bytes.empty() ? std::uint8_t{0} : to_byte(bytes[0]);
  }
  std::uint32_t u32() {
    const std::string_view bytes = take(4);
    return bytes.empty() ? 0 : load_u32_le(bytes.data());
  }
  std::uint64_t u64() {
    const std::string_view bytes = take(8);
    return bytes.empty() ? 0 : load_u64_be(bytes.data());
  }
  TimePoint time() {
    return TimePoint(std::chrono::microseconds(static_cast<std::int64_t>(u64())));
  }
  std::string_view text() { return take(u32()); }

  // Bytes that are left.
  std::size_t left() const { return rest_.size(); }
  bool ok() const { return ok_; }
  // Whether everything was there and nothing follows it.
  bool complete() const { return ok_ && rest_.empty(); }

 private:
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) ok_ = false;
    if (!ok_) return {};
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// What it reads.
inline void append_u8(std::uint8_t value, std::string* out) {
  out->push_back(to_char(value));
}
inline void append_time(TimePoint time, std::string* out) {
  append_u64_be(static_cast<std::uint64_t>(time.time_since_epoch().count()), out);
}
inline void append_text(std::string_view text, std::string* out) {
  append_u32_le(static_cast<std::uint32_t>(text.size()), out);
  out->append(text);
}

}  // namespace stator
