// What the operations share that name their table by a ResourceArn.
#pragma once

#include <string_view>

#include "api/engine.h"
#include "api/table_access.h"
#include "base/result.h"

namespace stator {

// The table that an ARN means.
//   errors  validation: no ARN, or one of something else
Result<NamedTable> table_of_arn(std::string_view arn, const Context& context);

// "Requested resource not found: ResourceArn: .. not found"
Error resource_not_found(std::string_view arn);

// The table of that name, in whatever status.
//   errors  validation; resource_not_found
Result<const Table*> find_resource(const Catalog& catalog, std::string_view arn,
                                   const Context& context);

// The same, unless it is still being created or already being deleted.
Result<const Table*> find_changeable_resource(const Catalog& catalog, std::string_view arn,
                                              const Context& context);

}  // namespace stator
