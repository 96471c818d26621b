// Text in UTF-8: how long it is. Of bytes that are not well formed the counts are only bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace stator {

// Whether a byte is of a character that an earlier one began.
inline bool continues_character(char c) {
  return (to_byte(c) & 0xC0) == 0x80;
}

// The bytes of the first character of a text; 0: it is not well formed, or there is none.
inline std::size_t first_character_bytes(std::string_view text) {
  if (text.empty()) return 0;
  const std::uint8_t first = to_byte(text[0]);
  if (first < 0x80) return 1;
  const std::size_t bytes = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (first < 0xC2 || first > 0xF4 || text.size() < bytes) return 0;
  for (const char c : text.substr(1, bytes - 1)) {
    if (!continues_character(c)) return 0;
  }
  const std::uint8_t second = to_byte(text[1]);
  const bool is_longer_than_needed =
      (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool is_half_a_pair = first == 0xED && second > 0x9F;
  const bool is_beyond_unicode = first == 0xF4 && second > 0x8F;
  return is_longer_than_needed || is_half_a_pair || is_beyond_unicode ? 0 : bytes;
}

inline std::size_t utf8_characters(std::string_view text) {
  std::size_t characters = 0;
  for (const char c : text) characters += static_cast<std::size_t>(!continues_character(c));
  return characters;
}

// As Java, and so AWS, counts a string.
inline std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    units += static_cast<std::size_t>(!continues_character(c)) +
             static_cast<std::size_t>(to_byte(c) >= 0xF0);
  }
  return units;
}

}  // namespace stator
