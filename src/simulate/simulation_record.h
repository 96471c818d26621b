// What happened in a simulation, gathered while it runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "api/throttle_errors.h"
#include "simulate/report_data.h"
#include "simulate/resource_record.h"
#include "simulate/simulated_table.h"
#include "simulate/workload.h"

namespace stator {

// The length of a simulation's series, and times in their terms. A value.
class Timeline {
 public:
  explicit Timeline(const Workload& workload);

  RecordLength length() const;
  std::int64_t slot_seconds() const { return slot_seconds_; }
  double seconds_at(TimePoint now) const;
  RecordTime at(TimePoint now) const;

 private:
  TimePoint start_;
  std::int64_t seconds_;
  std::int64_t slot_seconds_;
};

// How an attempt ended.
enum class AttemptEnd : std::uint8_t { succeeded, retried, given_up };

// A value; not synchronised. Never fails.
class SimulationRecord {
 public:
  explicit SimulationRecord(const Workload& workload);

  // A table and its global indexes, as they are now.
  struct TableView {
    const TableDefinition* definition = nullptr;
    const std::vector<const IndexDefinition*>* global_indexes = nullptr;
    std::size_t first_resource = 0;  // the table's; its global indexes follow

    // Null: the table itself.
    const IndexDefinition* index(std::size_t resource) const {
      return resource == 0 ? nullptr : (*global_indexes)[resource - 1];
    }
    std::size_t resources() const { return 1 + global_indexes->size(); }
  };

  // Returns its first resource.
  std::size_t add_table(const TableView& table);
  void change_table(const TableView& table, bool by_settings);

  // What follows happens at `now`.
  void move_to(TimePoint now);

  struct Attempt {
    const TableView& table;
    bool is_write = false;
    bool is_first = false;
    const RequestCost& cost;
    const ThrottledArms& throttled;
  };
  void count(const Attempt& attempt);
  void count(const Attempt& attempt, AttemptEnd end);

  // A phase is over; `report` says all but its resources.
  void end_phase(PhaseReport report);

  // Whether refusals may have kept some of the load from being asked for.
  bool may_hide_demand(const Workload& workload, const std::vector<TableView>& tables) const;

  // Nothing more comes.
  void end();

  // Once, after the end.
  //   unthrottled  ended, of the same workload with nothing refused; null where all of the load was
  //                asked for
  SimulationReport finish(const Workload& workload, const std::vector<TableView>& tables,
                          const SimulationRecord* unthrottled);

 private:
  void count_refusals(const Attempt& attempt);

  Timeline timeline_;
  RecordTime now_;
  double second_ = 0;
  std::vector<ResourceRecord> resources_;
  SimulationReport report_;
};

}  // namespace stator
