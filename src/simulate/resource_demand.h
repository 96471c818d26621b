// What one direction of a table or index is asked for during a simulation.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capacity/hot_keys.h"

namespace stator {

// A value; not synchronised. Never fails.
class ResourceDemand {
 public:
  // Of so many seconds.
  explicit ResourceDemand(std::size_t seconds) : length_(seconds) {}

  // Seconds come in order.
  //   position  of what one partition must serve
  void add(std::string_view position, double units, std::size_t second);
  // Nothing more comes. Run before the hottest is asked for.
  void end();

  // Units of each second; empty where there never were any.
  std::span<const float> seconds() const { return seconds_; }
  // The position with the most units in any ten seconds, and how many it had in each of them at
  // least; empty where nothing was asked for.
  const std::string& hottest_position() const { return hottest_position_; }
  double hottest_units() const { return hottest_units_; }

 private:
  std::size_t length_;
  std::vector<float> seconds_;
  HotKeys window_;  // of the ten seconds under way
  std::size_t current_window_ = 0;
  std::string hottest_position_;
  double hottest_units_ = 0;
};

}  // namespace stator
