// Items that expire: which of them are gone, when the clock is moved.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "stator/clock.h"
#include "value.h"

namespace stator::plain {

struct World;

// What UpdateTimeToLive was told last. A value.
struct Expiry {
  bool enabled = false;
  std::string attribute = {};
  TimePoint changed = {};
};

// What items of a run are likely to have, whether or not it is a time to live.
inline constexpr const char* kExpiryAttribute = "expires";

// A time for an item: likely one that passes within the run, and one that AWS ignores at times.
Value draw_expiry(World* world);

// Runs `move`, which moves the clock or opens the database again, and expects the items that have
// expired, and no others, to be gone, each with a record that says who deleted it.
void expect_expiry(World* world, const std::function<void()>& move);

}  // namespace stator::plain
