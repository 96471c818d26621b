#include "api/ops/item_operation.h"

#include "api/constraint_errors.h"
#include "api/key_paths.h"
#include "api/legacy_parameters.h"
#include "api/request/constraint_check.h"

namespace stator {

Result<ItemRequest*> read_item_operation(const Context& context, const ItemRules& rules,
                                         ValueTexts texts) {
  ItemRequest* const request = &context.scratch.request;
  TRY(read_item_request(context.json, rules, texts, &context.scratch.reader, request));
  if (request->is_in_doubt) TRY(check_constraints(rules.request, context));
  return request;
}

Error enveloped_value_error(const Error& error) {
  const bool plain = error.message().starts_with("Supplied AttributeValue") ||
                     error.message().starts_with("Nesting Levels");
  Error copy = validation_error(error.message());
  return plain ? std::move(copy) : enveloped(std::move(copy));
}

Result<void> check_values(const AttributeMap& map) {
  if (map.error) return validation_error(map.error->message());
  return {};
}

Result<void> check_values_enveloped(const AttributeMap& map) {
  if (map.error) return enveloped_value_error(*map.error);
  return {};
}

Result<void> check_legacy_enveloped(const ItemRequest& request) {
  if (const Result<void> checked = check_legacy_parameters(request); !checked) {
    return enveloped_value_error(checked.error());
  }
  return {};
}

Result<Expressions> parse_expressions_enveloped(const ExpressionMembers& rules,
                                                ItemRequest* request, Arena* arena) {
  Result<Expressions> expressions = parse_expressions(rules, request, arena);
  if (!expressions) return enveloped_value_error(expressions.error());
  return expressions;
}

Result<void> check_update_paths(const TableDefinition& table, const Update& update) {
  TRY(check_key_paths(table, update));
  for (const DocumentPath& path : update.paths) {
    if (!table.key.is_key(path.attribute())) continue;
    return validation_error("One or more parameter values were invalid: Cannot update attribute " +
                            std::string(path.attribute()) + ". This attribute is part of the key");
  }
  return {};
}

void write_attributes_member(const MapView& attributes, JsonWriter* json) {
  if (attributes.count() == 0) return;
  json->member("Attributes");
  json->attributes(attributes);
}

}  // namespace stator
