// What the operations on whole tables share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/request/table_request.h"
#include "api/table_description.h"
#include "base/result.h"

namespace stator {

// The name of the table that a request means, from its name or ARN; checked before all else.
//   errors  validation, resource_not_found
Result<std::string_view> table_name_of(const std::optional<std::string_view>& name_or_arn,
                                       const Context& context);
inline Result<std::string_view> table_name_of(const TableRequest& request, const Context& context) {
  return table_name_of(request.table_name, context);
}

// The table, in whatever status.
//   errors  resource_not_found: "Requested resource not found: Table: t not found"
Result<const Table*> find_any_table(const Catalog& catalog, std::string_view name,
                                    const Context& context);

// resource_in_use: "Attempt to change a resource which is still in use: " and the text.
Error in_use(const std::string& text);

// {"TableDescription": {..}}
void write_table_reply(const TableDescriptionView& table, JsonWriter* json);

}  // namespace stator
