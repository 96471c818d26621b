// What the members of an UpdateTable may say, whatever table it means.
#pragma once

#include "api/request/table_request.h"
#include "base/result.h"

namespace stator {

// Looks at the request alone, whose composition was checked.
//   errors  validation
Result<void> check_members(const TableRequest& request);

// "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when .."
Error table_units_on_demand();

}  // namespace stator
