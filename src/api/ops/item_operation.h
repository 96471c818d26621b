// What the operations on one item share: reading a request, its expressions and its table.
#pragma once

#include "api/engine.h"
#include "api/expressions.h"
#include "api/json_writer.h"
#include "api/table_access.h"
#include "base/result.h"

namespace stator {

inline constexpr MemberSet kLegacyConditions = {Member::expected, Member::conditional_operator};

// Reads the request's members into the scratch memory and checks their constraints.
//   errors  serialization, validation
Result<ItemRequest*> read_item_operation(const Context& context, const ItemRules& rules,
                                         ValueTexts texts);

// What is wrong with a value in Item or Key, in the envelope of the newer layer where AWS uses it.
Result<void> check_values(const AttributeMap& map);
Result<void> check_values_enveloped(const AttributeMap& map);

// What is wrong with older parameters, likewise.
Result<void> check_legacy_enveloped(const ItemRequest& request);

// What is wrong with expressions, their names and their values, likewise.
Result<Expressions> parse_expressions_enveloped(const ExpressionMembers& rules,
                                                ItemRequest* request, Arena* arena);

// Whether AWS puts an attribute value's error into the envelope: all but the ones about types.
Error enveloped_value_error(const Error& error);

// A key attribute can be no target of an update, and no path leads through one.
Result<void> check_update_paths(const TableDefinition& table, const Update& update);

// The member "Attributes" with an item or a part of one, or nothing when it is empty.
void write_attributes_member(const MapView& attributes, JsonWriter* json);

}  // namespace stator
