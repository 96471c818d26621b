// How the WHERE of a PartiQL SELECT finds its items: by keys, or by a scan.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/result.h"
#include "expression/condition.h"
#include "expression/key_condition.h"
#include "model/table.h"

namespace stator {

// What one alternative of a condition says of the key.
struct KeyBranch {
  std::array<std::optional<ValueView>, kKeyAttributesMax> partition;
  std::vector<SortCondition> sort;  // all on the first sort key attribute
};

// A value; refers to the condition's values.
struct SelectAccess {
  bool is_keyed = false;            // else every row is looked at
  bool is_exact = false;            // the branches say all that the condition says
  std::vector<KeyBranch> branches;  // of what is keyed, each with the whole partition key
};

// Pure. Alternatives are in the order of the text.
//   errors  validation: a key attribute against a value of another type, empty or too long; more
//           alternatives than kStatementReadsMax
Result<SelectAccess> decide_select_access(const std::optional<Condition>& where,
                                          const KeySchema& key);

}  // namespace stator
