// From a checked request to the parts of a table's definition: billing, class, tags.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/request/table_request.h"
#include "base/result.h"
#include "model/table.h"

namespace stator {

// "One or more parameter values were invalid: " and the text.
Error invalid_parameter(std::string_view text);

// The mode that the request names; nullopt where it names none.
std::optional<BillingMode> requested_billing(const TableRequest& request);

//   errors  validation: no such class
Result<void> check_table_class(const TableRequest& request);

// The class that a checked request names; nullopt where it names none.
std::optional<TableClass> requested_class(const TableRequest& request);

//   errors  validation: absent, too long or reserved keys, duplicates, too many
Result<std::vector<Tag>> plan_tags(const std::optional<std::vector<TextPair>>& requested);

//   errors  validation: more tags than one table may have
Result<void> check_tag_count(const std::vector<Tag>& tags);

}  // namespace stator
