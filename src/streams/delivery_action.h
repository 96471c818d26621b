// What a delivery asks its owner to do next, and what the owner says became of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "streams/delivery_record.h"

namespace stator {

// What the event of a tumbling window says beside its records.
struct WindowEvent {
  TimePoint start{};
  TimePoint end{};
  std::string state;  // JSON
  bool is_final = false;
  bool is_terminated_early = false;
};

// Why a batch is given up.
enum class DiscardCondition { retry_attempts_exhausted, record_age_exceeded };

// "RetryAttemptsExhausted", "RecordAgeExceeded"
constexpr std::string_view name_of(DiscardCondition condition) {
  return condition == DiscardCondition::retry_attempts_exhausted ? "RetryAttemptsExhausted"
                                                                 : "RecordAgeExceeded";
}

// How an invocation ended.
enum class InvocationOutcome {
  succeeded,
  function_error,  // it raised an error, ran out of time or gave no answer
  not_invoked,     // it was throttled or could not be reached; costs no retry
};

struct InvocationResult {
  InvocationOutcome outcome = InvocationOutcome::succeeded;
  std::string answer;  // what the function returned
  std::string request_id;
  int status_code = 200;       // of the invocation
  std::string function_error;  // "Unhandled", or "Handled"
};

// A batch that is given up, for the destination of failures.
struct Discard {
  DiscardCondition condition = DiscardCondition::retry_attempts_exhausted;
  int invocations = 0;                     // of these records
  std::optional<InvocationResult> last{};  // the last that took place, without its answer
};

// One thing to do. The records are the delivery's: good until the action is reported done.
struct DeliveryAction {
  std::size_t lane = 0;                        // by which its end is reported
  std::vector<const DeliveryRecord*> records;  // in order; none in the final event of a window
  std::optional<WindowEvent> window;
  std::optional<Discard> discard;  // nullopt: invoke the handler
};

}  // namespace stator
