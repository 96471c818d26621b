#include "api/ops/throughput_rules.h"

#include <string>

#include "api/ops/table_settings.h"
#include "base/limits.h"
#include "base/time_text.h"

namespace stator {
namespace {

// Larger units are refused as nonsense, not as a quota.
constexpr std::int64_t kSaneUnitsMax = 1'000'000'000'000;
constexpr std::chrono::hours kDecreaseInterval{1};

constexpr std::string_view kSeeLimits =
    "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
    "limits.";

// "table", "index i"
std::string named(const ThroughputOwner& owner) {
  return owner.index.empty() ? "table" : "index " + std::string(owner.index);
}

// Behind the name of a member: "", " for index i"
std::string of_index(const ThroughputOwner& owner) {
  return owner.index.empty() ? "" : " for index " + std::string(owner.index);
}

// "table", "index"
std::string kind_of(const ThroughputOwner& owner) {
  return owner.index.empty() ? "table" : "index";
}

Result<void> check_is_sane(std::int64_t units, std::string_view name,
                           const ThroughputOwner& owner) {
  if (units <= kSaneUnitsMax) return {};
  return validation_error("Given value " + std::to_string(units) + " for " + std::string(name) +
                          " is out of bounds" + of_index(owner));
}

Result<void> check_quota(std::int64_t units, std::string_view name, const ThroughputOwner& owner) {
  if (units <= kTableUnitsMax) return {};
  const std::string kind = kind_of(owner);
  return Error(ErrorCode::limit_exceeded,
               "The requested " + std::string(name) + of_index(owner) + ", " +
                   std::to_string(units) + ", is above the per " + kind +
                   " maximum for the account in " + std::string(owner.region) + ". Per " + kind +
                   " maximum: " + std::to_string(kTableUnitsMax) + ". " + std::string(kSeeLimits));
}

// Reserved units, by direction.
struct ReservedUnits {
  std::int64_t read = 0;
  std::int64_t write = 0;
};

ReservedUnits reserved_units(const TableDefinition& table, TimePoint now) {
  if (table.billing == BillingMode::pay_per_request) return {};
  ReservedUnits units = {.read = table.throughput.read_units,
                         .write = table.throughput.write_units};
  for (const IndexDefinition& index : table.indexes) {
    if (index.kind == IndexKind::local || !index.status_at(now)) continue;
    units.read += index.throughput.read_units;
    units.write += index.throughput.write_units;
  }
  return units;
}

// Of all other tables of the account.
ReservedUnits reserved_by_others(const Catalog& catalog, const TableDefinition& table,
                                 TimePoint now) {
  ReservedUnits sum;
  for (const auto& [name, other] : catalog.tables()) {
    if (name.first != table.space || name.second == table.name) continue;
    if (!other->definition.status_at(now)) continue;
    const ReservedUnits units = reserved_units(other->definition, now);
    sum.read += units.read;
    sum.write += units.write;
  }
  return sum;
}

Result<void> check_account_sum(std::string_view name, std::int64_t others, std::int64_t before,
                               std::int64_t after, std::string_view region) {
  if (after <= before || others + after <= kAccountUnitsMax) return {};
  return Error(ErrorCode::limit_exceeded,
               "This request would have caused the " + std::string(name) +
                   " limit to be exceeded for the account in " + std::string(region) +
                   ". Current " + std::string(name) +
                   " reserved by the account: " + std::to_string(others + before) +
                   ". Limit: " + std::to_string(kAccountUnitsMax) +
                   ". Requested: " + std::to_string(after) + ". " + std::string(kSeeLimits));
}

Error unchanged(const ProvisionedThroughput& current, const ThroughputOwner& owner) {
  const std::string reads = std::to_string(current.read_units);
  const std::string writes = std::to_string(current.write_units);
  const std::string kind = kind_of(owner);
  return validation_error("The provisioned throughput for the " + named(owner) +
                          " will not change. The requested value equals the current value. "
                          "Current ReadCapacityUnits provisioned for the " +
                          kind + ": " + reads + ". Requested ReadCapacityUnits: " + reads +
                          ". Current WriteCapacityUnits provisioned for the " + kind + ": " +
                          writes + ". Requested WriteCapacityUnits: " + writes + ". " +
                          std::string(kSeeLimits));
}

Result<void> check_may_decrease(const ProvisionedThroughput& current, TimePoint now) {
  const std::int64_t today = current.decreases_at(now);
  if (today < kFreeDecreasesPerDay || now >= *current.last_decrease + kDecreaseInterval) return {};
  return Error(ErrorCode::limit_exceeded,
               "Subscriber limit exceeded: Provisioned throughput decreases are limited within a "
               "given UTC day. After the first 4 decreases, each subsequent decrease in the same "
               "UTC day can be performed at most once every 3600 seconds. Number of decreases "
               "today: " +
                   std::to_string(today) + ". Last decrease at " +
                   long_time_text(*current.last_decrease) + ". Next decrease can be made at " +
                   long_time_text(*current.last_decrease + kDecreaseInterval));
}

constexpr std::string_view kReadMaximum = "MaxReadRequestUnits for OnDemandThroughput";
constexpr std::string_view kWriteMaximum = "MaxWriteRequestUnits for OnDemandThroughput";

Result<void> check_maximum(const std::optional<std::int64_t>& units, std::string_view name,
                           Removal removal, const ThroughputOwner& owner) {
  if (!units) return {};
  const bool removes = *units == -1 && removal == Removal::allowed;
  if (*units >= 1 || removes) return {};
  return invalid_parameter("Requested " + std::string(name) + " for " + named(owner) +
                           " is outside of valid range");
}

Result<std::int64_t> plan_warm_units(const std::optional<std::int64_t>& units, std::int64_t least,
                                     std::string_view name, std::string_view below,
                                     const ThroughputOwner& owner) {
  if (!units) return 0;
  if (*units < least) {
    return invalid_parameter("Requested " + std::string(name) + " for WarmThroughput for " +
                             named(owner) + " is lower than " + std::string(below));
  }
  if (*units > kTableUnitsMax) {
    return Error(ErrorCode::limit_exceeded, "The requested " + std::string(name) + of_index(owner) +
                                                ", " + std::to_string(*units) +
                                                ", is above the per " + kind_of(owner) +
                                                " maximum. " + std::string(kSeeLimits));
  }
  return *units;
}

}  // namespace

Result<void> check_units_are_sane(const UnitPair& units, const ThroughputOwner& owner) {
  TRY(check_is_sane(*units.read, "ReadCapacityUnits", owner));
  return check_is_sane(*units.write, "WriteCapacityUnits", owner);
}

Result<void> check_unit_quota(const UnitPair& units, const ThroughputOwner& owner) {
  TRY(check_quota(*units.read, "ReadCapacityUnits", owner));
  return check_quota(*units.write, "WriteCapacityUnits", owner);
}

Result<void> check_account_units(const Catalog& catalog, const TableDefinition* before,
                                 const TableDefinition& after, std::string_view region,
                                 TimePoint now) {
  const ReservedUnits asked = reserved_units(after, now);
  const ReservedUnits had = before == nullptr ? ReservedUnits() : reserved_units(*before, now);
  const ReservedUnits others = reserved_by_others(catalog, after, now);
  TRY(check_account_sum("ReadCapacityUnits", others.read, had.read, asked.read, region));
  return check_account_sum("WriteCapacityUnits", others.write, had.write, asked.write, region);
}

Result<ProvisionedThroughput> change_provisioned(const ProvisionedThroughput& current,
                                                 const UnitPair& requested,
                                                 const ThroughputOwner& owner, TimePoint now) {
  ProvisionedThroughput changed = current;
  changed.read_units = *requested.read;
  changed.write_units = *requested.write;
  if (changed == current) return unchanged(current, owner);
  const auto any = [&](auto compare) {
    return compare(changed.read_units, current.read_units) ||
           compare(changed.write_units, current.write_units);
  };
  if (any(std::greater())) changed.last_increase = now;
  if (any(std::less())) {
    TRY(check_may_decrease(current, now));
    changed.decreases_today = current.decreases_at(now) + 1;
    changed.last_decrease = now;
  }
  return changed;
}

Result<void> check_maximum_range(const UnitPair& requested, Removal removal,
                                 const ThroughputOwner& owner) {
  TRY(check_maximum(requested.read, kReadMaximum, removal, owner));
  return check_maximum(requested.write, kWriteMaximum, removal, owner);
}

Result<void> check_maximum_billing(const UnitPair& requested, BillingMode billing) {
  if (billing == BillingMode::pay_per_request || requested.empty()) return {};
  return invalid_parameter(std::string(requested.read ? kReadMaximum : kWriteMaximum) +
                           " cannot be specified when the table BillingMode is PROVISIONED");
}

std::optional<OnDemandMaximum> merged_maximum(const std::optional<OnDemandMaximum>& current,
                                              const UnitPair& requested) {
  const OnDemandMaximum before = current.value_or(OnDemandMaximum());
  const OnDemandMaximum merged = {.read_units = requested.read.value_or(before.read_units),
                                  .write_units = requested.write.value_or(before.write_units)};
  if (merged == OnDemandMaximum()) return std::nullopt;
  return merged;
}

WarmFloor initial_warm_floor(BillingMode billing, const ProvisionedThroughput& throughput) {
  if (billing == BillingMode::provisioned) {
    return {.least = {.read_units = throughput.read_units, .write_units = throughput.write_units},
            .below_read = "ReadCapacityUnits of ProvisionedThroughput",
            .below_write = "WriteCapacityUnits of ProvisionedThroughput"};
  }
  constexpr std::string_view kInitial =
      "initial throughput for OnDemand. See: "
      "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
      "on-demand-capacity-mode.html#on-demand-capacity-mode-initial";
  return {.least = kOnDemandWarmThroughput, .below_read = kInitial, .below_write = kInitial};
}

WarmFloor current_warm_floor(const WarmThroughput& current) {
  constexpr std::string_view kCurrent =
      "current WarmThroughput, decreasing WarmThroughput is not supported";
  return {.least = current, .below_read = kCurrent, .below_write = kCurrent};
}

Result<WarmThroughput> plan_warm(const UnitPair& requested, const WarmFloor& floor,
                                 const ThroughputOwner& owner) {
  WarmThroughput warm;
  warm.read_units = TRY(plan_warm_units(requested.read, floor.least.read_units,
                                        "ReadUnitsPerSecond", floor.below_read, owner));
  warm.write_units = TRY(plan_warm_units(requested.write, floor.least.write_units,
                                         "WriteUnitsPerSecond", floor.below_write, owner));
  return warm;
}

}  // namespace stator
