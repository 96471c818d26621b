#include "api/ops/capacity_plan.h"

#include <algorithm>

namespace stator {

Result<Capacity> initial_capacity(const ThroughputRequest& request, BillingMode billing,
                                  const ThroughputOwner& owner, TimePoint now) {
  Capacity capacity;
  std::uint32_t partitions = kOnDemandPartitions;
  if (billing == BillingMode::provisioned) {
    TRY(check_units_are_sane(*request.provisioned, owner));
    TRY(check_unit_quota(*request.provisioned, owner));
    capacity.throughput.read_units = *request.provisioned->read;
    capacity.throughput.write_units = *request.provisioned->write;
    partitions =
        partitions_for_provisioned(capacity.throughput.read_units, capacity.throughput.write_units);
  }
  const UnitPair maximum = request.on_demand.value_or(UnitPair());
  TRY(check_maximum_billing(maximum, billing));
  TRY(check_maximum_range(maximum, Removal::refused, owner));
  capacity.on_demand_maximum = merged_maximum(std::nullopt, maximum);

  const WarmFloor floor = initial_warm_floor(billing, capacity.throughput);
  const WarmThroughput warm = TRY(plan_warm(request.warm.value_or(UnitPair()), floor, owner));
  capacity.warm = floor.least.raised_to(warm);
  capacity.partitions = PartitionMap::even(
      std::max(partitions, partitions_for_warm(warm.read_units, warm.write_units)), now);
  return capacity;
}

Result<Capacity> provisioned_capacity(Capacity capacity, const UnitPair& units, BillingMode before,
                                      const ThroughputOwner& owner, TimePoint now) {
  TRY(check_unit_quota(units, owner));
  if (before == BillingMode::provisioned) {
    capacity.throughput = TRY(change_provisioned(capacity.throughput, units, owner, now));
  } else {
    capacity.throughput.read_units = *units.read;
    capacity.throughput.write_units = *units.write;
    capacity.on_demand_maximum.reset();
  }
  capacity.warm = capacity.warm.raised_to({.read_units = *units.read, .write_units = *units.write});
  capacity.partitions =
      capacity.partitions.grown_to(partitions_for_provisioned(*units.read, *units.write), now);
  return capacity;
}

Capacity on_demand_capacity(Capacity capacity, TimePoint now) {
  capacity.throughput.read_units = 0;
  capacity.throughput.write_units = 0;
  capacity.warm = capacity.warm.raised_to(kOnDemandWarmThroughput);
  capacity.partitions = capacity.partitions.grown_to(kOnDemandPartitions, now);
  return capacity;
}

Result<Capacity> warmed_capacity(Capacity capacity, const UnitPair& requested,
                                 const ThroughputOwner& owner, TimePoint now) {
  const WarmThroughput warm = TRY(plan_warm(requested, current_warm_floor(capacity.warm), owner));
  capacity.warm = capacity.warm.raised_to(warm);
  capacity.partitions =
      capacity.partitions.grown_to(partitions_for_warm(warm.read_units, warm.write_units), now);
  return capacity;
}

}  // namespace stator
