// From SSESpecification to the key that a table is encrypted with. Nothing is: it is described.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/ops/table_change.h"
#include "api/request/table_request.h"
#include "base/result.h"

namespace stator {

// The ARN of the key of KMS's; nothing where the table is encrypted by default.
//   errors  validation
Result<std::optional<std::string>> plan_encryption(const TableRequest& request,
                                                   std::string_view region);

// The same in an UpdateTable.
//   errors  validation: what is asked for is so already
Result<void> apply_encryption(TableChange* change);

}  // namespace stator
