// What clients saw: operations on items, each of which is a list that grows at its end.
//
// A write appends an element that nobody else appends, so the list that an item ends with is the
// order of its writes, and every list that was read says which of them it saw.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace stator::serializability {

using Element = std::uint64_t;
using List = std::vector<Element>;

// One operation that succeeded, on any number of items, and what it saw and did as one. A value.
struct Operation {
  std::string name;                // for people
  std::uint64_t begin = 0;         // when it was sent and when its answer was there, in the order
  std::uint64_t end = 0;           // of one counter
  std::map<int, List> reads = {};  // by item: the whole list
  // By item: how many elements a condition found there.
  std::map<int, std::size_t> lengths = {};
  std::map<int, Element> appends = {};
};

struct History {
  std::vector<Operation> operations;
  std::vector<Element> failed;  // elements of writes that were refused: nobody may see them
  std::map<int, List> final;    // what each item holds in the end
};

}  // namespace stator::serializability
