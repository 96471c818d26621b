// Numbers as tests write them, and what they cost.
#pragma once

#include <charconv>
#include <ctime>
#include <string>
#include <string_view>

#include "model/number.h"

namespace stator::testing_support {

inline constexpr std::string_view kOverflow =
    "Number overflow. Attempting to store a number with magnitude larger than supported range";
inline constexpr std::string_view kUnderflow =
    "Number underflow. Attempting to store a number with magnitude smaller than supported range";
inline constexpr std::string_view kTooPrecise =
    "Attempting to store more than 38 significant digits in a Number";

// The text with "~12~" replaced by twelve zeros.
inline std::string expanded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t mark = text.find('~');
    out.append(text.substr(0, mark));
    if (mark == std::string_view::npos) break;
    const std::size_t end = text.find('~', mark + 1);
    std::size_t zeros = 0;
    std::from_chars(text.data() + mark + 1, text.data() + end, zeros);
    out.append(zeros, '0');
    text.remove_prefix(end + 1);
  }
  return out;
}

inline std::string text_of(const Result<Number>& number) {
  if (!number) return number.error().message();
  std::string text;
  append_number_text(number->bytes(), &text);
  return text;
}

// The processor's time that a thousand calls take.
template <typename Call>
double seconds_of_a_thousand(const Call& call) {
  const std::clock_t begin = std::clock();
  for (int i = 0; i < 1000; ++i) call();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace stator::testing_support
