// Whether a request may run: all of its arms pass, or nothing is charged.
//
//   write  its cost is known under the row's latch, before the commit:
//            throttles = admit_write(arms, ..);  if none: commit
//   read   its cost is known when it is done:
//            throttles = admit_read(arms, ..);   if none: read, then charge_read(arms with costs,
//            ..)
//          (a read of one item costs little: it is read first, then take_read does both)
//          Each bucket may be left in debt, which later reads wait for.
//
// Arms come in the order in which reasons are listed: the table's first, then its indexes' by name.
// A write that moves an index row has two arms there, one after the other. A transaction or batch
// that is admitted as one hands in the arms of all of its items; two arms may be of one partition.
#pragma once

#include <span>
#include <vector>

#include "capacity/resource_capacity.h"
#include "capacity/throttle_reason.h"
#include "stator/capacity.h"

namespace stator {

// A value that refers to a resource and to key bytes, both the caller's.
struct CapacityArm {
  ResourceCapacity* resource = nullptr;
  CapacityPlace place;
  double units = 0;  // ignored by admit_read
};

// An arm that did not pass, and the first limit that it met.
struct Throttle {
  std::size_t arm = 0;  // its place among the arms
  ThrottleReason reason;
  bool operator==(const Throttle&) const = default;
};

// Empty: the request may run. Otherwise one Throttle for each arm that did not pass.
// The caller guards all resources that the arms name. In `observe` and `off`: always empty.
using Throttles = std::vector<Throttle>;

Throttles admit_write(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now);
Throttles admit_read(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now);

// What an admitted read really cost: an arm for each partition that it read, units as they were.
void charge_read(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now);

// Both at once, for a read whose cost is known: what does not pass is not charged.
Throttles take_read(std::span<const CapacityArm> arms, CapacityMode mode, TimePoint now);

}  // namespace stator
