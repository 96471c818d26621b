// What a load needs so that nothing is throttled, from what it asked for in each second.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "capacity/resource_meter.h"
#include "simulate/report_data.h"

namespace stator {

// One direction of one resource over a simulation. A value; refers to the seconds.
struct Demand {
  Direction direction = Direction::read;
  BillingMode billing = BillingMode::provisioned;
  BurstAtStart burst = BurstAtStart::none;
  std::span<const float> seconds;  // units that were asked for in each
  UnitSlot total;
  bool was_hidden = false;  // refusals here or elsewhere kept some of it from being asked for
  std::int64_t provisioned_now = 0;
  std::optional<std::int64_t> maximum_now = {};
  std::int64_t warm_now = 0;
  std::string hottest_key;
  double hottest_units = 0;  // a second
};

NeedsReport needs_of(const Demand& demand);

// The fewest units a second of which a bucket of kBurstSeconds never runs dry, should all of a
// second be asked for when it begins: fewer may do where it is not.
std::int64_t provisioned_units_for(std::span<const float> seconds, BurstAtStart burst);

}  // namespace stator
