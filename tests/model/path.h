// Document paths: an attribute, then members of maps and positions of lists.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "value.h"

namespace stator::plain {

struct Step {
  std::string name = {};  // of a member, when there is no index
  std::optional<std::size_t> index = {};

  bool operator==(const Step&) const = default;
};

// The first step is the name of an attribute.
using Path = std::vector<Step>;

// The value at the path, or null.
const Value* find(const Item& item, const Path& path);
Value* find(Item* item, const Path& path);

// Whether an expression may name both: neither leads through the other, and at no position does
// one take a member where the other takes an element.
bool can_stand_together(const Path& a, const Path& b);

// The parts of the item that the paths lead to; elements of lists close up.
Item projected(const Item& item, const std::vector<Path>& paths);

}  // namespace stator::plain
