#include "stator/clock.h"

#include "base/time_text.h"

namespace stator {

TimePoint SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

bool ManualClock::advance(std::chrono::microseconds by) {
  if (by.count() < 0) return false;
  TimePoint seen = now_.load();
  do {
    if (by > kTimeMax - seen) return false;
  } while (!now_.compare_exchange_weak(seen, seen + by));
  return true;
}

}  // namespace stator
