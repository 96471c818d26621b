// What the operations share that read a table as it was at a moment.
#pragma once

#include <string_view>

#include "api/engine.h"
#include "base/result.h"
#include "model/table.h"
#include "storage/catalog.h"

namespace stator {

// Whether a member of a request is an ARN at all.
//   member  as AWS calls it: "tableArn"
//   errors  validation: ".. is not a valid ARN"
Result<void> check_arn(std::string_view text, std::string_view member);

// The table with point-in-time recovery that a name or ARN names.
//   errors  validation: an ARN of something else; table_not_found;
//           point_in_time_recovery_unavailable
Result<const TableDefinition*> find_recoverable_table(const Catalog& catalog,
                                                      std::string_view name_or_arn,
                                                      const Context& context);

}  // namespace stator
