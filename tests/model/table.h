// A table of the model: items in a std::map, in the order in which a Query returns them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "condition.h"
#include "value.h"

namespace stator::plain {

struct KeyAttribute {
  std::string name;
  Type type = Type::S;
};

struct KeyValues {
  Value partition;
  std::optional<Value> sort;
};

struct KeyOrder {
  bool operator()(const KeyValues& a, const KeyValues& b) const;
};

using Items = std::map<KeyValues, Item, KeyOrder>;

// A test of the sort key; `second` is the upper bound of BETWEEN.
struct SortTest {
  Test test = Test::equal;
  Value first;
  Value second = {};
};

bool matches(const SortTest& test, const Value& sort);

// A value.
struct Table {
  KeyAttribute partition;
  std::optional<KeyAttribute> sort;
  unsigned partitions = 1;  // that AWS would cut a new table of this billing mode into
  Items items = {};

  Item key_of(const KeyValues& key) const;
  KeyValues key_of(const Item& item) const;
  bool is_key(const std::string& name) const;

  // The items of a collection that the test covers, in the order of the sort key.
  std::vector<Items::const_iterator> collection(const Value& partition_key,
                                                const std::optional<SortTest>& test) const;
};

}  // namespace stator::plain
