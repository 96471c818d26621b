// Random secondary indexes over attributes that items often have.
#pragma once

#include "world.h"

namespace stator::plain {

// An index under a name that the table does not use yet.
//   kind  local only of a table with a sort key
Index draw_index(World* world, const Table& table, IndexKind kind);

// One of the names that indexes have.
std::string any_index_name(World* world);

}  // namespace stator::plain
