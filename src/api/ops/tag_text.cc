#include "api/ops/tag_text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "base/bytes.h"
#include "base/utf8.h"

namespace stator {
namespace {

struct Block {
  std::uint32_t first;
  std::uint32_t last;
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

// Takes the first character off a text.
std::uint32_t take_character(std::string_view* text) {
  const std::uint8_t lead = to_byte(text->front());
  text->remove_prefix(1);
  if (lead < 0xC0) return lead;
  std::uint32_t character = lead >= 0xF0   ? lead & 0x07U
                            : lead >= 0xE0 ? lead & 0x0FU
                                           : lead & 0x1FU;
  while (!text->empty() && continues_character(text->front())) {
    character = character << 6 | (to_byte(text->front()) & 0x3FU);
    text->remove_prefix(1);
  }
  return character;
}

bool is_of_tags(std::uint32_t character) {
  if (character < 0x80) {
    const char c = static_cast<char>(character);
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_digit = c >= '0' && c <= '9';
    return is_letter || is_digit || std::string_view(" +-=._:/@").find(c) != std::string_view::npos;
  }
  const Block* const block =
      std::lower_bound(std::begin(kOthers), std::end(kOthers), character,
                       [](const Block& each, std::uint32_t c) { return each.last < c; });
  return block == std::end(kOthers) || character < block->first;
}

}  // namespace

bool is_tag_text(std::string_view text) {
  while (!text.empty()) {
    if (!is_of_tags(take_character(&text))) return false;
  }
  return true;
}

}  // namespace stator
