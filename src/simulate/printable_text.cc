#include "simulate/printable_text.h"

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/utf8.h"

namespace stator {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
  bool is_valid = false;
};

// How many bytes a character has, from its first; 0: it begins none.
std::size_t length_of(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

// Not one that a shorter form has, no surrogate, and none above U+10FFFF.
bool is_allowed(std::uint32_t value, std::size_t bytes) {
  if (bytes == 3) return value >= 0x800 && (value < 0xD800 || value > 0xDFFF);
  if (bytes == 4) return value >= 0x10000 && value <= 0x10FFFF;
  return true;
}

//   text  not empty
CodePoint first_code_point(std::string_view text) {
  const std::uint8_t first = to_byte(text.front());
  const std::size_t bytes = length_of(first);
  if (bytes == 0 || bytes > text.size()) return {};
  std::uint32_t value = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const std::uint8_t next = to_byte(text[i]);
    if (!continues_character(text[i])) return {};
    value = value << 6 | (next & 0x3F);
  }
  if (!is_allowed(value, bytes)) return {};
  return {.value = value, .bytes = bytes, .is_valid = true};
}

// Controls, line and paragraph separators, and what only steers how others are shown.
bool is_shown(std::uint32_t c) {
  const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool is_format = c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
                         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
                         c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
                         (c >= 0xE0000 && c <= 0xE007F);
  return !is_control && !is_format;
}

// The characters of a text that has been made printable, one view each.
std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  while (!text.empty()) {
    const std::size_t bytes = length_of(to_byte(text.front()));
    characters.push_back(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return characters;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    shown += next.is_valid && is_shown(next.value) ? text.substr(0, next.bytes) : kReplacement;
    text.remove_prefix(next.bytes);
  }
  return shown;
}

std::string clipped(std::string_view text, std::size_t most) {
  std::string shown = printable(text);
  const std::vector<std::string_view> characters = characters_of(shown);
  if (characters.size() <= most) return shown;
  const std::size_t last = (most - 1) / 2;
  const std::size_t first = most - 1 - last;
  std::string clip;
  for (std::size_t i = 0; i < first; ++i) clip += characters[i];
  clip += kEllipsis;
  for (std::size_t i = characters.size() - last; i < characters.size(); ++i) clip += characters[i];
  return clip;
}

}  // namespace stator
