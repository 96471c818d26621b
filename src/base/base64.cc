#include "base/base64.h"

#include <array>
#include <cstdint>

#include "base/bytes.h"

namespace stator {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint8_t kInvalid = 0xFF;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kInvalid);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> kValues = make_values();

Error not_base64() {
  return Error(ErrorCode::serialization, "only base-64-encoded strings are convertible to bytes");
}

}  // namespace

char* write_base64(std::string_view bytes, char* out) {
  const auto digit = [](std::uint32_t value) { return kAlphabet[value & 63]; };
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t group = static_cast<std::uint32_t>(to_byte(bytes[i])) << 16 |
                                static_cast<std::uint32_t>(to_byte(bytes[i + 1])) << 8 |
                                to_byte(bytes[i + 2]);
    *out++ = digit(group >> 18);
    *out++ = digit(group >> 12);
    *out++ = digit(group >> 6);
    *out++ = digit(group);
  }
  const std::size_t left = bytes.size() - i;
  if (left == 0) return out;
  const std::uint32_t second = left == 2 ? to_byte(bytes[i + 1]) : 0U;
  const std::uint32_t group = static_cast<std::uint32_t>(to_byte(bytes[i])) << 16 | second << 8;
  *out++ = digit(group >> 18);
  *out++ = digit(group >> 12);
  *out++ = left == 2 ? digit(group >> 6) : '=';
  *out++ = '=';
  return out;
}

void append_base64(std::string_view bytes, std::string* out) {
  const std::size_t start = out->size();
  out->resize(start + base64_length(bytes.size()));
  write_base64(bytes, out->data() + start);
}

Result<void> decode_base64(std::string_view text, std::string* out) {
  if (text.size() % 4 != 0) {
    return Error(ErrorCode::serialization,
                 "Base64 encoded length is expected a multiple of 4 bytes but found: " +
                     std::to_string(text.size()));
  }
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const std::string_view digits = text.substr(0, text.size() - padding);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : digits) {
    const std::uint8_t value = kValues[to_byte(c)];
    if (value == kInvalid) return not_base64();
    bits = bits << 6 | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out->push_back(to_char(static_cast<std::uint8_t>(bits >> count)));
      bits &= (1U << count) - 1;
    }
  }
  if (bits != 0) {
    return Error(ErrorCode::serialization, "Invalid last non-pad Base64 character dectected");
  }
  return {};
}

}  // namespace stator
