// The tables and items that PartiQL's statements name: what faults look at.
#pragma once

#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "api/request/fault_targets.h"
#include "base/arena.h"

namespace stator {

bool has_statements(std::string_view operation);

// One for each statement, in order: of an INSERT its item, of others the attributes that WHERE
// wants equal to a value. Nothing of what cannot be read: its operation will say so.
//   arena  the request's
std::vector<FaultTarget> read_statement_targets(std::string_view operation, std::string_view json,
                                                JsonReader* reader, Arena* arena);

}  // namespace stator
