// A table of the model: items in a std::map, in the order in which a Query returns them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "condition.h"
#include "expiry.h"
#include "index.h"
#include "value.h"

namespace stator::plain {

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
  std::vector<Index> indexes = {};
  std::optional<Expiry> expiry = {};  // nothing: it never had a time to live
  std::string building = {};  // the index that was added last, until it was seen to be active

  Item key_of(const KeyValues& key) const;
  KeyValues key_of(const Item& item) const;
  bool is_key(const std::string& name) const;

  // The keys of the table and its indexes.
  std::map<std::string, Type> all_keys() const;
  // Those among them that a write can change.
  std::map<std::string, Type> index_keys() const;
  bool has_index(const std::string& name) const;

  // The items of a collection that the test covers, in the order of the sort key.
  std::vector<Items::const_iterator> collection(const Value& partition_key,
                                                const std::optional<SortTest>& test) const;
};

}  // namespace stator::plain
