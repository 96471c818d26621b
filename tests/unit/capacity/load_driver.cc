#include "load_driver.h"

#include <cmath>
#include <numeric>

#include "base/bytes.h"

namespace stator {

using namespace std::chrono_literals;

std::uint64_t hash_of_number(std::uint64_t number) {
  return Random(number).next();
}

LoadedTable::LoadedTable(const ResourceLimits& limits, const PartitionMap& partitions,
                         const ResourceOptions& options)
    : limits_(limits),
      collections_(options.collections),
      capacity_(std::make_unique<ResourceCapacity>(options, limits, partitions, now_)) {}

bool LoadedTable::write(const LoadKey& key) {
  position_.clear();
  append_u64_be(key.hash, &position_);
  append_u64_be(key.hash, &position_);  // stands for the partition key
  const std::size_t collection_bytes = position_.size();
  append_u64_be(key.sort, &position_);
  const CapacityArm arm = {
      .resource = capacity_.get(), .place = {position_, collection_bytes}, .units = 1};
  if (!admit_write({&arm, 1}, CapacityMode::enforce, now_).empty()) return false;
  const auto second = static_cast<std::size_t>((now_ - started_) / 1s);
  if (written_.size() <= second) written_.resize(second + 1);
  written_[second] += 1;
  return true;
}

void LoadedTable::advance(std::chrono::microseconds by) {
  const auto second = (now_ - started_) / 1s;
  now_ += by;
  if ((now_ - started_) / 1s != second) maintain();
}

void LoadedTable::maintain() {
  PartitionMap map = capacity_->partitions();
  for (const SplitDecision& split : capacity_->take_splits())
    map = map.split_at(split.position, now_);
  map = map.grown_to(capacity_->meter().partitions_wanted(now_), now_);
  capacity_->change_definition(limits_, map, collections_, now_);
}

double LoadedTable::written_per_second(std::size_t first, std::size_t last) const {
  double sum = 0;
  for (std::size_t i = first; i < last && i < written_.size(); ++i) sum += written_[i];
  return sum / static_cast<double>(last - first);
}

void run_dropping(LoadedTable* table, std::size_t seconds, std::size_t per_second,
                  const NextKey& next) {
  constexpr std::size_t kTicks = 100;
  for (std::size_t tick = 0; tick < seconds * kTicks; ++tick) {
    const std::size_t in_second = tick % kTicks;
    const std::size_t writes =
        per_second * (in_second + 1) / kTicks - per_second * in_second / kTicks;
    for (std::size_t i = 0; i < writes; ++i) table->write(next());
    table->advance(10ms);
  }
}

double run_retrying(LoadedTable* table, std::size_t workers, const std::vector<LoadKey>& keys) {
  struct Worker {
    std::size_t item;
    TimePoint ready;
  };
  std::vector<Worker> running;
  const TimePoint start = table->now();
  std::size_t next = 0;
  while (running.size() < workers && next < keys.size()) running.push_back({next++, start});
  while (!running.empty()) {
    for (std::size_t i = 0; i < running.size();) {
      Worker& worker = running[i];
      if (worker.ready > table->now()) {
        ++i;
      } else if (!table->write(keys[worker.item])) {
        worker.ready = table->now() + 20ms;
        ++i;
      } else if (next < keys.size()) {
        worker = {next++, table->now() + 5ms};
        ++i;
      } else {
        running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
    table->advance(5ms);
  }
  return std::chrono::duration<double>(table->now() - start).count();
}

ResourceLimits on_demand() {
  return {.billing = BillingMode::pay_per_request,
          .provisioned = {},
          .on_demand_maximum = kNoRates,
          .warm = {.read = 12000, .write = 4000}};
}

ResourceLimits provisioned(double write_units) {
  return {.billing = BillingMode::provisioned,
          .provisioned = {.read = 1, .write = write_units},
          .on_demand_maximum = kNoRates,
          .warm = {}};
}

PartitionMap partitions_of_provisioned(std::int64_t write_units) {
  return PartitionMap::even(partitions_for_provisioned(0, write_units), TimePoint{});
}

}  // namespace stator
