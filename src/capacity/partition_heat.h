// Which partitions of a resource are hot for so long that they are split, and where.
//
// AWS splits "for consumption" when a partition stays near its limit, at a point that the keys it
// saw suggest, and takes minutes for it; its thresholds are not published. Ours: the demand of a
// second (what was admitted and what the partition itself refused) is at least 80 % of the
// partition's limit, in more than half of the seconds of a minute. What the table or index refuses
// is not demand: cutting partitions does not raise that limit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capacity/key_sample.h"
#include "capacity/throttle_reason.h"
#include "model/partition_map.h"

namespace stator {

enum class SplitCause : std::uint8_t { heat, size };

// A place in the keys; PartitionMap::split_at cuts there whatever else has changed meanwhile.
struct SplitDecision {
  std::uint32_t partition = 0;  // its id
  std::string position;
  SplitCause cause = SplitCause::heat;
  bool operator==(const SplitDecision&) const = default;
};

inline constexpr double kHotShare = 0.8;
inline constexpr std::int64_t kHeatSeconds = 60;
inline constexpr std::int64_t kHotSecondsMin = 31;

// One direction of one partition. A value; not synchronised.
class HeatWindow {
 public:
  HeatWindow(Direction direction, std::uint64_t seed);

  // Counts demand in the second `second` (of any clock).
  void add(double units, std::int64_t second) {
    if (second != second_) end_second(second);
    units_ += units;
  }

  // See a key that was asked for, once the window has had a hot second.
  //   units  0 of a refused read, whose cost nobody knows
  void sample_served(std::string_view position, double units) {
    if (hot_seconds_ == 0) return;
    asked_.add(position, units);
    served_.add(position, units);
  }
  void sample_refused(std::string_view position, double units) {
    if (hot_seconds_ > 0) asked_.add(position, units);
  }

  // Whether a window has ended that was hot; then, where the keys that it saw say to cut.
  bool is_hot() const { return hot_; }
  std::optional<std::string> cut(CollectionCuts collections) const {
    return asked_.cut(collections, served_);
  }

  // Begins another window.
  void restart();

 private:
  void end_second(std::int64_t second);

  double hot_units_;  // a second with so many is hot
  std::int64_t second_ = 0;
  std::int64_t window_end_ = 0;
  double units_ = 0;  // in second_
  std::int64_t hot_seconds_ = 0;
  bool hot_ = false;
  // Of the window, from its first hot second on.
  KeySample asked_;
  KeySample served_;
};

// A value; not synchronised: its owner guards it. Never fails. The same calls with the same seed
// give the same decisions.
class PartitionHeat {
 public:
  PartitionHeat(const PartitionMap& partitions, CollectionCuts collections, std::uint64_t seed);

  // A partition that remains goes on; a new one begins cold.
  void change_partitions(const PartitionMap& partitions);
  void change_collections(CollectionCuts collections) { collections_ = collections; }

  // Counts demand that the partition (by its place in the map) served, at `position`.
  void add_served(Direction direction, std::size_t partition, std::string_view position,
                  double units, TimePoint now);

  // Counts demand that the partition refused. Its keys are seen like those that were served: where
  // several come in the same order again and again, only the first of them are.
  //   units  0 of a read, whose cost nobody knows
  void add_refused(Direction direction, std::size_t partition, std::string_view position,
                   double units, TimePoint now);

  // Decisions since the last call. The owner splits, and calls change_partitions.
  bool has_decisions() const { return !decisions_.empty(); }
  std::vector<SplitDecision> take_decisions();

 private:
  struct Heat {
    std::uint32_t id;
    std::array<HeatWindow, kDirections> windows;
  };

  Heat cold(std::uint32_t id) const;
  HeatWindow& window(Direction direction, std::size_t partition) {
    return partitions_[partition].windows[static_cast<std::size_t>(direction)];
  }
  void decide(Heat* heat, const HeatWindow& hot);

  CollectionCuts collections_;
  std::uint64_t seed_;
  std::vector<Heat> partitions_;  // in the order of the map's
  std::vector<SplitDecision> decisions_;
};

}  // namespace stator
