#include "capacity/resource_meter.h"

#include <algorithm>

namespace stator {
namespace {

// AWS: an on-demand resource serves twice its previous peak at once.
constexpr double kPeakFactor = 2;

std::int64_t whole_units_within_quota(double rate) {
  return std::min(static_cast<std::int64_t>(rate), kTableUnitsMax);
}

// Depths are of kBurstSeconds or of kSteadySeconds.
TokenBucket bucket_at_start(TokenBucket::Flow flow, BurstAtStart burst, TimePoint now) {
  const bool is_steady = flow.depth <= flow.rate * kSteadySeconds;
  if (burst == BurstAtStart::none) return {flow, flow.rate, now};
  return {flow, is_steady ? flow.rate * kSteadySecondsAtStart : flow.depth, now};
}

}  // namespace

DirectionMeter::DirectionMeter(Direction direction, const ResourceLimits& limits,
                               BurstAtStart burst, TimePoint now)
    : direction_(direction), limits_(limits), burst_(burst), peak_(now) {
  make_levels(now);
}

void DirectionMeter::change_limits(const ResourceLimits& limits, TimePoint now) {
  if (limits == limits_) return;
  limits_ = limits;
  make_levels(now);
}

double DirectionMeter::scaled_rate() const {
  return std::max(limits_.warm.of(direction_), kPeakFactor * peak_.per_second());
}

void DirectionMeter::advance(TimePoint now) {
  if (peak_.advance(now)) make_levels(now);
  for (Level& level : levels_) level.bucket.refill(now);
}

void DirectionMeter::make_levels(TimePoint now) {
  std::vector<Level> levels;
  const auto add = [&](CapacityLevel level, TokenBucket::Flow flow) {
    keep_or_make(level, flow, now, &levels);
  };
  if (limits_.billing == BillingMode::provisioned) {
    add(CapacityLevel::provisioned, flow_of(limits_.provisioned.of(direction_), kBurstSeconds));
  } else {
    add(CapacityLevel::account, flow_of(static_cast<double>(kTableUnitsMax), kSteadySeconds));
    const double maximum = limits_.on_demand_maximum.of(direction_);
    if (maximum >= 0) add(CapacityLevel::max_on_demand, flow_of(maximum, kBurstSeconds));
    add(CapacityLevel::scaled, flow_of(scaled_rate(), kSteadySeconds));
  }
  levels_ = std::move(levels);
}

void DirectionMeter::keep_or_make(CapacityLevel level, TokenBucket::Flow flow, TimePoint now,
                                  std::vector<Level>* levels) const {
  for (const Level& each : levels_) {
    if (each.level != level) continue;
    levels->push_back(each);
    levels->back().bucket.change(flow, now);
    return;
  }
  levels->push_back({level, bucket_at_start(flow, burst_, now)});
}

ResourceMeter::ResourceMeter(const ResourceLimits& limits, const PartitionMap& partitions,
                             BurstAtStart burst, TimePoint now)
    : billing_(limits.billing),
      burst_(burst),
      directions_{DirectionMeter(Direction::read, limits, burst, now),
                  DirectionMeter(Direction::write, limits, burst, now)} {
  change_partitions(partitions, now);
}

void ResourceMeter::change_limits(const ResourceLimits& limits, TimePoint now) {
  billing_ = limits.billing;
  for (DirectionMeter& direction : directions_) direction.change_limits(limits, now);
}

const ResourceMeter::PartitionBuckets* ResourceMeter::find(std::uint32_t id) const {
  const auto found = std::find_if(partitions_.begin(), partitions_.end(),
                                  [id](const PartitionBuckets& each) { return each.id == id; });
  return found == partitions_.end() ? nullptr : &*found;
}

const ResourceMeter::PartitionBuckets* ResourceMeter::find_lineage(
    const PartitionMap& map, const Partition& partition) const {
  if (const PartitionBuckets* own = find(partition.id)) return own;
  // Whoever is cut ends before its children are: backwards, each ancestor comes after its child.
  std::uint32_t ancestor = partition.parent;
  for (auto former = map.former().rbegin(); former != map.former().rend(); ++former) {
    if (former->id != ancestor) continue;
    if (const PartitionBuckets* found = find(ancestor)) return found;
    ancestor = former->parent;
  }
  return nullptr;
}

void ResourceMeter::change_partitions(const PartitionMap& map, TimePoint now) {
  std::vector<PartitionBuckets> partitions;
  for (const Partition& partition : map.partitions()) {
    const PartitionBuckets* buckets = find_lineage(map, partition);
    if (buckets != nullptr) {
      partitions.push_back({partition.id, buckets->buckets});
      continue;
    }
    partitions.push_back({partition.id,
                          {bucket_at_start(partition_flow(Direction::read), burst_, now),
                           bucket_at_start(partition_flow(Direction::write), burst_, now)}});
  }
  partitions_ = std::move(partitions);
}

std::optional<CapacityLevel> ResourceMeter::reserve(Direction direction, std::size_t partition,
                                                    double units, TimePoint now) {
  std::optional<CapacityLevel> refused;
  DirectionMeter& whole = meter(direction);
  whole.advance(now);
  for (DirectionMeter::Level& level : whole.levels()) {
    if (!level.bucket.reserve(units) && !refused) refused = level.level;
  }
  TokenBucket& part = bucket(direction, partition);
  part.refill(now);
  if (!part.reserve(units) && !refused) refused = CapacityLevel::partition;
  return refused;
}

void ResourceMeter::take(Direction direction, std::size_t partition, double units) {
  DirectionMeter& whole = meter(direction);
  for (DirectionMeter::Level& level : whole.levels()) level.bucket.take(units);
  bucket(direction, partition).take(units);
  whole.count(units);
}

void ResourceMeter::release(Direction direction, std::size_t partition, double units) {
  for (DirectionMeter::Level& level : meter(direction).levels()) level.bucket.release(units);
  bucket(direction, partition).release(units);
}

std::optional<CapacityLevel> ResourceMeter::refusal(Direction direction, std::size_t partition,
                                                    TimePoint now) {
  DirectionMeter& whole = meter(direction);
  whole.advance(now);
  for (const DirectionMeter::Level& level : whole.levels()) {
    if (!level.bucket.admits()) return level.level;
  }
  TokenBucket& part = bucket(direction, partition);
  part.refill(now);
  if (!part.admits()) return CapacityLevel::partition;
  return std::nullopt;
}

void ResourceMeter::charge(Direction direction, std::size_t partition, double units,
                           TimePoint now) {
  DirectionMeter& whole = meter(direction);
  whole.advance(now);
  for (DirectionMeter::Level& level : whole.levels()) level.bucket.charge(units);
  TokenBucket& part = bucket(direction, partition);
  part.refill(now);
  part.charge(units);
  whole.count(units);
}

UnitRates ResourceMeter::scaled_rates(TimePoint now) {
  for (DirectionMeter& direction : directions_) direction.advance(now);
  return {.read = meter(Direction::read).scaled_rate(),
          .write = meter(Direction::write).scaled_rate()};
}

std::uint32_t ResourceMeter::partitions_wanted(TimePoint now) {
  if (billing_ == BillingMode::provisioned) return 1;
  const UnitRates rates = scaled_rates(now);
  return partitions_for_warm(whole_units_within_quota(rates.read),
                             whole_units_within_quota(rates.write));
}

std::vector<DirectionMeter::Level> ResourceMeter::levels(Direction direction, TimePoint now) {
  meter(direction).advance(now);
  return meter(direction).levels();
}

TokenBucket ResourceMeter::partition_bucket(Direction direction, std::size_t partition,
                                            TimePoint now) const {
  TokenBucket bucket = partitions_[partition].buckets[static_cast<std::size_t>(direction)];
  bucket.refill(now);
  return bucket;
}

}  // namespace stator
