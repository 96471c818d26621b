#include "base/real_text.h"

#include <charconv>
#include <cmath>

namespace stator {

char* write_real(double value, char* out) {
  constexpr double kPlainMin = 1e-6;
  constexpr double kPlainMax = 1e15;
  const double size = std::fabs(value);
  const bool plain = value == 0 || (size >= kPlainMin && size <= kPlainMax);
  char* const end = out + kRealTextBytesMax;
  if (plain) return std::to_chars(out, end, value, std::chars_format::fixed).ptr;
  return std::to_chars(out, end, value).ptr;
}

}  // namespace stator
