// A bounded sample of the keys that a partition saw, and where it says that the partition is cut.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace stator {

// Whether an item collection may be divided by sort key. AWS: not in a table with local indexes.
enum class CollectionCuts : std::uint8_t { allowed, never };

// Keeps every n-th operation with n random around a stride; when it is full it forgets every other
// one and doubles the stride. A random stride does not fall into step with a client that takes its
// keys in turn. A value; not synchronised: its owner guards it. Never fails.
class KeySample {
 public:
  // Operations kept: between half of this and all of it once there were as many. A share of one
  // half is then known with a standard error of 3 to 5 %.
  static constexpr std::size_t kKeysMax = 256;

  explicit KeySample(std::uint64_t seed) : random_(seed) {}

  // Sees an operation of `units` at `position` (model/partition_map.h); 0 of one that was refused
  // before anybody knew: it weighs as those that are known do on average.
  void add(std::string_view position, double units) {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    keep(position, units);
  }

  void clear();
  std::size_t size() const { return keys_.size(); }

  // The position that divides the units best, or nullopt where no cut would help:
  //   served  a sample of those among the operations that were not refused. It says whether keys
  //           come in order: one that is refused may be asked for again long after its turn.
  //   - fewer than kKeysMin operations were kept
  //   - one key has more than kHotItemShare of the units: AWS does not split for one hot item
  //   - the keys came in order: AWS does not split a range that is walked in sequence. Inside of
  //   one
  //     collection this is asked of the collection alone, so that one may still be parted from
  //     others
  //   - the best cut leaves one side less than kSideShare of the units
  // Between two collections the cut is at a hash; inside one, at a key.
  std::optional<std::string> cut(CollectionCuts collections, const KeySample& served) const;

  // Ours; AWS publishes none of them. Of two keys with half of the units each one may seem to have
  // more: the share of a hot item is a half and twice what the sample errs by.
  static constexpr std::size_t kKeysMin = 32;
  static constexpr double kHotItemShare = 0.6;
  static constexpr double kSideShare = 0.2;
  // Of the steps from one key to another, the share that goes one way when keys come in order. In
  // random order it is a half. A step is an eighth of the sample: clients that write in parallel
  // and retry walk in order only when seen from afar.
  static constexpr double kWalkShare = 0.9;
  static constexpr std::size_t kWalkStepsInSample = 8;
  static constexpr std::size_t kWalkStepsMin = 8;

 private:
  struct Kept {
    std::string position;
    double units;  // 0: not known
  };

  void keep(std::string_view position, double units);
  // What an operation of unknown units weighs.
  double mean_units() const;
  // Whether the keys that begin with `prefix` came in order.
  bool is_walk(std::string_view prefix) const;

  Random random_;
  std::vector<Kept> keys_;  // as they came
  std::uint64_t stride_ = 1;
  std::uint64_t skip_ = 0;
};

}  // namespace stator
