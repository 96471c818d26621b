// Indexes that come and go.
#pragma once

#include "world.h"

namespace stator::plain {

// Returns when the index that was added last is active.
//   errors  throws Mismatch after half a minute
void wait_for_indexes(World* world, NamedTable* table);

// An index of one of the tables, active.
struct AnyIndex {
  NamedTable& table;
  const Index* index = nullptr;  // null: the table has none
};

AnyIndex any_index(World* world);

// Every index has exactly the entries that the model says.
void expect_index_entries(World* world, NamedTable* table);

// What DescribeTable says of the indexes of a table.
void expect_indexes(const Table& table, const Json& description);

}  // namespace stator::plain
