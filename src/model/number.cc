#include "model/number.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "model/decimal.h"

namespace stator {
namespace {

// The syntax of a number, split: digits before and after the point, and the exponent.
struct NumberText {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::int64_t exponent = 0;
};

std::string_view take_digits(std::string_view* text) {
  std::size_t size = 0;
  while (size < text->size() && (*text)[size] >= '0' && (*text)[size] <= '9') ++size;
  const std::string_view digits = text->substr(0, size);
  text->remove_prefix(size);
  return digits;
}

bool take_sign(std::string_view* text) {
  if (text->empty() || (text->front() != '-' && text->front() != '+')) return false;
  const bool negative = text->front() == '-';
  text->remove_prefix(1);
  return negative;
}

bool take_exponent(std::string_view text, std::int64_t* exponent) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const auto read = std::from_chars(text.data(), text.data() + text.size(), *exponent);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

bool split(std::string_view text, NumberText* out) {
  out->negative = take_sign(&text);
  out->whole = take_digits(&text);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    out->fraction = take_digits(&text);
  }
  if (out->whole.empty() && out->fraction.empty()) return false;
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  return take_exponent(text.substr(1), &out->exponent);
}

// The significant digits of whole and fraction together, first and last not 0.
struct Significant {
  std::int64_t lead = 0;  // the power of ten of the first
  std::size_t first = 0;
  std::size_t end = 0;
};

char digit_at(const NumberText& text, std::size_t i) {
  return i < text.whole.size() ? text.whole[i] : text.fraction[i - text.whole.size()];
}

Significant significant(const NumberText& text) {
  Significant result;
  result.end = text.whole.size() + text.fraction.size();
  while (result.first < result.end && digit_at(text, result.first) == '0') ++result.first;
  while (result.end > result.first && digit_at(text, result.end - 1) == '0') --result.end;
  result.lead =
      static_cast<std::int64_t>(text.whole.size()) - 1 - static_cast<std::int64_t>(result.first);
  return result;
}

// Exponents are 64-bit on the wire; past this they are out of range whatever the digits are.
constexpr std::int64_t kExponentFar = std::int64_t{1} << 40;

Error not_numeric(std::string_view text) {
  return validation_error("The parameter cannot be converted to a numeric value: " +
                          std::string(text));
}

// Zero is judged by the exponent it is written with: 0e126 overflows, 0.0e126 does not.
Result<Number> zero(const NumberText& text) {
  const std::int64_t scale = text.exponent - static_cast<std::int64_t>(text.fraction.size());
  if (scale > kNumberLeadMax) return number_overflow();
  if (scale < kNumberLeadMin) return number_underflow();
  return Decimal{}.to_number();
}

}  // namespace

Result<Number> parse_number(std::string_view text) {
  NumberText parts;
  if (!split(text, &parts)) return not_numeric(text);
  if (parts.exponent > kExponentFar) return number_overflow();
  if (parts.exponent < -kExponentFar) return number_underflow();
  const Significant digits = significant(parts);
  if (digits.first == digits.end) return zero(parts);

  const std::int64_t lead = digits.lead + parts.exponent;
  if (lead > kNumberLeadMax) return number_overflow();
  if (lead < kNumberLeadMin) return number_underflow();
  if (digits.end - digits.first > static_cast<std::size_t>(kNumberDigitsMax)) {
    return number_too_precise();
  }
  Decimal decimal;
  decimal.negative = parts.negative;
  decimal.lead = static_cast<int>(lead);
  for (std::size_t i = digits.first; i < digits.end; ++i) {
    decimal.digits[static_cast<std::size_t>(decimal.count++)] =
        static_cast<std::uint8_t>(digit_at(parts, i) - '0');
  }
  return decimal.to_number();
}

char* write_number_text(std::string_view bytes, char* out) {
  const Decimal number = Decimal::from_bytes(bytes);
  if (number.is_zero()) {
    *out++ = '0';
    return out;
  }
  if (number.negative) *out++ = '-';
  if (number.lead < 0) {
    *out++ = '0';
    *out++ = '.';
    out = std::fill_n(out, -number.lead - 1, '0');
  }
  for (int i = 0; i < number.count; ++i) {
    *out++ = static_cast<char>('0' + number.digits[static_cast<std::size_t>(i)]);
    if (number.lead == i && i + 1 < number.count) *out++ = '.';
  }
  return number.last() > 0 ? std::fill_n(out, number.last(), '0') : out;
}

void append_number_text(std::string_view bytes, std::string* out) {
  char text[kNumberTextBytesMax];
  out->append(text, static_cast<std::size_t>(write_number_text(bytes, text) - text));
}

bool is_number(std::string_view bytes) {
  if (bytes.empty()) return false;
  const std::uint8_t first = to_byte(bytes[0]);
  if (bytes.size() == 1) return first == 0x80;
  const bool negative = first < 0x80;
  std::string_view pairs = bytes.substr(1);
  if (negative) {
    const bool ended = to_byte(pairs.back()) == 0x66;
    if (ended) pairs.remove_suffix(1);
    if (ended == (pairs.size() >= 20)) return false;
  }
  if (pairs.empty() || pairs.size() > 20) return false;
  for (const char c : pairs) {
    const std::uint8_t byte = to_byte(c);
    if (byte < (negative ? 2 : 1) || byte > (negative ? 101 : 100)) return false;
  }
  const std::uint8_t zero_pair = negative ? 101 : 1;
  if (to_byte(pairs.front()) == zero_pair || to_byte(pairs.back()) == zero_pair) return false;
  const Decimal decimal = Decimal::from_bytes(bytes);
  return decimal.count <= kNumberDigitsMax && decimal.lead <= kNumberLeadMax &&
         decimal.lead >= kNumberLeadMin;
}

Result<Number> add_numbers(std::string_view a, std::string_view b) {
  const Decimal sum = TRY(add(Decimal::from_bytes(a), Decimal::from_bytes(b)));
  return sum.to_number();
}

Result<Number> subtract_numbers(std::string_view a, std::string_view b) {
  Decimal negated = Decimal::from_bytes(b);
  negated.negative = !negated.negative;
  const Decimal difference = TRY(add(Decimal::from_bytes(a), negated));
  return difference.to_number();
}

}  // namespace stator
