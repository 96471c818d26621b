#include "simulate/figure_text.h"

#include <fmt/format.h>

#include <cmath>

namespace stator {
namespace {

constexpr double kWholeFrom = 99.95;  // rounds to a hundred
constexpr double kTenthFrom = 0.05;   // rounds to a tenth

std::string tenths_text(double amount) {
  std::string text = fmt::format("{:.1f}", amount);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

}  // namespace

std::string count_text(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string amount_text(double amount) {
  if (amount >= kWholeFrom) return count_text(static_cast<std::uint64_t>(std::llround(amount)));
  if (amount > 0 && amount < kTenthFrom) return "<0.1";
  return tenths_text(amount);
}

std::string percent_text(double share) {
  const double percent = share * 100;
  if (percent > 0 && percent < kTenthFrom) return "<0.1%";
  if (percent >= kWholeFrom && percent < 100) return ">99.9%";
  return tenths_text(percent) + "%";
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace stator
