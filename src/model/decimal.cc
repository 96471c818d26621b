#include "model/decimal.h"

#include <algorithm>

#include "base/bytes.h"

namespace stator {
namespace {

constexpr std::uint8_t kZero = 0x80;
constexpr std::uint8_t kNegativeEnd = 0x66;
constexpr int kExponentBase = 0xC0;
constexpr int kPairsMax = 20;

// Floor division by two, also of negative powers.
constexpr int half(int power) {
  return power >> 1;
}

// Digits of |a| - |b| or |a| + |b| on the grid that starts at power `high` and has `width` columns.
struct Grid {
  int high;
  int width;

  std::array<int, Decimal::kDigitsMax + 2> columns{};

  void spread(const Decimal& number, int factor) {
    for (int i = 0; i < number.count; ++i) {
      columns[static_cast<std::size_t>(high - number.lead + i)] +=
          factor * number.digits[static_cast<std::size_t>(i)];
    }
  }

  void carry() {
    for (std::size_t i = static_cast<std::size_t>(width) - 1; i > 0; --i) {
      const int carried = columns[i] >= 10 ? 1 : (columns[i] < 0 ? -1 : 0);
      columns[i] -= carried * 10;
      columns[i - 1] += carried;
    }
  }

  Decimal collect(bool negative) const {
    Decimal result;
    int first = 0;
    while (first < width && columns[static_cast<std::size_t>(first)] == 0) ++first;
    int end = width;
    while (end > first && columns[static_cast<std::size_t>(end) - 1] == 0) --end;
    if (first == end) return result;
    result.negative = negative;
    result.lead = high - first;
    result.count = end - first;
    for (int i = first; i < end; ++i) {
      result.digits[static_cast<std::size_t>(i - first)] =
          static_cast<std::uint8_t>(columns[static_cast<std::size_t>(i)]);
    }
    return result;
  }
};

bool magnitude_less(const Decimal& a, const Decimal& b) {
  if (a.lead != b.lead) return a.lead < b.lead;
  return std::lexicographical_compare(a.digits.begin(), a.digits.begin() + a.count,
                                      b.digits.begin(), b.digits.begin() + b.count);
}

}  // namespace

Error number_overflow() {
  return validation_error(
      "Number overflow. Attempting to store a number with magnitude larger than supported range");
}

Error number_underflow() {
  return validation_error(
      "Number underflow. Attempting to store a number with magnitude smaller than supported range");
}

Error number_too_precise() {
  return validation_error("Attempting to store more than 38 significant digits in a Number");
}

Decimal Decimal::from_bytes(std::string_view bytes) {
  Decimal result;
  const std::uint8_t first = to_byte(bytes[0]);
  if (bytes.size() == 1) return result;
  result.negative = first < kZero;
  const int exponent = (result.negative ? 0xFF - first : first) - kExponentBase;
  result.lead = exponent * 2 - 1;
  for (const char c : bytes.substr(1)) {
    const std::uint8_t byte = to_byte(c);
    if (byte == kNegativeEnd) break;
    const int pair = result.negative ? 101 - byte : byte - 1;
    result.digits[static_cast<std::size_t>(result.count++)] = static_cast<std::uint8_t>(pair / 10);
    result.digits[static_cast<std::size_t>(result.count++)] = static_cast<std::uint8_t>(pair % 10);
  }
  if (result.digits[static_cast<std::size_t>(result.count) - 1] == 0) --result.count;
  if (result.digits[0] == 0) {
    std::copy(result.digits.begin() + 1, result.digits.begin() + result.count,
              result.digits.begin());
    --result.count;
    --result.lead;
  }
  return result;
}

Result<Number> Decimal::to_number() const {
  Number number;
  if (is_zero()) {
    number.bytes_[0] = to_char(kZero);
    number.size_ = 1;
    return number;
  }
  if (lead > kNumberLeadMax) return number_overflow();
  if (lead < kNumberLeadMin) return number_underflow();
  if (count > kNumberDigitsMax) return number_too_precise();

  const int exponent = kExponentBase + half(lead) + 1;
  number.bytes_[0] = to_char(static_cast<std::uint8_t>(negative ? 0xFF - exponent : exponent));
  int pairs = 0;
  int at = 0;
  const auto digit = [this](int i) {
    return i < count ? int{digits[static_cast<std::size_t>(i)]} : 0;
  };
  const auto put = [&](int pair) {
    number.bytes_[static_cast<std::size_t>(++pairs)] =
        to_char(static_cast<std::uint8_t>(negative ? 101 - pair : pair + 1));
  };
  if ((lead & 1) == 0) put(digit(at++));
  for (; at < count; at += 2) put(digit(at) * 10 + digit(at + 1));
  number.size_ = static_cast<std::uint8_t>(1 + pairs);
  if (negative && pairs < kPairsMax) number.bytes_[number.size_++] = to_char(kNegativeEnd);
  return number;
}

Result<Decimal> add(const Decimal& a, const Decimal& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  const int high = std::max(a.lead, b.lead) + 1;
  const int low = std::min(a.last(), b.last());
  // The last digit of one of them stands alone, and so does the first: no cancelling brings a sum
  // as wide as this down to 38 digits.
  if (high - low + 1 > Decimal::kDigitsMax) return number_too_precise();
  Grid grid{.high = high, .width = high - low + 1};
  const bool a_larger = !magnitude_less(a, b);
  const Decimal& larger = a_larger ? a : b;
  const Decimal& smaller = a_larger ? b : a;
  grid.spread(larger, 1);
  grid.spread(smaller, a.negative == b.negative ? 1 : -1);
  grid.carry();
  return grid.collect(larger.negative);
}

}  // namespace stator
