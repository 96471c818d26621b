#include "api/ops/update_composition.h"

#include <cstdint>

#include "api/ops/table_settings.h"

namespace stator {
namespace {

// The changes of one request, as a set of bits.
enum Change : std::uint32_t {
  kUnits = 1,
  kBilling = 2,
  kOnDemand = 4,
  kWarm = 8,
  kProtection = 16,
  kClass = 32,
  kEncryption = 64,
  kStream = 128,
};

std::uint32_t changes_of(const TableRequest& request) {
  std::uint32_t changes = 0;
  const auto add = [&](bool present, Change change) { changes |= present ? change : 0U; };
  add(request.throughput.provisioned.has_value(), kUnits);
  add(request.billing_mode.has_value(), kBilling);
  add(!request.throughput.on_demand.value_or(UnitPair()).empty(), kOnDemand);
  add(!request.throughput.warm.value_or(UnitPair()).empty(), kWarm);
  add(request.deletion_protection.has_value(), kProtection);
  add(request.table_class.has_value(), kClass);
  add(request.has_sse_specification, kEncryption);
  add(request.has_stream_specification, kStream);
  return changes;
}

struct AloneRule {
  Change change;
  std::uint32_t companions;  // what may stand beside it
  std::string_view text;
};

// In AWS's order, as far as it is known.
constexpr AloneRule kAloneRules[] = {
    {kEncryption, 0,
     "Server-Side Encryption modification must be the only operation in the request"},
    {kClass, 0, "TableClass modification must be the only operation in the request"},
    {kProtection, 0, "DeletionProtection modification must be the only operation in the request"},
    // Beside ProvisionedThroughput the billing mode of the table decides what is wrong.
    {kOnDemand, kBilling | kUnits,
     "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"},
    {kWarm, 0, "WarmThroughput must be the only operation in the request"},
};

}  // namespace

Result<void> check_composition(const TableRequest& request) {
  const std::uint32_t changes = changes_of(request);
  if (changes == 0) {
    return validation_error(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
        "GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, "
        "ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, "
        "OnDemandThroughput, WarmThroughput or TableClass is required");
  }
  for (const AloneRule& rule : kAloneRules) {
    const bool asked = (changes & rule.change) != 0;
    const std::uint32_t allowed = rule.companions | rule.change;
    if (asked && (changes & ~allowed) != 0) return invalid_parameter(rule.text);
  }
  const bool changes_iops = (changes & kUnits) != 0 || request.billing_mode == "PROVISIONED";
  if ((changes & kStream) != 0 && changes_iops) {
    return invalid_parameter("You cannot modify stream status while updating table IOPS");
  }
  return {};
}

}  // namespace stator
