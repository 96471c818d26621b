// Floating-point numbers as text.
#pragma once

#include <cstddef>

namespace stator {

inline constexpr std::size_t kRealTextBytesMax = 32;

// Writes the shortest digits that give the value back, those from 1e-6 to 1e15 without an exponent;
// returns the place after them.
//   value  finite
//   out    at least kRealTextBytesMax
char* write_real(double value, char* out);

}  // namespace stator
