// Key attributes are scalars: no document path leads through one, of the table or of an index.
//
// Source: semantics.md 9.5; dynalite, whose checks were taken from AWS, for which expressions and
// for the text of indexes. Condition expressions are not among them.
#pragma once

#include "base/result.h"
#include "expression/condition.h"
#include "expression/projection.h"
#include "expression/update.h"
#include "model/table.h"

namespace stator {

// Each
//   errors  validation
Result<void> check_key_paths(const TableDefinition& table, const Projection& projection);
Result<void> check_key_paths(const TableDefinition& table, const Condition& filter);
Result<void> check_key_paths(const TableDefinition& table, const Update& update);

}  // namespace stator
