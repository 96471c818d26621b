// Updates as lists of actions: what they make of an item, and their text.
#pragma once

#include <string>
#include <vector>

#include "path.h"
#include "placeholders.h"
#include "value.h"

namespace stator::plain {

enum class SourceKind { value, path, if_not_exists, list_append, plus, minus };

// What SET assigns. A value, a path, or two of them under an operator.
struct Source {
  SourceKind kind = SourceKind::value;
  Value value = {};
  Path path = {};                  // also what if_not_exists looks at
  std::vector<Source> inner = {};  // the default of if_not_exists; two of the operators
};

enum class ActionKind { set, remove, add, erase };

struct Action {
  ActionKind kind = ActionKind::set;
  Path target = {};
  Source source = {};  // of SET; a literal for ADD and DELETE
};

using Update = std::vector<Action>;

// Thrown when DynamoDB refuses to run an update.
struct Refused {
  std::string message;
};

// The item after the update of one that is there.
//   errors  throws Refused
Item updated(const Item& before, const Update& update);

// Whether an update of a missing item makes one.
bool makes_an_item(const Update& update);

std::string text_of(const Update& update, Placeholders* placeholders);

}  // namespace stator::plain
