// The hot keys of a resource: its item collections, and its items.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/random.h"
#include "capacity/hot_keys.h"

namespace stator {

// Where in a resource an operation takes units.
struct CapacityPlace {
  // The whole key: hash, partition key and, where the resource has one, sort key. Of an operation
  // on more than an item, where it begins; of one on a whole collection, hash and partition key.
  std::string_view position;
  // Of the position, the part that names the collection: hash and partition key. 0 of an operation
  // on no one collection (a Scan).
  std::size_t collection_bytes = 0;
  // Whether the position is an item's own; if not it only says where a Query or Scan began.
  bool is_item = true;

  std::string_view collection() const { return position.substr(0, collection_bytes); }
};

// Sketches by collection (hash and partition key) and by item (the whole key); that of items stays
// empty where there is no sort key. Of what comes in one second the first kExactPerSecond additions
// are counted; of more, one in kDrawnOneIn is drawn and counts as many times as much: what a busy
// resource serves is estimated, to sqrt(kDrawnOneIn / n) for a key with n additions.
//
// A value; not synchronised: its owner guards it. Never fails.
class KeySketches {
 public:
  static constexpr std::uint32_t kExactPerSecond = 1000;
  static constexpr std::uint64_t kDrawnOneIn = 8;

  explicit KeySketches(std::uint64_t seed) : random_(seed) {}

  void add(const CapacityPlace& place, double weight, TimePoint now);

  HotKeys& collections() { return collections_; }
  HotKeys& items() { return items_; }

 private:
  // How often an addition counts: 1, kDrawnOneIn or 0.
  double times_counted(TimePoint now);

  HotKeys collections_;
  HotKeys items_;
  TimePoint second_end_{};
  std::uint32_t added_ = 0;  // in this second
  Random random_;
};

}  // namespace stator
