#include "simulate/resource_demand.h"

namespace stator {
namespace {

constexpr std::size_t kWindowSeconds = 10;

// With a clock that stands still nothing fades.
constexpr TimePoint kNoFading{};

}  // namespace

void ResourceDemand::add(std::string_view position, double units, std::size_t second) {
  if (seconds_.empty()) seconds_.resize(length_);
  seconds_[second] += static_cast<float>(units);
  if (second / kWindowSeconds != current_window_) {
    end();
    current_window_ = second / kWindowSeconds;
  }
  window_.add(position, units, kNoFading);
}

void ResourceDemand::end() {
  for (const HotKey& key : window_.top(1, kNoFading)) {
    const double units = (key.units - key.error) / kWindowSeconds;
    if (units <= hottest_units_) continue;
    hottest_units_ = units;
    hottest_position_ = key.key;
  }
  window_ = HotKeys();
}

}  // namespace stator
