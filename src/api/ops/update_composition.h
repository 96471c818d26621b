// Which changes one UpdateTable may ask for together.
#pragma once

#include "api/request/table_request.h"
#include "base/result.h"

namespace stator {

// Looks at the request alone.
//   errors  validation: it asks for nothing, or for what does not go together; limit_exceeded: two
//           indexes that come or go
Result<void> check_composition(const TableRequest& request);

}  // namespace stator
