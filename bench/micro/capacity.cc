// What the capacity engine costs a request.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "capacity/admission.h"

namespace stator::bench {
namespace {

constexpr std::size_t kKeys = 1 << 16;
constexpr std::size_t kCollectionBytes = 24;

// Keys of 32 bytes at random places.
std::vector<std::string> positions() {
  Random random(1);
  std::vector<std::string> keys(kKeys);
  for (std::string& key : keys) {
    for (int i = 0; i < 4; ++i) append_u64_be(random.next(), &key);
  }
  return keys;
}

ResourceLimits on_demand() {
  return {.billing = BillingMode::pay_per_request,
          .provisioned = {},
          .on_demand_maximum = kNoRates,
          .warm = {.read = 1e9, .write = 1e9}};
}

// Requests of one arm on `state.range(0)` keys in turn, 33,000 a second: 40 partitions serve them,
// and are hot while they do. More keys than the sketches hold is the dearest case.
template <typename Request>
void one_arm(benchmark::State& state, const Request& request) {
  TimePoint now{std::chrono::hours(1000)};
  ResourceCapacity table(ResourceOptions{}, on_demand(), PartitionMap::even(40, now), now);
  const std::vector<std::string> keys = positions();
  const auto mask = static_cast<std::size_t>(state.range(0)) - 1;
  std::size_t turn = 0;
  for (auto _ : state) {
    const std::string& key = keys[turn++ & mask];
    const CapacityArm arm = {.resource = &table, .place = {key, kCollectionBytes}, .units = 1};
    now += std::chrono::microseconds(30);
    request(arm, now);
    if (table.has_splits()) table.take_splits();
  }
}

void capacity_write_arm(benchmark::State& state) {
  one_arm(state, [](const CapacityArm& arm, TimePoint now) {
    benchmark::DoNotOptimize(admit_write({&arm, 1}, CapacityMode::enforce, now));
  });
}
BENCHMARK(capacity_write_arm)->Arg(64)->Arg(kKeys);

void capacity_read_arm(benchmark::State& state) {
  one_arm(state, [](const CapacityArm& arm, TimePoint now) {
    benchmark::DoNotOptimize(admit_read({&arm, 1}, CapacityMode::enforce, now));
    charge_read({&arm, 1}, CapacityMode::enforce, now);
  });
}
BENCHMARK(capacity_read_arm)->Arg(64)->Arg(kKeys);

}  // namespace
}  // namespace stator::bench
