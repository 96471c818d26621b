// Durations as people write them: in options and in the bodies of /_stator.
//
//   duration := "0" | digits ["." digits] unit
//   unit     := "ms" | "s" | "m" | "h" | "d"
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"

namespace stator {

//   most    not above kDurationMax
//   errors  validation: not of that form, finer than a millisecond, longer than `most`
Result<std::chrono::milliseconds> parse_duration(std::string_view text,
                                                 std::chrono::milliseconds most = kDurationMax);

// The shortest text of whole numbers that parse_duration reads as `duration`.
//   duration  not negative
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace stator
