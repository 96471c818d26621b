// What an UPDATE does to its item: SET and REMOVE.
#pragma once

#include "base/result.h"
#include "expression/partiql/reader.h"
#include "expression/update.h"

namespace stator::partiql {

// Reads the clauses behind the table's name into the actions that update expressions have.
//   errors  validation; paths that overlap become a fault of the reader
Result<Update> parse_set_clauses(Reader* reader);

}  // namespace stator::partiql
