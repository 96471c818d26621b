// The parameters that expressions have replaced: AWS's checks of them, and their translation into
// what expressions are parsed into.
#pragma once

#include <optional>
#include <string_view>

#include "api/request/item_request.h"
#include "base/arena.h"
#include "base/result.h"
#include "expression/comparison.h"
#include "expression/condition.h"
#include "expression/key_condition.h"
#include "expression/projection.h"
#include "expression/update.h"
#include "model/item.h"

namespace stator {

// All that AWS checks of them before it looks at the table, but for KeyConditions; once constraints
// are known to hold.
//   errors  validation
Result<void> check_legacy_parameters(const ItemRequest& request);

// AttributesToGet: a name that is there twice.
//   errors  validation
Result<void> check_attributes_to_get(const ItemRequest& request);

// Each is nothing where the request has no such parameter, or an empty one. Run after the checks;
// the results live in the arena and refer to the request.
std::optional<Condition> legacy_condition(const ItemRequest& request, Arena* arena);
std::optional<Condition> legacy_filter(const ItemRequest& request, Arena* arena);
std::optional<KeyClauses> legacy_key_condition(const ItemRequest& request, Arena* arena);
std::optional<Projection> legacy_projection(const ItemRequest& request, Arena* arena);
std::optional<Update> legacy_update(const ItemRequest& request, Arena* arena);

// The values of AttributeUpdates that are PUT or ADDed, as an item, for the checks of index keys.
//   out  the view is good until the buffer changes
ItemView append_put_attributes(const LegacyParameters& parameters, std::string* out);

}  // namespace stator
