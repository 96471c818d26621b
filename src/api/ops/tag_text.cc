#include "api/ops/tag_text.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "base/utf8.h"

namespace stator {
namespace {

struct Block {
  char32_t first;
  char32_t last;
};

// Controls, punctuation, symbols, pictographs and private use beyond ASCII; in order.
constexpr Block kOthers[] = {
    {0x80, 0x9F},     {0xA1, 0xA9},       {0xAB, 0xB1},       {0xB4, 0xB4},        {0xB6, 0xB8},
    {0xBB, 0xBB},     {0xBF, 0xBF},       {0xD7, 0xD7},       {0xF7, 0xF7},        {0x200B, 0x2027},
    {0x202A, 0x202E}, {0x2030, 0x205E},   {0x2060, 0x206F},   {0x207A, 0x207E},    {0x208A, 0x208E},
    {0x20A0, 0x20CF}, {0x2190, 0x245F},   {0x249C, 0x24E9},   {0x2500, 0x2775},    {0x2794, 0x2BFF},
    {0x3001, 0x3004}, {0x3008, 0x3020},   {0xE000, 0xF8FF},   {0xFE00, 0xFE6F},    {0xFEFF, 0xFEFF},
    {0xFFF9, 0xFFFF}, {0x1F000, 0x1F0FF}, {0x1F10D, 0x1FBEF}, {0xE0000, 0x10FFFF},
};

bool is_of_tags(char32_t character) {
  if (character < 0x80) {
    const char c = static_cast<char>(character);
    return is_ascii_letter(c) || is_ascii_digit(c) ||
           std::string_view(" +-=._:/@").find(c) != std::string_view::npos;
  }
  const Block* const block =
      std::lower_bound(std::begin(kOthers), std::end(kOthers), character,
                       [](const Block& each, char32_t c) { return each.last < c; });
  return block == std::end(kOthers) || character < block->first;
}

}  // namespace

bool is_tag_text(std::string_view text) {
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    if (next.bytes == 0 || !is_of_tags(next.code_point)) return false;
    text.remove_prefix(next.bytes);
  }
  return true;
}

}  // namespace stator
