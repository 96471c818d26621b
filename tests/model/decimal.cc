#include "decimal.h"

#include <algorithm>
#include <stdexcept>

namespace stator::plain {
namespace {

constexpr int kDigitsMax = 38;
constexpr int kExponentMax = 126;   // of 0.9E+126
constexpr int kExponentMin = -129;  // of 0.1E-129
constexpr int kPairsOfLongNumbers = 20;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Trims the zeros of both ends; the point stands before the first digit of `digits`.
Decimal normal(bool negative, std::string digits, int exponent) {
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return {};
  digits.erase(digits.find_last_not_of('0') + 1);
  digits.erase(0, first);
  return {negative, std::move(digits), exponent - static_cast<int>(first)};
}

int length(const Decimal& number) {
  return static_cast<int>(number.digits.size());
}

// The digits of the positions high - 1 .. low, most significant first.
std::string aligned(const Decimal& number, int high, int low) {
  std::string digits(static_cast<std::size_t>(high - number.exponent), '0');
  digits += number.digits;
  digits.resize(static_cast<std::size_t>(high - low), '0');
  return digits;
}

std::strong_ordering compare_magnitudes(const Decimal& a, const Decimal& b) {
  if (a.digits.empty() || b.digits.empty()) return a.digits.size() <=> b.digits.size();
  if (a.exponent != b.exponent) return a.exponent <=> b.exponent;
  return a.digits.compare(b.digits) <=> 0;
}

std::string added(const std::string& a, const std::string& b) {
  std::string digits(a.size(), '0');
  int carry = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    const int column = (a[i] - '0') + (b[i] - '0') + carry;
    digits[i] = static_cast<char>('0' + column % 10);
    carry = column / 10;
  }
  return digits;
}

std::string subtracted(const std::string& larger, const std::string& smaller) {
  std::string digits(larger.size(), '0');
  int borrow = 0;
  for (std::size_t i = larger.size(); i-- > 0;) {
    const int column = (larger[i] - '0') - (smaller[i] - '0') - borrow;
    digits[i] = static_cast<char>('0' + (column + 10) % 10);
    borrow = column < 0 ? 1 : 0;
  }
  return digits;
}

int floor_half(int position) {
  return position >= 0 ? position / 2 : (position - 1) / 2;
}

}  // namespace

Decimal parse_decimal(std::string_view text) {
  const std::string_view whole = text;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits;
  int point = -1;
  while (!text.empty() && (is_digit(text[0]) || (text[0] == '.' && point < 0))) {
    if (text[0] == '.') {
      point = static_cast<int>(digits.size());
    } else {
      digits += text[0];
    }
    text.remove_prefix(1);
  }
  int exponent = 0;
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    std::size_t used = 0;
    exponent = std::stoi(std::string(text.substr(1)), &used);
    text.remove_prefix(1 + used);
  }
  if (digits.empty() || !text.empty()) throw std::invalid_argument(std::string(whole));
  const int before_point = point < 0 ? static_cast<int>(digits.size()) : point;
  return normal(negative, std::move(digits), before_point + exponent);
}

std::string print(const Decimal& number) {
  if (number.digits.empty()) return "0";
  std::string text = number.negative ? "-" : "";
  if (number.exponent <= 0) {
    return text + "0." + std::string(static_cast<std::size_t>(-number.exponent), '0') +
           number.digits;
  }
  const auto whole = static_cast<std::size_t>(number.exponent);
  if (number.digits.size() <= whole) {
    return text + number.digits + std::string(whole - number.digits.size(), '0');
  }
  return text + number.digits.substr(0, whole) + "." + number.digits.substr(whole);
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) {
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return a.negative ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

Decimal negated(Decimal number) {
  if (!number.digits.empty()) number.negative = !number.negative;
  return number;
}

Decimal sum(const Decimal& a, const Decimal& b) {
  if (a.digits.empty()) return b;
  if (b.digits.empty()) return a;
  const int high = std::max(a.exponent, b.exponent) + 1;
  const int low = std::min(a.exponent - length(a), b.exponent - length(b));
  const std::string left = aligned(a, high, low);
  const std::string right = aligned(b, high, low);
  if (a.negative == b.negative) return normal(a.negative, added(left, right), high);
  if (left >= right) return normal(a.negative, subtracted(left, right), high);
  return normal(b.negative, subtracted(right, left), high);
}

bool is_storable(const Decimal& number) {
  return number.digits.empty() ||
         (length(number) <= kDigitsMax && number.exponent <= kExponentMax &&
          number.exponent >= kExponentMin);
}

std::size_t size_of(const Decimal& number) {
  if (number.digits.empty()) return 1;
  const int pairs =
      floor_half(number.exponent - 1) - floor_half(number.exponent - length(number)) + 1;
  const bool ends_early = number.negative && pairs < kPairsOfLongNumbers;
  return static_cast<std::size_t>(1 + pairs + (ends_early ? 1 : 0));
}

}  // namespace stator::plain
