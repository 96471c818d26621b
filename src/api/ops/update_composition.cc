#include "api/ops/update_composition.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "api/ops/index_settings.h"
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
  kIndexes = 256,     // one is created or deleted
  kIndexUnits = 512,  // units or maxima of one
  kIndexWarm = 1024,
  kReplicas = 2048,
  kUnsupported = 4096,
};

std::uint32_t changes_of(const IndexUpdateRequest& update) {
  if (!update.update) return kIndexes;
  const ThroughputRequest& throughput = update.update->throughput;
  const bool is_warm_alone = throughput.warm && !throughput.provisioned && !throughput.on_demand;
  return is_warm_alone ? kIndexWarm : kIndexUnits;
}

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
  add(request.has_replica_updates, kReplicas);
  add(!request.unsupported.empty() && !request.has_replica_updates, kUnsupported);
  if (!request.index_updates) return changes;
  for (const IndexUpdateRequest& update : *request.index_updates) changes |= changes_of(update);
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
    {kReplicas, 0, "Replica modification must be the only operation in the request"},
    // Beside ProvisionedThroughput the billing mode of the table decides what is wrong.
    {kOnDemand, kBilling | kUnits,
     "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"},
    {kWarm, kIndexWarm, "WarmThroughput must be the only operation in the request"},
};

struct BesideRule {
  std::uint32_t change;
  std::uint32_t other;
  std::string_view text;
};

// kUnits stands for BillingMode PROVISIONED too, which brings units.
constexpr BesideRule kBesideRules[] = {
    {kStream, kUnits, "You cannot modify stream status while updating table IOPS"},
    {kIndexes, kUnits, "You cannot create or delete index while updating table IOPS"},
    {kIndexes, kStream, "You cannot create or delete index while changing stream status"},
};

Result<void> check_companions(const TableRequest& request, std::uint32_t changes) {
  for (const AloneRule& rule : kAloneRules) {
    const bool asked = (changes & rule.change) != 0;
    const std::uint32_t allowed = rule.companions | rule.change;
    if (asked && (changes & ~allowed) != 0) return invalid_parameter(rule.text);
  }
  if (request.billing_mode == "PROVISIONED") changes |= kUnits;
  for (const BesideRule& rule : kBesideRules) {
    const bool both = (changes & rule.change) != 0 && (changes & rule.other) != 0;
    if (both) return invalid_parameter(rule.text);
  }
  return {};
}

// The one action of an update.
Result<const IndexRequest*> action_of(const IndexUpdateRequest& update) {
  const IndexRequest* action = nullptr;
  for (const auto* each : {&update.update, &update.create, &update.remove}) {
    if (!*each) continue;
    if (action != nullptr) {
      return invalid_parameter(
          "Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
          "GlobalSecondaryIndexUpdate.Delete may be specified");
    }
    action = &**each;
  }
  if (action != nullptr) return action;
  return invalid_parameter(
      "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
      "GlobalSecondaryIndexUpdate.Delete must not be null");
}

Result<void> check_index_updates(const std::vector<IndexUpdateRequest>& updates) {
  std::set<std::string_view> names;
  int online = 0;
  for (const IndexUpdateRequest& update : updates) {
    const IndexRequest* const action = TRY(action_of(update));
    if (!names.insert(*action->name).second) {
      return invalid_parameter(
          "Only one global secondary index update per index is allowed simultaneously. Index: " +
          std::string(*action->name));
    }
    if (!update.update) ++online;
  }
  if (online > 1) return one_online_index();
  return {};
}

// AWS names what is not there: a member that is there and asks for nothing is none of them.
Error nothing_to_change(const TableRequest& request) {
  std::string names = "ProvisionedThroughput, BillingMode, UpdateStreamEnabled, ";
  if (!request.index_updates) names += "GlobalSecondaryIndexUpdates, ";
  names +=
      "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
      "MultiRegionConsistency, DeletionProtectionEnabled";
  if (!request.throughput.on_demand) names += ", OnDemandThroughput";
  if (!request.throughput.warm) names += ", WarmThroughput";
  return validation_error("At least one of " + names + " or TableClass is required");
}

}  // namespace

Result<void> check_composition(const TableRequest& request) {
  const std::uint32_t changes = changes_of(request);
  if (changes == 0) return nothing_to_change(request);
  TRY(check_companions(request, changes));
  if (request.index_updates) return check_index_updates(*request.index_updates);
  return {};
}

}  // namespace stator
