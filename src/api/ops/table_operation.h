// What the operations on whole tables share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/request/table_request.h"
#include "api/table_access.h"
#include "api/table_description.h"
#include "base/result.h"

namespace stator {

// The table that a request names, by its name or ARN; checked before all else.
//   errors  validation
Result<NamedTable> named_table(const std::optional<std::string_view>& name_or_arn,
                               const Context& context);
inline Result<NamedTable> named_table(const TableRequest& request, const Context& context) {
  return named_table(request.table_name, context);
}

// "Requested resource not found: Table: t not found"
Error table_not_found(std::string_view name);

// The table, in whatever status.
//   errors  resource_not_found: see table_not_found
Result<const Table*> find_any_table(const Catalog& catalog, const NamedTable& named,
                                    const Context& context);

// Of a setting for which AWS knows no table before it is ACTIVE, or once it is deleted.
Result<const Table*> find_ready_table(const Catalog& catalog, const NamedTable& named,
                                      const Context& context);

// resource_in_use: "Attempt to change a resource which is still in use: " and the text.
Error in_use(const std::string& text);

// {"TableDescription": {..}}
void write_table_reply(const TableDescriptionView& table, JsonWriter* json);

}  // namespace stator
