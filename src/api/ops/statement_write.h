// PartiQL's INSERT, UPDATE, DELETE and EXISTS as plans of writes.
#pragma once

#include <optional>
#include <string>

#include "api/engine.h"
#include "api/table_access.h"
#include "api/write_plan.h"
#include "base/arena.h"
#include "base/result.h"
#include "expression/partiql/statement.h"

namespace stator {

// Whether a statement that writes is alone or in a transaction: the texts differ.
enum class StatementScope { single, transaction };

// The plan of a statement that writes, or of an EXISTS that checks one item; its bytes are in the
// arena.
//   errors  validation: not one whole key, an item that the table cannot hold
Result<WritePlan> plan_statement_write(const TableAccess& table,
                                       const partiql::Statement& statement, StatementScope scope,
                                       Arena* arena);

// Whether an EXISTS asks for one item by its whole key, and for something else of it.
bool checks_one_item(const TableDefinition& table, const partiql::Statement& statement,
                     Arena* arena);

// What a failed plan means for its statement: an INSERT of an item that is there is a duplicate.
Error statement_error(const partiql::Statement& statement, Error error);

// What RETURNING asks for, if there is any of it; in the item or in what is scratched.
std::optional<ItemView> returned_item(const partiql::Statement& statement,
                                      const WriteEffect& effect, Scratch* scratch);

}  // namespace stator
