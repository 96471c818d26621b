// What a Query asks of the keys of a table or an index.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "placeholders.h"
#include "table.h"

namespace stator::plain {

// A value: attributes that equal values, and a test of the sort key attribute after them.
struct KeyCondition {
  std::vector<std::pair<std::string, Value>> equal = {};
  std::optional<std::pair<std::string, SortTest>> test = {};
};

// Of an item that has all the attributes.
bool matches(const KeyCondition& condition, const Item& item);

// In any order of the clauses and the operands.
std::string text_of(const KeyCondition& condition, Random* random, Placeholders* placeholders);

}  // namespace stator::plain
