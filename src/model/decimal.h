// A number taken apart into digits: what parsing, printing and arithmetic work on.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/number.h"

namespace stator {

// sign * d0.d1d2d3... * 10^lead, d0 and the last digit not 0; zero has no digits. A value.
struct Decimal {
  // Room for an exact sum of two numbers whose digits overlap or nearly do, see add.
  static constexpr int kDigitsMax = 96;

  bool negative = false;
  int lead = 0;   // the power of ten of the first digit
  int count = 0;  // digits in use
  std::array<std::uint8_t, kDigitsMax> digits{};

  bool is_zero() const { return count == 0; }
  int last() const { return lead - count + 1; }  // the power of ten of the last digit

  static Decimal from_bytes(std::string_view number_bytes);

  //   errors  validation: overflow, underflow, more than 38 digits, in this order
  Result<Number> to_number() const;
};

// Exact, or an error where the sum cannot have 38 digits or fewer.
Result<Decimal> add(const Decimal& a, const Decimal& b);

inline constexpr int kNumberDigitsMax = 38;
inline constexpr int kNumberLeadMax = 125;   // 9.9...E+125
inline constexpr int kNumberLeadMin = -130;  // 1E-130

Error number_overflow();
Error number_underflow();
Error number_too_precise();

}  // namespace stator
