// What an operation consumed: units of the table and of each index that it touched.
#pragma once

#include <algorithm>
#include <vector>

#include "model/table.h"

namespace stator {

struct IndexUnits {
  const IndexDefinition* index = nullptr;
  double units = 0;
};

// A value; refers to the index definitions of a table that outlives it.
struct Consumption {
  double table = 0;
  std::vector<IndexUnits> indexes = {};  // each once, in the order in which they were touched

  void add_index(const IndexDefinition* index, double units) {
    const auto found = std::find_if(indexes.begin(), indexes.end(),
                                    [&](const IndexUnits& each) { return each.index == index; });
    if (found != indexes.end()) {
      found->units += units;
    } else {
      indexes.push_back({index, units});
    }
  }

  void add(const Consumption& other) {
    table += other.table;
    for (const IndexUnits& each : other.indexes) add_index(each.index, each.units);
  }

  double total() const {
    double sum = table;
    for (const IndexUnits& each : indexes) sum += each.units;
    return sum;
  }
};

}  // namespace stator
