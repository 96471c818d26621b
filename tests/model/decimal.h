// A DynamoDB number as a plain decimal, with arithmetic as on paper: slow, short and independent of
// the product's.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace stator::plain {

// 0.digits * 10^exponent. A value; equal numbers are equal member by member.
struct Decimal {
  bool negative = false;
  std::string digits = {};  // without leading and trailing zeros; empty: zero
  int exponent = 0;         // 0 when zero

  bool operator==(const Decimal&) const = default;
};

// Reads any spelling that DynamoDB accepts.
//   errors  throws std::invalid_argument
Decimal parse_decimal(std::string_view text);

// The one spelling that replies use: no exponent, no superfluous zero.
std::string print(const Decimal& number);

std::strong_ordering compare(const Decimal& a, const Decimal& b);
Decimal negated(Decimal number);
Decimal sum(const Decimal& a, const Decimal& b);

// At most 38 significant digits, magnitude 1E-130 .. 9.9E+125.
bool is_storable(const Decimal& number);

// The bytes that DynamoDB bills: pairs of digits aligned on the point, and an exponent.
std::size_t size_of(const Decimal& number);

}  // namespace stator::plain
