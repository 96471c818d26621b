// Whether requests are throttled, and the capacity of every table in use.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/table_capacity.h"
#include "base/result.h"
#include "base/thread_annotations.h"
#include "storage/catalog.h"

namespace stator {

// What all tables have in common. What it points at outlives it.
struct CapacityOptions {
  CatalogStore* catalog = nullptr;
  const Store* store = nullptr;
  CapacityMode mode = CapacityMode::off;
  BurstAtStart burst = BurstAtStart::full;
  std::int64_t partition_bytes_max = kPartitionBytesMax;
};

// The capacity that one request asks and charges; asks and charges nothing where it is not metered.
// A value of one request, whose table outlives it.
class CapacityMeter {
 public:
  CapacityMeter() = default;
  CapacityMeter(const TableDefinition* table, std::shared_ptr<TableCapacity> capacity,
                CapacityMode mode, const CapacityOptions* options)
      : table_(table), capacity_(std::move(capacity)), mode_(mode), options_(options) {}

  bool is_on() const { return capacity_ != nullptr; }

  // See TableCapacity.
  ThrottledArms admit_write(std::span<const CapacityUse> uses, TimePoint now) const;
  ThrottledArms admit_read(const CapacityUse& use, TimePoint now) const;
  void charge_read(std::span<const CapacityUse> uses, TimePoint now) const;
  ThrottledArms take_read(const CapacityUse& use, TimePoint now) const;

  // Puts into the catalog what has become due: splits, growth, warm throughput. Called at the end
  // of an operation, when it holds no latch.
  void apply_growth(TimePoint now) const;

 private:
  const TableDefinition* table_ = nullptr;
  std::shared_ptr<TableCapacity> capacity_;
  CapacityMode mode_ = CapacityMode::off;
  const CapacityOptions* options_ = nullptr;
};

// The modes in force. A value.
struct CapacityModes {
  struct OfTable {
    std::string name;
    CapacityMode mode;
  };
  CapacityMode mode = CapacityMode::off;
  std::vector<OfTable> tables;  // those that have a mode of their own, by name
};

// A resource; thread-safe. Kept in memory only: a database that is opened begins as if it had been
// idle. Without a mode but off, it takes no lock.
class CapacityControl {
 public:
  // Before anything else runs.
  //   now  since when tables that are there have been idle
  void open(const CapacityOptions& options, TimePoint now);

  // Of a table of a snapshot that the caller holds.
  CapacityMeter meter(const TableDefinition& table, TimePoint now);

  // The definition of a table has changed: what it saved until now, it saved at its old rates.
  void table_changed(const TableDefinition& before, const TableDefinition& after, TimePoint now);

  // Of all tables without one of their own.
  void set_mode(CapacityMode mode);
  // Of one table, as long as it exists; nullopt: as the others again.
  //   errors  validation: no such table
  Result<void> set_mode(std::string_view table, std::optional<CapacityMode> mode, TimePoint now);
  CapacityModes modes() const;
  CapacityMode mode(const TableDefinition& table) const;

  // The capacity of a table of a snapshot that the caller holds, in whatever mode; made where there
  // is none.
  std::shared_ptr<TableCapacity> capacity(const TableDefinition& table, TimePoint now);
  // The same; null where nothing was metered yet.
  std::shared_ptr<TableCapacity> known_capacity(const TableDefinition& table) const;

 private:
  struct Entry {
    std::string name;
    std::shared_ptr<TableCapacity> capacity;  // null: not metered yet
    std::optional<CapacityMode> own;
  };

  Entry& entry(const TableDefinition& table) REQUIRES(mu_);
  // Those of tables that are gone.
  void forget_entries() REQUIRES(mu_);
  void update_any() REQUIRES(mu_);

  // That of a table that is metered, made when it is asked for.
  std::shared_ptr<TableCapacity> capacity_of(const TableDefinition& table, TimePoint now,
                                             Entry* entry) const REQUIRES(mu_);

  CapacityOptions options_;  // but for the mode
  TimePoint opened_{};
  std::atomic<bool> any_{false};  // whether some table may be metered
  mutable Mutex mu_;
  CapacityMode mode_ GUARDED_BY(mu_) = CapacityMode::off;
  std::unordered_map<std::uint32_t, Entry> entries_ GUARDED_BY(mu_);  // by the table's keyspace
};

}  // namespace stator
