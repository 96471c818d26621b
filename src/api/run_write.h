// The one place where single items and batches of them are written: latch, read, decide, commit.
// Transactions: api/run_transaction.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/engine.h"
#include "api/hold.h"
#include "api/write_plan.h"
#include "base/result.h"

namespace stator {

// What becomes of a write that its table or an index has no capacity for, or whose item a
// transaction is just writing.
enum class OnThrottle : std::uint8_t {
  fail,       // all fail with it
  leave_out,  // the others run; its outcome says why it did not
};

// Runs all plans as one: every row is latched, read once and decided, the capacity of tables and
// indexes is charged, and one batch commits what was decided, with the change records of tables
// that have a stream; if one of them fails nothing is written. No two plans name one row.
//   outcomes  one for each plan, in order; overwritten, but for is_refused: what has it is left out
//   arena     takes the bytes of index rows, which the outcomes refer to
//   hold      waited for while the rows are latched; may be null
//   errors    those of decide_write; throttles; transaction_conflict;
//             item_collection_size_limit_exceeded; internal
Result<void> run_write(Engine* engine, std::span<const WritePlan> plans,
                       std::span<WriteOutcome> outcomes, Arena* arena, TimePoint now,
                       OnThrottle on_throttle = OnThrottle::fail, const Hold* hold = nullptr);

}  // namespace stator
