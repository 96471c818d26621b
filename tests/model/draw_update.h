// Updates of an item, and what they leave.
#pragma once

#include <optional>

#include "update.h"
#include "world.h"

namespace stator::plain {

// What an update does: refuses, does nothing, or leaves an item.
struct Outcome {
  std::optional<Refused> refused = {};
  std::optional<Item> after = {};
};

struct DrawnUpdate {
  Update update = {};
  Outcome outcome = {};
};

// An update, maybe without any action, that moves entries of indexes often and is refused seldom.
//   before  null: there is no item
DrawnUpdate draw_update(World* world, const Table& table, const KeyValues& key, const Item* before);

}  // namespace stator::plain
