#include "base/utf8.h"

namespace stator {
namespace {

// How many bytes a character has, from its first; 0: none begins so.
std::size_t bytes_from(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

bool is_allowed(char32_t code_point, std::size_t bytes) {
  if (bytes == 3) return code_point >= 0x800 && (code_point < 0xD800 || code_point > 0xDFFF);
  if (bytes == 4) return code_point >= 0x10000 && code_point <= 0x10FFFF;
  return true;
}

}  // namespace

Utf8Character first_character(std::string_view text) {
  if (text.empty()) return {};
  const std::uint8_t first = to_byte(text.front());
  const std::size_t bytes = bytes_from(first);
  if (bytes == 0 || bytes > text.size()) return {};
  char32_t code_point = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
  for (const char c : text.substr(1, bytes - 1)) {
    if (!continues_character(c)) return {};
    code_point = code_point << 6 | (to_byte(c) & 0x3FU);
  }
  if (!is_allowed(code_point, bytes)) return {};
  return {.code_point = code_point, .bytes = bytes};
}

}  // namespace stator
