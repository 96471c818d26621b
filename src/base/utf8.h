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

struct Utf8Character {
  char32_t code_point = 0;
  std::size_t bytes = 0;  // 1..4; 0: the text begins with none
};

// The character that a text begins with, in the well-formed UTF-8 of RFC 3629 alone: none that is
// cut short or longer than needed, no surrogate, nothing beyond U+10FFFF.
Utf8Character first_character(std::string_view text);

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
