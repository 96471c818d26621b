// Why transactions are cancelled, and what conflicts with them is told.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "model/request_counters.h"
#include "storage/catalog.h"

namespace stator {

// Of a request for an item that a transaction is writing, or of a transaction whose item somebody
// is writing: "Transaction is ongoing for the item".
Error conflict_error();

// Of a transaction of more than 4 MB: validation.
Error transaction_too_large();

// Of a transaction with two actions for one item: validation.
Error transaction_repeats_item();

// Counts one for the metric TransactionConflict of the table.
void count_conflict(const Table& table);

// Counts what the metrics of the tables have of a transaction that is cancelled: each condition
// that failed, and one throttled request for each table that throttled an action.
//   tables    of each action
//   failures  likewise; null: it did not fail
void count_cancellation(DataOperation operation, std::span<const Table* const> tables,
                        std::span<const std::optional<Error>> failures);

// Whether an error of one action makes a reason among the others; if not, it is the request's.
bool is_cancellation(ErrorCode code);

// The exception of a transaction of which some actions failed, with a reason for each.
//   failures  of each action, in order; at least one is not null, and is_cancellation
Error cancelled(std::span<std::optional<Error>> failures);

}  // namespace stator
