#include "base/duration.h"

#include <array>
#include <cstdint>

#include "base/ascii.h"

namespace stator {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};

// The longest first.
constexpr std::array<Unit, 5> kUnits = {
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};

Error not_a_duration(std::string_view text) {
  return validation_error("not a duration: \"" + std::string(text) +
                          "\"; it is written like 0, 200ms, 1.5s, 2m, 1h or 1d");
}

// Takes the digits off the front.
std::string_view take_digits(std::string_view* text) {
  std::size_t count = 0;
  while (count < text->size() && is_ascii_digit((*text)[count])) ++count;
  const std::string_view digits = text->substr(0, count);
  text->remove_prefix(count);
  return digits;
}

std::int64_t unit_milliseconds(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return unit.milliseconds;
  }
  return 0;
}

// `digits` of milliseconds, or the greatest number that is surely too many.
std::int64_t whole(std::string_view digits, std::int64_t unit) {
  const std::int64_t count_max = kDurationMax.count() / unit;
  std::int64_t count = 0;
  for (const char digit : digits) {
    count = count * 10 + (digit - '0');
    if (count > count_max) return kDurationMax.count() + 1;
  }
  return count * unit;
}

// No longer fraction of a unit is whole milliseconds, and one of these fits 63 bits.
constexpr std::size_t kFractionDigitsMax = 11;

// A fraction of the unit in milliseconds; -1 where it is finer than one.
std::int64_t part(std::string_view digits, std::int64_t unit) {
  while (digits.ends_with('0')) digits.remove_suffix(1);
  if (digits.size() > kFractionDigitsMax) return -1;
  std::int64_t milliseconds = 0;
  std::int64_t divisor = 1;
  for (const char digit : digits) {
    milliseconds = milliseconds * 10 + (digit - '0') * unit;
    divisor *= 10;
  }
  return milliseconds % divisor == 0 ? milliseconds / divisor : -1;
}

}  // namespace

Result<std::chrono::milliseconds> parse_duration(std::string_view text,
                                                 std::chrono::milliseconds most) {
  if (text == "0") return std::chrono::milliseconds(0);
  std::string_view rest = text;
  const std::string_view count = take_digits(&rest);
  std::string_view fraction;
  const bool has_fraction = rest.starts_with('.');
  if (has_fraction) {
    rest.remove_prefix(1);
    fraction = take_digits(&rest);
  }
  const std::int64_t unit = unit_milliseconds(rest);
  if (count.empty() || unit == 0 || has_fraction == fraction.empty()) return not_a_duration(text);
  const std::int64_t more = part(fraction, unit);
  if (more < 0) {
    return validation_error("finer than a millisecond: \"" + std::string(text) + "\"");
  }
  const std::chrono::milliseconds duration(whole(count, unit) + more);
  if (duration <= most) return duration;
  return validation_error("too long: \"" + std::string(text) + "\"; the most is " +
                          format_duration(most));
}

std::string format_duration(std::chrono::milliseconds duration) {
  if (duration.count() == 0) return "0";
  for (const Unit& unit : kUnits) {
    if (duration.count() % unit.milliseconds != 0) continue;
    return std::to_string(duration.count() / unit.milliseconds).append(unit.name);
  }
  return {};  // not reached: every count is whole milliseconds
}

}  // namespace stator
