// The most used keys of a resource, by a sketch of bounded size.
//
// Space-Saving (Metwally, Agrawal, El Abbadi, 2005) with weights. Of all units W that were added,
// with m = kCountersMax counters:
//
//   every key with more than W / m units is in the sketch
//   a key's true units lie between units - error and units; error is at most W / m
//
// Units fade: every half-life all counters, and W, are halved, so that the list tells of the last
// minutes; the bounds hold for the faded units.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stator/clock.h"

namespace stator {

struct HotKey {
  std::string key;
  double units = 0;  // at most this
  double error = 0;  // at least units - error
  bool operator==(const HotKey&) const = default;
};

// Keys are any bytes. A value; not synchronised: its owner guards it. Never fails. Takes memory as
// keys come, at most kCountersMax keys and about 100 bytes beside each.
class HotKeys {
 public:
  static constexpr std::size_t kCountersMax = 256;
  static constexpr std::chrono::minutes kHalfLife{10};  // ours

  // Adds `units` (more than 0) of whatever is counted: units of capacity, or throttles.
  void add(std::string_view key, double units, TimePoint now);

  // The `count` greatest as of `now`, the greatest first, equal ones by key.
  std::vector<HotKey> top(std::size_t count, TimePoint now);

  // All units, of keys in the sketch and others.
  double total(TimePoint now);

 private:
  using CounterIndex = std::uint16_t;
  struct Counter {
    std::string key;
    double error;
    std::uint64_t hash;
    CounterIndex place;  // in heap_, where its units are
  };
  struct Place {
    double units;
    CounterIndex counter;
  };
  static constexpr std::size_t kSlots = 4 * kCountersMax;
  static constexpr std::size_t kHeapWidth = 4;  // children of a place: one cache line

  void fade(TimePoint now);
  std::size_t slot_of(std::string_view key, std::uint64_t hash) const;
  void empty_slot(std::size_t slot);
  void insert(std::size_t slot, std::string_view key, std::uint64_t hash, double units);
  void replace_least(std::string_view key, std::uint64_t hash, double units);
  void put(std::size_t place, Place what);
  void sink(std::size_t place);
  void rise(std::size_t place);
  std::size_t least_child(std::size_t place) const;

  std::vector<Counter> counters_;
  std::vector<Place> heap_;          // the least units first
  std::vector<CounterIndex> slots_;  // open addressing by hash: 1 + place in counters_; 0: empty
  double total_ = 0;
  TimePoint next_fade_{};
};

}  // namespace stator
