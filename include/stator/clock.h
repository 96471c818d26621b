// Where stator asks what time it is: the machine's clock, or one that a test moves by hand.
#pragma once

#include <atomic>
#include <chrono>

#include "stator/export.h"

namespace stator {

// Microseconds since the Unix epoch.
using TimePoint = std::chrono::sys_time<std::chrono::microseconds>;

// Asked for every age, refill, expiry and timestamp. Implementations are thread-safe.
class STATOR_API Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  virtual TimePoint now() const = 0;
};

// The machine's clock.
class STATOR_API SystemClock final : public Clock {
 public:
  TimePoint now() const override;
};

// Stands still until it is moved. Thread-safe.
class STATOR_API ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) : now_(start) {}

  TimePoint now() const override { return now_.load(); }

  // Moves the clock, and says whether it did: it does not go back, nor beyond the year 9999.
  bool advance(std::chrono::microseconds by);

 private:
  std::atomic<TimePoint> now_;
};

}  // namespace stator
