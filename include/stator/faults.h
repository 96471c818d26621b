// Failures on purpose: rules that make requests fail, wait or lose their answer.
//
//   stator::FaultRule rule;
//   rule.operation = "TransactWriteItems";
//   rule.hold = std::chrono::seconds(5);
//   database.add_fault(rule);  // a second client meets the transaction for five seconds
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace stator {

// When a connection ends without an answer.
enum class FaultClose : std::uint8_t {
  never,
  before,  // nothing was run
  after,   // what was written is committed
};

// A value. What is empty or 0 is not asked for, or does not happen.
struct FaultRule {
  // Which requests it meets.
  std::string operation;  // "PutItem"; empty: any that all of this can happen to
  std::string table;      // its name; empty: any
  std::string key;        // {"pk": {"S": "a"}}: items that have all of these; empty: any

  // Which of those it fires at: from the nth on, at most so many, each with the probability, drawn
  // from the seed. By the database's clock: not before `after`, and for `duration`.
  std::uint64_t nth = 1;
  std::uint64_t times = 0;
  double probability = 1;
  std::uint64_t seed = 1;
  std::chrono::milliseconds after{0};
  std::chrono::milliseconds duration{0};

  // What happens then; several may go together.
  std::string error;                   // the exception's name: "InternalServerError"
  std::string message;                 // its text; empty: AWS's
  std::string reason;                  // of a throttle: "TableWriteKeyRangeThroughputExceeded"
  std::string index;                   // of a reason of an index, which it names
  std::chrono::milliseconds delay{0};  // before anything else
  // Writes and transactions wait while they hold their items, before they commit.
  std::chrono::milliseconds hold{0};
  FaultClose close = FaultClose::never;
  std::size_t unprocessed = 0;  // elements of a BatchGetItem or BatchWriteItem
};

// A rule and what it has done. A value.
struct FaultState {
  std::uint64_t id = 0;
  FaultRule rule;
  std::uint64_t met = 0;      // requests that it is about
  std::uint64_t fired = 0;    // those that it did something to
  std::uint64_t waiting = 0;  // those that wait because of it now
};

struct AddedFault {
  std::uint64_t id = 0;  // 0 on failure
  std::string error;     // one line that says what is wrong with the rule
};

}  // namespace stator
