// Finds the constraints of AWS's service model that a request breaks, in AWS's order.
//
// A request is read once, by its reader. What comes seldom is then gone through again here;
// requests on items and PartiQL only when their reader met a value that a rule does not admit, so
// that the words of an error cost nothing to a request that has none.
#pragma once

#include <string_view>

#include "api/json_reader.h"
#include "api/request/request_rules.h"
#include "base/result.h"

namespace stator {

struct Context;

// Checks a request that was read without an error.
//   json    its bytes, padded as JsonReader::open wants it
//   reader  not the one that holds what was read
//   errors  validation, in the form that AWS has for the operation
Result<void> check_constraints(const RequestRules& rules, std::string_view json,
                               JsonReader* reader);
Result<void> check_constraints(const RequestRules& rules, const Context& context);

// A table's name by itself.
//   errors  validation
Result<void> check_table_name(std::string_view name, const ValueRule& rule);

}  // namespace stator
