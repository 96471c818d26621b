#include "base/time_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <ctime>
#include <iterator>
#include <optional>

namespace stator {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

// Takes digits off the front of a text.
class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : rest_(text) {}

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // A number of exactly so many digits.
  std::optional<int> number(std::size_t digits) {
    int value = 0;
    if (rest_.size() < digits) return std::nullopt;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + digits, value);
    if (error != std::errc() || end != rest_.data() + digits || rest_.front() == '-') {
      return std::nullopt;
    }
    rest_.remove_prefix(digits);
    return value;
  }

  // Behind a point: 1 to 6 digits.
  std::optional<microseconds> fraction() {
    std::int64_t value = 0;
    std::int64_t unit = 1'000'000;
    while (unit > 1 && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      unit /= 10;
      value += (rest_.front() - '0') * unit;
      rest_.remove_prefix(1);
    }
    if (unit == 1'000'000) return std::nullopt;
    return microseconds(value);
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::sys_days> read_date(DigitReader* text) {
  const std::optional<int> year = text->number(4);
  if (!year || !text->take('-')) return std::nullopt;
  const std::optional<int> month = text->number(2);
  if (!month || !text->take('-')) return std::nullopt;
  const std::optional<int> day = text->number(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::optional<microseconds> read_time_of_day(DigitReader* text) {
  const std::optional<int> hour = text->number(2);
  if (!hour || *hour > 23 || !text->take(':')) return std::nullopt;
  const std::optional<int> minute = text->number(2);
  if (!minute || *minute > 59 || !text->take(':')) return std::nullopt;
  const std::optional<int> second = text->number(2);
  if (!second || *second > 59) return std::nullopt;
  const microseconds whole =
      std::chrono::hours(*hour) + std::chrono::minutes(*minute) + seconds(*second);
  if (!text->take('.')) return whole;
  const std::optional<microseconds> fraction = text->fraction();
  if (!fraction) return std::nullopt;
  return whole + *fraction;
}

std::optional<TimePoint> read_moment(std::string_view text) {
  DigitReader reader(text);
  const auto date = read_date(&reader);
  if (!date) return std::nullopt;
  TimePoint time(*date);
  if (reader.take('T')) {
    const std::optional<microseconds> of_day = read_time_of_day(&reader);
    if (!of_day) return std::nullopt;
    time += *of_day;
  }
  if (!reader.take('Z') || !reader.at_end()) return std::nullopt;
  return time;
}

// The system's clock counts nanoseconds, which end in the year 2262.
std::tm utc_of(std::chrono::sys_seconds time) {
  return fmt::gmtime(static_cast<std::time_t>(time.time_since_epoch().count()));
}

std::optional<TimePoint> read_epoch(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value < 0 || seconds(value) > kTimeMax.time_since_epoch()) return std::nullopt;
  return TimePoint(seconds(value));
}

}  // namespace

Result<TimePoint> parse_time(std::string_view text) {
  std::optional<TimePoint> time = read_epoch(text);
  if (!time) time = read_moment(text);
  if (time && *time >= TimePoint() && *time <= kTimeMax) return *time;
  return validation_error("not a time such as 2026-01-31T12:00:00Z or seconds since 1970: " +
                          std::string(text));
}

void append_time_text(TimePoint time, std::string* out) {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time);
  const auto whole = std::chrono::floor<seconds>(milliseconds);
  fmt::format_to(std::back_inserter(*out), "{:%Y-%m-%dT%H:%M:%S}.{:03}Z", utc_of(whole),
                 (milliseconds - whole).count());
}

std::string long_time_text(TimePoint time) {
  const std::tm parts = utc_of(std::chrono::floor<seconds>(time));
  const int hour = parts.tm_hour % 12 == 0 ? 12 : parts.tm_hour % 12;
  return fmt::format("{0:%A}, {0:%B} {1}, {0:%Y} at {2}:{0:%M:%S} {3} Coordinated Universal Time",
                     parts, parts.tm_mday, hour, parts.tm_hour < 12 ? "AM" : "PM");
}

}  // namespace stator
