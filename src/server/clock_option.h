// The text of the option --clock.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "stator/clock.h"

namespace stator {

// "machine", or "manual" for a clock that stands still until it is moved, from now or, behind a
// colon, from a time: "manual:2026-01-01T00:00:00Z".
//   errors  validation: neither; see parse_time
Result<std::shared_ptr<Clock>> parse_clock(std::string_view text);

}  // namespace stator
