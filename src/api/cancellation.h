// Why transactions are cancelled, and what conflicts with them is told.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "storage/catalog.h"

namespace stator {

// Of a request for an item that a transaction is writing, or of a transaction whose item somebody
// is writing: "Transaction is ongoing for the item".
Error conflict_error();

// Counts one for the metric TransactionConflict of the table.
void count_conflict(const Table& table);

// Whether an error of one action makes a reason among the others; if not, it is the request's.
bool is_cancellation(ErrorCode code);

// The exception of a transaction of which some actions failed, with a reason for each.
//   failures  of each action, in order; at least one is not null, and is_cancellation
Error cancelled(std::span<std::optional<Error>> failures);

}  // namespace stator
