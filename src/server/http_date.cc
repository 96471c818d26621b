#include "server/http_date.h"

#include <fmt/format.h>

#include <ctime>

namespace stator {

std::string_view HttpDate::at(TimePoint now) {
  static constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::size_t kTextBytes = sizeof("Fri, 02 Jan 2026 03:04:05 GMT") - 1;
  static_assert(kTextBytes < sizeof(text_));
  const std::int64_t second =
      std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  if (second != second_) {
    second_ = second;
    std::tm utc{};
    const std::time_t time = second;
    gmtime_r(&time, &utc);
    fmt::format_to_n(text_, kTextBytes, "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     kDays[utc.tm_wday], utc.tm_mday, kMonths[utc.tm_mon], utc.tm_year + 1900,
                     utc.tm_hour, utc.tm_min, utc.tm_sec);
  }
  return {text_, kTextBytes};
}

}  // namespace stator
