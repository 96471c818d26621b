// What a client is told that was throttled: which exception, which text, which reasons.
//
// Source: AWS developer guide, "Diagnosing throttling" and "Error handling with DynamoDB"; AWS's
// answers for texts and namespaces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "capacity/throttle_reason.h"
#include "model/table.h"

namespace stator {

// A table or index that did not take its share of a request. A value; refers to a definition that
// outlives it.
struct ThrottledArm {
  const TableDefinition* table = nullptr;
  std::string index;  // empty: the table itself
  ThrottleReason reason;
  std::size_t use = 0;  // the place of what did not pass among the uses that were asked for
};

// Those of one request, the table's before its indexes'; empty: it may run.
using ThrottledArms = std::vector<ThrottledArm>;

// The exception that the first arm asks for, with the reasons of all, each once.
//   arms  not empty
Error throttle_error(const ThrottledArms& arms);

// What an exception that says so much tells of a reason.
std::string_view throttle_text(ErrorCode code, const ThrottleReason& reason);

// Adds a reason unless it is there already.
void add_reason(ThrottlingReason reason, std::vector<ThrottlingReason>* reasons);

// Whether an error says that a request was throttled.
bool is_throttle(ErrorCode code);

}  // namespace stator
