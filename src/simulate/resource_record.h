// What a table or an index was asked for, served and refused during a simulation.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "capacity/hot_keys.h"
#include "capacity/resource_capacity.h"
#include "model/table.h"
#include "simulate/partition_history.h"
#include "simulate/report_data.h"
#include "simulate/resource_demand.h"
#include "simulate/workload.h"

namespace stator {

// When something happens: the second since the start, and the slot of the report.
struct RecordTime {
  std::size_t second = 0;
  std::size_t slot = 0;
};

// How long series are.
struct RecordLength {
  std::size_t seconds = 0;
  std::size_t slots = 0;
};

// What a part of a request takes of a resource.
struct RecordedUse {
  Direction direction = Direction::read;
  CapacityPlace place;
  double units = 0;
};

// A value; not synchronised. Never fails.
class ResourceRecord {
 public:
  //   index  null: the table
  ResourceRecord(const TableDefinition& table, const IndexDefinition* index,
                 const RecordLength& length);

  // The first attempt of a request asks for units; each attempt then takes them or is refused.
  void offered(const RecordedUse& use, const RecordTime& time);
  void consumed(const RecordedUse& use, const RecordTime& time);
  void throttled(const RecordedUse& use, ThrottleLimit limit, RefusedArm arm,
                 const RecordTime& time);

  void change_partitions(const PartitionMap& map, double second, bool by_settings) {
    partitions_.change(map, second, by_settings);
  }

  // What has come since the last call: sums, and the most of a second. The end of a phase.
  struct Stretch {
    std::array<UnitSlot, kDirections> units;
    std::array<double, kDirections> peak_consumed{};
  };
  Stretch take_stretch();
  std::size_t partition_count() const { return partitions_.count(); }

  // Whether an attempt was refused.
  bool has_refused() const;

  // Nothing more comes. Run before the reports.
  void end();

  // Of the definition as it is at the end.
  //   unthrottled  what the same load asks for where nothing is refused; null where it was all seen
  ResourceReport report(const TableDefinition& table, const IndexDefinition* index,
                        BurstAtStart burst, const ResourceRecord* unthrottled);

 private:
  // One direction.
  struct Series {
    explicit Series(const RecordLength& length) : slots(length.slots), demand(length.seconds) {}

    std::vector<UnitSlot> slots;
    ResourceDemand demand;
    UnitSlot total;
    UnitSlot stretch;
    double second_consumed = 0;  // in current_second
    std::size_t current_second = 0;
    double stretch_peak = 0;
  };

  Series& series(Direction direction) { return series_[static_cast<std::size_t>(direction)]; }
  // The part of a place that one partition must serve: a collection where it is not cut.
  std::string_view indivisible(const CapacityPlace& place) const;
  NeedsReport needs(Direction direction, const TableDefinition& table, const IndexDefinition* index,
                    BurstAtStart burst, const ResourceRecord* unthrottled) const;
  HotKeysReport hot_keys();

  const std::string table_;
  const std::string index_;
  const bool cuts_collections_;
  std::vector<KeyAttribute> collection_attributes_;
  std::vector<KeyAttribute> item_attributes_;
  std::array<Series, kDirections> series_;
  PartitionHistory partitions_;
  HotKeys used_collections_;
  HotKeys used_items_;
  HotKeys throttled_collections_;
  HotKeys throttled_items_;
};

}  // namespace stator
