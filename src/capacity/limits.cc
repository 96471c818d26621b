#include "capacity/limits.h"

namespace stator {
namespace {

template <typename Units>
UnitRates rates(const Units& units) {
  return {.read = static_cast<double>(units.read_units),
          .write = static_cast<double>(units.write_units)};
}

// `resource` is a table or an index: both name these alike.
template <typename Resource>
ResourceLimits limits(BillingMode billing, const Resource& resource) {
  const WarmThroughput warm = billing == BillingMode::pay_per_request
                                  ? resource.warm.raised_to(kOnDemandWarmThroughput)
                                  : resource.warm;
  return {.billing = billing,
          .provisioned = rates(resource.throughput),
          .on_demand_maximum =
              resource.on_demand_maximum ? rates(*resource.on_demand_maximum) : kNoRates,
          .warm = rates(warm)};
}

}  // namespace

ResourceLimits limits_of(const TableDefinition& table) {
  return limits(table.billing, table);
}

ResourceLimits limits_of(const TableDefinition& table, const IndexDefinition& index) {
  return limits(table.billing, index);
}

}  // namespace stator
