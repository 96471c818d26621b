// AWS's checks of the conditions in Expected, KeyConditions, QueryFilter and ScanFilter.
#pragma once

#include <vector>

#include "api/request/legacy_request.h"
#include "base/result.h"
#include "expression/comparison.h"

namespace stator {

// Number and types of the values that a comparison takes.
//   errors  validation
Result<void> check_test(const LegacyCondition& condition);

// Which members of an entry of Expected go together, then as check_test.
//   errors  validation
Result<void> check_expected(const LegacyCondition& condition);

//   errors  validation: too many or none, comparisons that no key condition takes
Result<void> check_key_conditions(const std::vector<LegacyCondition>& conditions);

// Whether an index can answer them, which AWS asks once it has found the table.
//   errors  validation
Result<void> check_indexable(const std::vector<LegacyCondition>& conditions);

// The test that a checked condition stands for; it refers to the condition.
AttributeTest test_of(const LegacyCondition& condition);

}  // namespace stator
