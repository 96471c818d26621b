// From SSESpecification to the key that a table is encrypted with. Nothing is: it is described.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/ops/table_change.h"
#include "api/request/table_request.h"
#include "base/result.h"

namespace stator {

//   errors  validation: members that do not go together
Result<void> check_encryption(const TableRequest& request);

// Of a checked request: the ARN of the key of KMS's; nothing where the table is encrypted by
// default.
std::optional<std::string> requested_key(const TableRequest& request, std::string_view region);

// The same in an UpdateTable.
//   errors  validation: what is asked for is so already
Result<void> apply_encryption(TableChange* change);

}  // namespace stator
