// What the requests of a run are made of: small pools, so that keys meet, of values that are easy
// to order or to compare wrongly.
#pragma once

#include <string>

#include "random.h"
#include "table.h"
#include "value.h"

namespace stator::plain {

// Draws from pools. A value; borrows the generator.
class ValueDraw {
 public:
  explicit ValueDraw(Random* random) : random_(*random) {}

  std::string attribute_name();
  std::string member_name();

  Value partition_key(Type type);
  Value sort_key(Type type);
  // The beginning of a sort key, for begins_with.
  Value sort_key_prefix(Type type);
  KeyValues key(const Table& table);
  // One of few, so that many items share it; rarely one that no key can have, or not every one.
  Value index_key(Type type);

  Value scalar(Type type);
  // S, N or B.
  Type scalar_type();
  Value set();
  // Of any type.
  Value value() { return value_at(0); }
  Value list() { return list_at(0); }
  // A string of some tens of kilobytes, for pages that end by size.
  Value bulk();

 private:
  Value value_at(int depth);
  Value list_at(int depth);
  Value map_at(int depth);
  std::string text(Type type, std::size_t atoms);

  Random& random_;
};

}  // namespace stator::plain
