#include "api/ops/index_update.h"

#include <algorithm>
#include <string>
#include <vector>

#include "api/ops/capacity_plan.h"
#include "api/ops/index_settings.h"
#include "api/ops/table_settings.h"
#include "base/limits.h"

namespace stator {
namespace {

void enter(TableStatus status, TimePoint until, IndexDefinition* index, TableChange* change) {
  index->transition = {.status = status, .until = until};
  change->entered.insert(index->name);
}

// Of an index whose name was checked.
IndexDefinition* target_of(std::string_view name, TableChange* change) {
  return &*std::find_if(change->after.indexes.begin(), change->after.indexes.end(),
                        [&](const IndexDefinition& index) { return index.name == name; });
}

ThroughputOwner owner_of(const TableChange& change, std::string_view index) {
  return {.region = change.context.call.caller.region, .index = index};
}

// The rows of an index take as long to go as to come, at least.
TimePoint index_deleted_at(const TableChange& change) {
  const TransitionTimes& times = change.context.engine.transitions;
  return change.context.now + std::max(times.updating, times.backfilling);
}

// ---- Billing ----

// UpdateTable has other words for units than CreateTable.
Error units_on_demand(std::string_view index) {
  return invalid_parameter(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: " +
      std::string(index) + " when BillingMode is PAY_PER_REQUEST");
}

Result<void> check_new_units(const IndexRequest& request, BillingMode billing) {
  const bool has_units = request.throughput.provisioned.has_value();
  if (billing == BillingMode::pay_per_request) {
    return has_units ? Result<void>(units_on_demand(*request.name)) : Result<void>();
  }
  if (has_units) return {};
  return invalid_parameter(
      "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: " +
      std::string(*request.name));
}

bool sets_units(const TableRequest& request, std::string_view index) {
  if (!request.index_updates) return false;
  return std::any_of(request.index_updates->begin(), request.index_updates->end(),
                     [&](const IndexUpdateRequest& update) {
                       return update.update && update.update->name == index &&
                              update.update->throughput.provisioned;
                     });
}

// On demand they go with their table; to be provisioned each needs units of its own, which its
// update then sets.
Result<void> apply_billing(TableChange* change) {
  if (change->after.billing == change->before.billing) return {};
  std::string without_units;
  for (IndexDefinition& index : change->after.indexes) {
    if (index.kind == IndexKind::local) continue;
    if (change->after.billing == BillingMode::pay_per_request) {
      set_capacity(on_demand_capacity(capacity_of(index), change->context.now), &index);
      enter(TableStatus::updating, updated_at(*change), &index, change);
    } else if (!sets_units(change->request, index.name)) {
      without_units.append(without_units.empty() ? "" : ",").append(index.name);
    }
  }
  if (without_units.empty()) return {};
  return invalid_parameter("ProvisionedThroughput must be specified for index: " + without_units);
}

// ---- The three kinds of updates ----

Result<Capacity> updated_capacity(const IndexRequest& request, const TableChange& change,
                                  Capacity capacity) {
  const ThroughputOwner owner = owner_of(change, *request.name);
  const TimePoint now = change.context.now;
  const BillingMode billing = change.after.billing;
  const UnitPair maximum = request.throughput.on_demand.value_or(UnitPair());
  if (request.throughput.provisioned) {
    if (billing == BillingMode::pay_per_request) return units_on_demand(*request.name);
    capacity = TRY(provisioned_capacity(std::move(capacity), *request.throughput.provisioned,
                                        change.before.billing, owner, now));
  }
  TRY(check_maximum_billing(maximum, billing));
  capacity.on_demand_maximum = merged_maximum(capacity.on_demand_maximum, maximum);
  return warmed_capacity(std::move(capacity), request.throughput.warm.value_or(UnitPair()), owner,
                         now);
}

// Maxima and warm throughput change without a status of the index, as those of a table do.
Result<void> apply_update(const IndexRequest& request, TableChange* change) {
  IndexDefinition* const index = target_of(*request.name, change);
  Capacity capacity = TRY(updated_capacity(request, *change, capacity_of(*index)));
  set_capacity(std::move(capacity), index);
  if (request.throughput.asks_for_warmth()) index->warm_until = updated_at(*change);
  if (request.throughput.provisioned) {
    enter(TableStatus::updating, updated_at(*change), index, change);
  }
  return {};
}

Result<void> check_room(const std::vector<IndexDefinition>& indexes) {
  const auto count = std::count_if(indexes.begin(), indexes.end(), [](const auto& index) {
    return index.kind == IndexKind::global;
  });
  if (static_cast<std::size_t>(count) < kGlobalIndexesMax) return {};
  return Error(ErrorCode::limit_exceeded,
               "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table "
               "limit of " +
                   std::to_string(kGlobalIndexesMax));
}

Result<void> apply_create(const IndexRequest& request, TableChange* change) {
  const std::vector<TextPair> definitions =
      change->request.attribute_definitions.value_or(std::vector<TextPair>());
  const AttributeTypes types(definitions, &change->before, change->context.now);
  TRY(check_room(change->after.indexes));
  TRY(check_new_units(request, change->after.billing));
  IndexDefinition index =
      TRY(plan_global_index(request, {.types = types,
                                      .billing = change->after.billing,
                                      .region = change->context.call.caller.region,
                                      .now = change->context.now}));
  index.built = false;
  index.allocated = updated_at(*change);
  enter(TableStatus::creating, *index.allocated + change->context.engine.transitions.backfilling,
        &index, change);
  if (request.throughput.asks_for_warmth()) index.warm_until = index.transition.until;
  change->after.indexes.push_back(std::move(index));
  return check_projected_attributes(change->after.indexes);
}

}  // namespace

Result<void> apply_index_changes(TableChange* change) {
  TRY(apply_billing(change));
  if (!change->request.index_updates) return {};
  for (const IndexUpdateRequest& update : *change->request.index_updates) {
    if (update.create) TRY(apply_create(*update.create, change));
    if (update.update) TRY(apply_update(*update.update, change));
    if (update.remove) {
      enter(TableStatus::deleting, index_deleted_at(*change),
            target_of(*update.remove->name, change), change);
    }
  }
  return {};
}

bool has_online_index_change(const TableRequest& request) {
  if (!request.index_updates) return false;
  return std::any_of(request.index_updates->begin(), request.index_updates->end(),
                     [](const IndexUpdateRequest& update) { return !update.update; });
}

}  // namespace stator
