// Transactions: all of their writes are committed in one batch, or none.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "api/engine.h"
#include "api/hold.h"
#include "api/write_plan.h"
#include "base/result.h"
#include "model/request_counters.h"
#include "storage/transaction_tokens.h"

namespace stator {

// A transaction that writes, ready to run. A value of views of the caller's.
struct WriteTransaction {
  DataOperation operation = DataOperation::transact_write_items;  // counted where it is cancelled
  std::span<const WritePlan> writes;                              // no two of one row
  // Of each action: why it fails in any case; may be empty. The others are tried nevertheless.
  std::span<std::optional<Error>> failures = {};
  const TokenView* token = nullptr;     // null: none
  RequestFingerprint fingerprint = {};  // with a token
  const Hold* hold = nullptr;           // waited for once all is prepared; may be null
};

// What came of it.
struct TransactionOutcome {
  // Whether the token's transaction has run before, and nothing was done now.
  bool is_replay = false;
  // Of a replay: read units of each action.
  std::vector<double> replay_units;
};

// Latches the items, which are refused to others meanwhile; decides all writes; asks for the
// capacity that they take; commits. Table units are twice those of single writes.
//   outcomes  one for each write, in order; of a replay they are empty
//   arena     takes the bytes of index rows, which the outcomes refer to
//   errors    transaction_canceled, with a reason for each action; transaction_in_progress,
//             idempotent_parameter_mismatch; internal
Result<TransactionOutcome> run_transaction(Engine* engine, const WriteTransaction& transaction,
                                           std::span<WriteOutcome> outcomes, Arena* arena,
                                           TimePoint now);

// An item that a transaction reads.
struct TransactionRead {
  const Table* table = nullptr;
  std::string_view row_key;
  double units = 0;  // what it costs
};

// Charges the reads; notes in *failures which had no capacity. An action that has failed is charged
// as the others are: AWS takes what was attempted.
void admit_transaction_reads(Engine* engine, std::span<const TransactionRead> reads, TimePoint now,
                             std::vector<std::optional<Error>>* failures);

// Read units of an item of a transaction.
double transaction_read_units(std::size_t item_bytes);

}  // namespace stator
