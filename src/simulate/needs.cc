#include "simulate/needs.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "capacity/limits.h"

namespace stator {
namespace {

std::int64_t rounded_up(double units) {
  return static_cast<std::int64_t>(std::ceil(units));
}

bool is_enough(std::int64_t units, std::span<const float> seconds, BurstAtStart burst) {
  const double rate = static_cast<double>(units);
  const double depth = rate * kBurstSeconds;
  double tokens = burst == BurstAtStart::full ? depth : 0;
  for (const float asked : seconds) {
    tokens = std::min(tokens + rate, depth) - asked;
    if (tokens < 0) return false;
  }
  return true;
}

double sum_of(std::span<const float> seconds) {
  double sum = 0;
  for (const float asked : seconds) sum += asked;
  return sum;
}

std::uint64_t throttles(const Demand& demand, ThrottleLimit limit) {
  return demand.total.throttles[static_cast<std::size_t>(limit)];
}

// Whether the settings at the end are less than what is sure to serve it.
bool is_beyond_settings(const NeedsReport& needs) {
  if (needs.shards > 1) return true;
  if (needs.provisioned_now) return *needs.provisioned_now < needs.provisioned_units;
  return needs.warm_units > std::min(needs.maximum_now.value_or(kTableUnitsMax),
                                     needs.warm_now.value_or(kTableUnitsMax));
}

// Of what was never throttled because not all of it came.
NeedsVerdict spared_verdict(const NeedsReport& needs) {
  if (needs.shards > 1) return NeedsVerdict::shard_key;
  if (needs.warm_units > kTableUnitsMax) return NeedsVerdict::quota;
  if (needs.provisioned_now) return NeedsVerdict::provision;
  return needs.warm_units > needs.maximum_now.value_or(kTableUnitsMax)
             ? NeedsVerdict::raise_maximum
             : NeedsVerdict::warm_throughput;
}

NeedsVerdict verdict_of(const Demand& demand, const NeedsReport& needs) {
  if (needs.peak_units == 0) return NeedsVerdict::idle;
  if (needs.was_spared) return spared_verdict(needs);
  if (demand.total.throttle_count() == 0) return NeedsVerdict::served;
  if (needs.shards > 1) return NeedsVerdict::shard_key;
  if (needs.warm_units > kTableUnitsMax || throttles(demand, ThrottleLimit::account) > 0) {
    return NeedsVerdict::quota;
  }
  if (throttles(demand, ThrottleLimit::provisioned) > 0) return NeedsVerdict::provision;
  if (throttles(demand, ThrottleLimit::max_on_demand) > 0) return NeedsVerdict::raise_maximum;
  const bool outgrew =
      demand.billing == BillingMode::pay_per_request && needs.warm_units > demand.warm_now;
  return outgrew ? NeedsVerdict::warm_throughput : NeedsVerdict::spread_keys;
}

}  // namespace

std::int64_t provisioned_units_for(std::span<const float> seconds, BurstAtStart burst) {
  if (seconds.empty()) return 0;
  std::int64_t least = 0;  // too few, unless nothing is asked for
  std::int64_t enough = rounded_up(*std::max_element(seconds.begin(), seconds.end()));
  while (least + 1 < enough) {
    const std::int64_t middle = least + (enough - least) / 2;
    if (is_enough(middle, seconds, burst)) {
      enough = middle;
    } else {
      least = middle;
    }
  }
  return enough;
}

NeedsReport needs_of(const Demand& demand) {
  NeedsReport needs;
  if (!demand.seconds.empty()) {
    needs.mean_units = sum_of(demand.seconds) / static_cast<double>(demand.seconds.size());
    needs.peak_units = *std::max_element(demand.seconds.begin(), demand.seconds.end());
  }
  needs.provisioned_units = provisioned_units_for(demand.seconds, demand.burst);
  needs.warm_units = rounded_up(needs.peak_units);
  if (demand.billing == BillingMode::provisioned) {
    needs.provisioned_now = demand.provisioned_now;
  } else {
    needs.maximum_now = demand.maximum_now;
    needs.warm_now = demand.warm_now;
  }
  needs.partition_limit = partition_flow(demand.direction).rate;
  needs.hottest_key = demand.hottest_key;
  needs.hottest_units = demand.hottest_units;
  needs.shards =
      std::max<std::int64_t>(1, rounded_up(demand.hottest_units / needs.partition_limit));
  needs.was_spared =
      demand.was_hidden && demand.total.throttle_count() == 0 && is_beyond_settings(needs);
  needs.verdict = verdict_of(demand, needs);
  return needs;
}

}  // namespace stator
