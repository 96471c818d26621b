// From a checked request to the definition of a new table.
#pragma once

#include <string_view>

#include "api/engine.h"
#include "api/request/table_request.h"
#include "base/result.h"
#include "storage/catalog.h"

namespace stator {

// The table that a request asks for, in AWS's order of checks.
//   errors  validation, limit_exceeded
Result<TableDefinition> plan_table(const TableRequest& request, std::string_view name,
                                   const Context& context);

// Whether a new table has its name for itself, and the caller room for one more.
//   errors  resource_in_use: "Table already exists: t"; limit_exceeded
Result<void> check_room(const Catalog& catalog, const TableDefinition& table, TimePoint now);

}  // namespace stator
