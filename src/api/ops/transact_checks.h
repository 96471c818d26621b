// What TransactWriteItems and TransactGetItems have in common before they run: AWS's stages of
// checking.
//
// Source: semantics.md 10.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/engine.h"
#include "api/request/transact_request.h"
#include "api/table_access.h"
#include "base/result.h"

namespace stator {

// The item that an action is about, as far as it could be found out.
struct TransactTarget {
  TableAccess table;                 // good where there is no table_error
  std::optional<Error> table_error;  // resource_not_found, validation
  std::optional<Error> key_error;    // what is wrong with the key, or the item, for its table
  std::string row_key;               // empty where one of the two is there
};

// Finds the table and the row of an action whose values are right.
TransactTarget find_target(const Context& context, const TransactAction& action);

// Key attributes with an empty value: of a Key also where there is no such table.
//   errors  validation
Result<void> check_no_empty_key(const TransactAction& action, const TransactTarget& target);

// The second and third stage, once the request itself is right.
//   errors  transaction_canceled: the first key that its table cannot have, where all tables are
//           there; validation: one item twice, too many bytes; those of the tables
Result<void> check_targets(std::vector<TransactTarget>* targets, std::size_t payload_bytes);

}  // namespace stator
