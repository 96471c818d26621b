// Moments as people write and read them.
//
//   moment := date ["T" hh ":" mm ":" ss ["." digit{1..6}]] "Z" | seconds since the epoch
//   date   := yyyy "-" mm "-" dd
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "stator/clock.h"

namespace stator {

// 9999-12-31T23:59:59Z: no clock goes further.
inline constexpr TimePoint kTimeMax{std::chrono::seconds(253'402'300'799)};

//   errors  validation: not of that form, before 1970 or after kTimeMax
Result<TimePoint> parse_time(std::string_view text);

// Appends "2026-11-21T11:16:15.680Z".
//   time  not before 1970
void append_time_text(TimePoint time, std::string* out);

// "Friday, October 9, 2026 at 12:21:34 AM Coordinated Universal Time", as AWS writes moments in
// the texts of errors.
std::string long_time_text(TimePoint time);

}  // namespace stator
