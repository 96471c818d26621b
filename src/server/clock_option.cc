#include "server/clock_option.h"

#include <string>

#include "base/time_text.h"

namespace stator {

Result<std::shared_ptr<Clock>> parse_clock(std::string_view text) {
  constexpr std::string_view kManualFrom = "manual:";
  if (text == "machine") return std::shared_ptr<Clock>(std::make_shared<SystemClock>());
  TimePoint start = SystemClock().now();
  if (text.starts_with(kManualFrom)) {
    start = TRY(parse_time(text.substr(kManualFrom.size())));
  } else if (text != "manual") {
    return validation_error("not machine, manual or manual:TIME: " + std::string(text));
  }
  return std::shared_ptr<Clock>(std::make_shared<ManualClock>(start));
}

}  // namespace stator
