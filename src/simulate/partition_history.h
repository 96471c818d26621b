// The partitions of one table or index over a simulation: where each lay, what it served, how it
// ended.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "capacity/throttle_reason.h"
#include "model/partition_map.h"
#include "model/table.h"
#include "simulate/report_data.h"

namespace stator {

// The share of the hash space before a hash.
double hash_share(std::uint64_t hash);

// A value. Never fails.
class PartitionHistory {
 public:
  //   attributes  of the resource's key, for texts of positions
  PartitionHistory(const PartitionMap& map, std::vector<KeyAttribute> attributes);

  // The map as it is from `second` on.
  //   by_settings  an UpdateTable asked for the change
  void change(const PartitionMap& map, double second, bool by_settings);

  void consumed(Direction direction, std::string_view position, double units, std::size_t slot) {
    slot_at(position, slot).consumed[static_cast<std::size_t>(direction)] += units;
  }
  void throttled(Direction direction, std::string_view position, double units, std::size_t slot) {
    slot_at(position, slot).throttled[static_cast<std::size_t>(direction)] += units;
  }

  std::size_t count() const { return map_.count(); }
  const std::vector<PartitionReport>& partitions() const { return reports_; }
  const std::vector<SplitReport>& splits() const { return splits_; }

 private:
  PartitionSlot& slot_at(std::string_view position, std::size_t slot);
  PartitionReport& report(std::uint32_t id);
  void add_current(double second);
  // A partition that was cut; its children are known.
  void end(const FormerPartition& former, double second, bool by_settings);
  std::vector<std::uint32_t> children_of(std::uint32_t id) const;

  PartitionMap map_;
  std::vector<KeyAttribute> attributes_;
  std::vector<PartitionReport> reports_;  // by id, from 1 on
  std::vector<SplitReport> splits_;
};

}  // namespace stator
