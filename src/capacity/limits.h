// What limits the throughput of one resource: a table or a global secondary index.
#pragma once

#include <cstdint>

#include "base/limits.h"
#include "capacity/throttle_reason.h"
#include "capacity/token_bucket.h"
#include "model/table.h"

namespace stator {

// AWS: unused capacity that is retained, in seconds of it (developer guide, "Burst capacity"). It
// also is the depth of an OnDemandThroughput maximum, which AWS calls best effort.
inline constexpr double kBurstSeconds = 300;

// What a partition, an account quota and the scaled throughput of an on-demand resource save, in
// seconds. Ours: enough that traffic below the limit is not throttled for coming unevenly, too
// little to exceed the limit for long.
inline constexpr double kSteadySeconds = 1;

// What those hold once, when they begin with BurstAtStart::full. Ours: tests fill a new table much
// faster than they could over a network.
inline constexpr double kSteadySecondsAtStart = 10;

// Units per second, of reads and writes.
struct UnitRates {
  double read = 0;
  double write = 0;
  bool operator==(const UnitRates&) const = default;

  double of(Direction direction) const { return direction == Direction::read ? read : write; }
};

inline constexpr UnitRates kNoRates = {.read = -1, .write = -1};

// A value: what the definition of a table or index says about throughput.
struct ResourceLimits {
  BillingMode billing = BillingMode::provisioned;
  UnitRates provisioned;                   // in provisioned mode
  UnitRates on_demand_maximum = kNoRates;  // negative: none
  UnitRates warm;                          // what an on-demand resource serves without any history
  bool operator==(const ResourceLimits&) const = default;
};

ResourceLimits limits_of(const TableDefinition& table);

// Of a global index; its billing mode is its table's.
ResourceLimits limits_of(const TableDefinition& table, const IndexDefinition& index);

// The bucket of one partition.
constexpr TokenBucket::Flow partition_flow(Direction direction) {
  const auto rate = static_cast<double>(direction == Direction::read ? kPartitionReadUnits
                                                                     : kPartitionWriteUnits);
  return {.rate = rate, .depth = rate * kSteadySeconds};
}

// A rate with a depth of `seconds` of it.
constexpr TokenBucket::Flow flow_of(double rate, double seconds) {
  return {.rate = rate, .depth = rate * seconds};
}

}  // namespace stator
