// What a table has for itself and each of its global indexes too: units, maxima, warm throughput,
// and the partitions that all of this takes.
#pragma once

#include <optional>
#include <utility>

#include "api/ops/throughput_rules.h"
#include "api/request/shape_reader.h"
#include "base/result.h"
#include "model/table.h"

namespace stator {

struct Capacity {
  ProvisionedThroughput throughput;
  std::optional<OnDemandMaximum> on_demand_maximum;
  WarmThroughput warm;
  PartitionMap partitions;
};

//   Definition  TableDefinition or IndexDefinition
template <typename Definition>
Capacity capacity_of(const Definition& definition) {
  return {.throughput = definition.throughput,
          .on_demand_maximum = definition.on_demand_maximum,
          .warm = definition.warm,
          .partitions = definition.partitions};
}

template <typename Definition>
void set_capacity(Capacity capacity, Definition* definition) {
  definition->throughput = std::move(capacity.throughput);
  definition->on_demand_maximum = capacity.on_demand_maximum;
  definition->warm = capacity.warm;
  definition->partitions = std::move(capacity.partitions);
}

// Of a new table or index, whose request has units exactly when it is provisioned.
//   errors  validation, limit_exceeded: see throughput_rules.h
Result<Capacity> initial_capacity(const ThroughputRequest& request, BillingMode billing,
                                  const ThroughputOwner& owner, TimePoint now);

// Each of these is the capacity after a change, whose members were checked.
//   before  the mode that it was in: units that were provisioned can be decreased, and have to
//           change
Result<Capacity> provisioned_capacity(Capacity capacity, const UnitPair& units, BillingMode before,
                                      const ThroughputOwner& owner, TimePoint now);
Capacity on_demand_capacity(Capacity capacity, TimePoint now);
Result<Capacity> warmed_capacity(Capacity capacity, const UnitPair& requested,
                                 const ThroughputOwner& owner, TimePoint now);

}  // namespace stator
