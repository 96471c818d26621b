// An UpdateTable on its way through the rules.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "api/engine.h"
#include "api/request/table_request.h"
#include "model/table.h"

namespace stator {

// A request, the table as it is, and the table that comes out. Refers to what outlives it.
struct TableChange {
  const TableRequest& request;
  const Context& context;
  const TableDefinition& before;
  TableDefinition after = before;
  // The global indexes that the request puts into a status.
  std::set<std::string, std::less<>> entered = {};
};

// The moment at which what is UPDATING or DELETING from now on no longer is.
inline TimePoint updated_at(const TableChange& change) {
  return change.context.now + change.context.engine.transitions.updating;
}

}  // namespace stator
