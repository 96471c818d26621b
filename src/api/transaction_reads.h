// The reads of a transaction: all items as they stand at one moment.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/engine.h"
#include "api/run_transaction.h"
#include "base/result.h"
#include "model/request_counters.h"

namespace stator {

// Reads the items, which must not be written meanwhile, and charges them.
//   operation  counted where it is cancelled
//   reads   their units are filled in
//   stored  the bytes of each item; empty: there is none
//   errors  transaction_canceled, with a reason for each read; validation: more than 4 MB; internal
Result<void> run_transaction_reads(const Context& context, DataOperation operation,
                                   std::span<TransactionRead> reads,
                                   std::vector<std::string>* stored);

}  // namespace stator
