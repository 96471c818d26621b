// The condition behind WHERE.
#pragma once

#include "base/result.h"
#include "expression/condition.h"
#include "expression/partiql/reader.h"

namespace stator::partiql {

// Reads a condition into the tree that condition and filter expressions have. Where PartiQL means
// something else by an operator the tree says so: "a <> 'x'" asks that a is there.
//   errors  validation; what is wrong with an operand becomes a fault of the reader
Result<Condition> parse_where(Reader* reader);

}  // namespace stator::partiql
