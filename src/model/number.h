// DynamoDB's number: exact decimal, at most 38 significant digits, magnitude 1E-130 .. 9.9E+125.
//
//   number  := 0x80                                    zero
//            | exponent pair{1..20}                    positive
//            | exponent pair{1..20} end                negative
//   exponent:= 0xC0 + p, complemented when negative    p: base-100 digits before the point, -64..63
//   pair    := 1 + v, or 101 - v when negative         v: 0..99, pairs aligned on the decimal point
//   end     := 0x66                                    left out when there are 20 pairs
//
// The order of these bytes is the order of the numbers, and their length is the size that DynamoDB
// bills (source: the hash input of AWS's partitioner, as dynalite documents it).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stator {

// A value; equality and order are those of bytes().
class Number {
 public:
  static constexpr std::size_t kBytesMax = 22;

  std::string_view bytes() const { return {bytes_.data(), size_}; }
  friend bool operator==(const Number& a, const Number& b) { return a.bytes() == b.bytes(); }

 private:
  friend struct Decimal;
  std::array<char, kBytesMax> bytes_{};
  std::uint8_t size_ = 0;
};

// Reads a number as the wire writes it: [+-] digits [. digits] [e [+-] digits].
//   errors  validation: not numeric, overflow, underflow, more than 38 digits, in this order
Result<Number> parse_number(std::string_view text);

// "-0." and the 167 digits of a number with 38 digits and magnitude 1E-130.
inline constexpr std::size_t kNumberTextBytesMax = 176;

// Writes plain decimal text: no exponent, no '+', no superfluous zero.
//   bytes    of a valid number, see is_number
//   out      room for kNumberTextBytesMax
//   returns  the place after the text
char* write_number_text(std::string_view bytes, char* out);

// The same at the end of a string.
void append_number_text(std::string_view bytes, std::string* out);

// Whether `bytes` are exactly one number of the grammar above.
bool is_number(std::string_view bytes);

// a + b and a - b, exact.
//   errors  validation: overflow, underflow, or a result of more than 38 digits
Result<Number> add_numbers(std::string_view a, std::string_view b);
Result<Number> subtract_numbers(std::string_view a, std::string_view b);

}  // namespace stator
