#include "api/ops/update_members.h"

#include <string>
#include <vector>

#include "api/ops/encryption_settings.h"
#include "api/ops/index_settings.h"
#include "api/ops/key_settings.h"
#include "api/ops/stream_settings.h"
#include "api/ops/table_settings.h"
#include "api/ops/throughput_rules.h"

namespace stator {
namespace {

Result<void> check_billing(const TableRequest& request) {
  const std::optional<BillingMode> billing = requested_billing(request);
  const bool has_units = request.throughput.provisioned.has_value();
  if (billing == BillingMode::pay_per_request && has_units) return table_units_on_demand();
  if (billing == BillingMode::provisioned && !has_units) {
    return invalid_parameter(
        "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  }
  return {};
}

//   index  empty: the throughput of the table
Result<void> check_throughput(const ThroughputRequest& throughput, Removal removal,
                              std::string_view index) {
  const ThroughputOwner owner = {.region = {}, .index = index};
  if (throughput.provisioned) TRY(check_units_are_sane(*throughput.provisioned, owner));
  return check_maximum_range(throughput.on_demand.value_or(UnitPair()), removal, owner);
}

Result<void> check_asks_for_something(const IndexRequest& request) {
  const ThroughputRequest& throughput = request.throughput;
  const bool is_empty = !throughput.provisioned &&
                        throughput.on_demand.value_or(UnitPair()).empty() &&
                        throughput.warm.value_or(UnitPair()).empty();
  if (!is_empty) return {};
  return invalid_parameter(
      "At least one of ProvisionedThroughput, OnDemandThroughput or WarmThroughput is required for "
      "index: " +
      std::string(*request.name));
}

Result<void> check_index_update(const IndexUpdateRequest& update, const AttributeTypes& types) {
  if (update.create) {
    TRY(check_global_index(*update.create, types));
    return check_throughput(update.create->throughput, Removal::refused, *update.create->name);
  }
  if (!update.update) return {};
  TRY(check_asks_for_something(*update.update));
  return check_throughput(update.update->throughput, Removal::allowed, *update.update->name);
}

Result<void> check_index_updates(const TableRequest& request) {
  if (!request.index_updates) return {};
  const std::vector<TextPair> definitions =
      request.attribute_definitions.value_or(std::vector<TextPair>());
  const AttributeTypes types(definitions);
  for (const IndexUpdateRequest& update : *request.index_updates) {
    if (update.create) TRY(check_definitions_differ(definitions));
    TRY(check_index_update(update, types));
  }
  return {};
}

}  // namespace

Result<void> check_members(const TableRequest& request) {
  TRY(check_billing(request));
  TRY(check_encryption(request));
  TRY(check_stream_update(request));
  TRY(check_table_class(request));
  TRY(check_throughput(request.throughput, Removal::allowed, {}));
  return check_index_updates(request);
}

Error table_units_on_demand() {
  return invalid_parameter(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
      "PAY_PER_REQUEST");
}

}  // namespace stator
