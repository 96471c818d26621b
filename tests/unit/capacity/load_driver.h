// A load on one table in simulated time: what the figures that AWS published are reproduced with.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "capacity/admission.h"

namespace stator {

struct LoadKey {
  std::uint64_t hash = 0;
  std::uint64_t sort = 0;
};

// A hash like a real one of the key with this number.
std::uint64_t hash_of_number(std::uint64_t number);

// A table, its clock, and an owner who does what ResourceCapacity asks of one.
class LoadedTable {
 public:
  LoadedTable(const ResourceLimits& limits, const PartitionMap& partitions,
              const ResourceOptions& options = {});

  TimePoint now() const { return now_; }
  std::size_t partitions() const { return capacity_->partitions().count(); }
  ResourceCapacity& capacity() { return *capacity_; }

  // Writes one unit; whether it was admitted.
  bool write(const LoadKey& key);

  // Moves the clock; splits and grows at each full second.
  void advance(std::chrono::microseconds by);

  // Units that were written in each second so far.
  const std::vector<double>& written() const { return written_; }
  // The mean over the seconds from `first` to the one before `last`.
  double written_per_second(std::size_t first, std::size_t last) const;

 private:
  void maintain();

  ResourceLimits limits_;
  CollectionCuts collections_;
  TimePoint now_{std::chrono::hours(24 * 365)};
  TimePoint started_ = now_;
  std::unique_ptr<ResourceCapacity> capacity_;
  std::vector<double> written_;
  std::string position_;
};

using NextKey = std::function<LoadKey()>;

// A client that drops what is throttled: `per_second` writes, evenly, for `seconds`.
void run_dropping(LoadedTable* table, std::size_t seconds, std::size_t per_second,
                  const NextKey& next);

// A client with `workers` that each retry an item after 20 ms until it is written, and then take
// the next one of `keys`; one write takes 5 ms. Until all are written; the seconds that it took.
double run_retrying(LoadedTable* table, std::size_t workers, const std::vector<LoadKey>& keys);

// Partitions and limits of a new table.
ResourceLimits on_demand();
ResourceLimits provisioned(double write_units);
PartitionMap partitions_of_provisioned(std::int64_t write_units);

}  // namespace stator
