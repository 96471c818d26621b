#include "simulate/simulated_items.h"

#include <algorithm>

namespace stator {

SimulatedItems::SimulatedItems(const ItemSpace& space)
    : space_(space), figures_(static_cast<std::size_t>(space.figures())) {}

ItemState SimulatedItems::get(std::uint32_t partition, std::uint32_t sort) const {
  const std::uint32_t* const figures = &figures_[first_figure(partition, sort)];
  ItemState item{.partition = partition, .sort = sort, .bytes = figures[0], .drawn = {}};
  std::copy_n(figures + 1, space_.attributes, item.drawn.begin());
  return item;
}

void SimulatedItems::put(const ItemState& item) {
  std::uint32_t* const figures = &figures_[first_figure(item.partition, item.sort)];
  figures[0] = item.bytes;
  std::copy_n(item.drawn.begin(), space_.attributes, figures + 1);
}

}  // namespace stator
