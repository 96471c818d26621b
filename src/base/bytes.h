// Integers in byte buffers. Little-endian in values, big-endian in keys, whose order is memcmp's.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace stator {

static_assert(std::endian::native == std::endian::little, "the byte formats assume it");

inline std::uint8_t to_byte(char c) {
  return static_cast<std::uint8_t>(c);
}
inline char to_char(std::uint8_t byte) {
  return static_cast<char>(byte);
}

inline void append_u32_le(std::uint32_t value, std::string* out) {
  char bytes[4];
  std::memcpy(bytes, &value, 4);
  out->append(bytes, 4);
}

// Overwrites four bytes that a writer had left open.
inline void put_u32_le(std::uint32_t value, std::size_t offset, std::string* out) {
  std::memcpy(out->data() + offset, &value, 4);
}

inline std::uint32_t load_u32_le(const char* bytes) {
  std::uint32_t value;
  std::memcpy(&value, bytes, 4);
  return value;
}

inline void append_u32_be(std::uint32_t value, std::string* out) {
  const std::uint32_t swapped = __builtin_bswap32(value);
  char bytes[4];
  std::memcpy(bytes, &swapped, 4);
  out->append(bytes, 4);
}

inline void append_u64_be(std::uint64_t value, std::string* out) {
  const std::uint64_t swapped = __builtin_bswap64(value);
  char bytes[8];
  std::memcpy(bytes, &swapped, 8);
  out->append(bytes, 8);
}

inline std::uint64_t load_u64_be(const char* bytes) {
  std::uint64_t value;
  std::memcpy(&value, bytes, 8);
  return __builtin_bswap64(value);
}

// LEB128, at most five bytes for 32 bits.
inline void append_varint(std::uint32_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(to_char(static_cast<std::uint8_t>(value | 0x80)));
    value >>= 7;
  }
  out->push_back(to_char(static_cast<std::uint8_t>(value)));
}

// A varint's value and the byte after it; `next` is null when the bytes end too early or it is
// longer than five bytes.
struct VarintRead {
  std::uint32_t value = 0;
  const char* next = nullptr;
};

inline VarintRead read_varint(const char* at, const char* end) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 35 && at != end; shift += 7) {
    const std::uint8_t byte = to_byte(*at++);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      if (value > 0xFFFFFFFFU) return {};
      return {static_cast<std::uint32_t>(value), at};
    }
  }
  return {};
}

}  // namespace stator
