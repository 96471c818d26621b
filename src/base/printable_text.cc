#include "base/printable_text.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"

namespace stator {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

// Controls, line and paragraph separators, and what only steers how others are shown.
bool is_shown(char32_t c) {
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
    const std::size_t bytes = first_character(text).bytes;
    characters.push_back(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return characters;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    shown +=
        next.bytes > 0 && is_shown(next.code_point) ? text.substr(0, next.bytes) : kReplacement;
    text.remove_prefix(std::max<std::size_t>(next.bytes, 1));
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
