// The items of a simulated table: their sizes and numbers in place of their bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/item_shape.h"

namespace stator {

// How many keys there are of each kind, and how many attributes an item has beside them.
struct ItemSpace {
  std::uint32_t partitions = 1;
  std::uint32_t sorts = 1;
  std::size_t attributes = 0;

  // Figures that are remembered, of four bytes each.
  std::uint64_t figures() const { return std::uint64_t{partitions} * sorts * (attributes + 1); }
};

// Ours: 256 MB.
inline constexpr std::uint64_t kItemFiguresMax = 64 * 1024 * 1024;

// A value; four bytes for each possible item, and as many for each attribute. Never fails.
class SimulatedItems {
 public:
  explicit SimulatedItems(const ItemSpace& space);

  // The item, whether or not it exists.
  ItemState get(std::uint32_t partition, std::uint32_t sort) const;
  void put(const ItemState& item);

 private:
  std::size_t first_figure(std::uint32_t partition, std::uint32_t sort) const {
    return (std::size_t{partition} * space_.sorts + sort) * (space_.attributes + 1);
  }

  ItemSpace space_;
  std::vector<std::uint32_t> figures_;  // of each item: its bytes, then its attributes
};

// How many items and bytes each collection of a table or an index holds. A value.
class CollectionTotals {
 public:
  struct Total {
    std::uint64_t items = 0;
    std::uint64_t bytes = 0;
  };

  explicit CollectionTotals(std::size_t collections) : totals_(collections) {}

  void add(std::uint32_t collection, std::size_t bytes) {
    ++totals_[collection].items;
    totals_[collection].bytes += bytes;
  }
  void remove(std::uint32_t collection, std::size_t bytes) {
    --totals_[collection].items;
    totals_[collection].bytes -= bytes;
  }
  const Total& of(std::uint32_t collection) const { return totals_[collection]; }

 private:
  std::vector<Total> totals_;
};

}  // namespace stator
