#include "stator/clock.h"

#include "base/check.h"

namespace stator {

TimePoint SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

void ManualClock::advance(std::chrono::microseconds by) {
  CHECK(by.count() >= 0);
  TimePoint seen = now_.load();
  while (!now_.compare_exchange_weak(seen, seen + by)) {
  }
}

}  // namespace stator
