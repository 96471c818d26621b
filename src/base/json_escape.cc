#include "base/json_escape.h"

#include <cstdint>
#include <optional>

#include "base/ascii.h"
#include "base/bytes.h"

namespace stator {
namespace {

constexpr std::size_t kUnitDigits = 4;

void append_utf8(std::uint32_t code_point, std::string* out) {
  const auto put = [out](std::uint32_t byte) {
    out->push_back(to_char(static_cast<std::uint8_t>(byte)));
  };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
  }
  put(0x80 | (code_point & 0x3F));
}

// What the escape of one letter stands for; 0: there is none.
char escaped(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

// Takes the digits of \uXXXX.
std::optional<std::uint32_t> take_unit(std::string_view* text) {
  if (text->size() < kUnitDigits) return std::nullopt;
  std::uint32_t unit = 0;
  for (const char c : text->substr(0, kUnitDigits)) {
    const int digit = hex_value(c);
    if (digit < 0) return std::nullopt;
    unit = unit << 4 | static_cast<std::uint32_t>(digit);
  }
  text->remove_prefix(kUnitDigits);
  return unit;
}

bool is_high_surrogate(std::uint32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low_surrogate(std::uint32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

JsonEscape read_code_point(std::string_view* text, std::string* out) {
  const std::optional<std::uint32_t> unit = take_unit(text);
  if (!unit) return JsonEscape::short_digits;
  if (is_low_surrogate(*unit)) return JsonEscape::half_pair;
  if (!is_high_surrogate(*unit)) {
    append_utf8(*unit, out);
    return JsonEscape::good;
  }
  if (!text->starts_with("\\u")) return JsonEscape::half_pair;
  text->remove_prefix(2);
  const std::optional<std::uint32_t> low = take_unit(text);
  if (!low) return JsonEscape::short_digits;
  if (!is_low_surrogate(*low)) return JsonEscape::half_pair;
  append_utf8(0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00), out);
  return JsonEscape::good;
}

}  // namespace

JsonEscape read_json_escape(std::string_view* text, std::string* out) {
  if (text->empty()) return JsonEscape::unknown;
  const char letter = text->front();
  text->remove_prefix(1);
  if (letter == 'u') return read_code_point(text, out);
  const char c = escaped(letter);
  if (c == 0) return JsonEscape::unknown;
  out->push_back(c);
  return JsonEscape::good;
}

}  // namespace stator
