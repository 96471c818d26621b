#include "api/expressions.h"

#include <array>
#include <string>

#include "api/legacy_parameters.h"

namespace stator {
namespace {

// The orders in which AWS lists parameters in its error.
constexpr std::array kLegacyOrder = {Member::attributes_to_get, Member::attribute_updates,
                                     Member::query_filter,      Member::scan_filter,
                                     Member::expected,          Member::conditional_operator,
                                     Member::key_conditions};
constexpr std::array kExpressionOrder = {Member::projection_expression, Member::update_expression,
                                         Member::filter_expression, Member::condition_expression,
                                         Member::key_condition_expression};

template <std::size_t Count>
std::string listed(const std::array<Member, Count>& order, MemberSet members) {
  std::string text = "{";
  for (const Member member : order) {
    if (!members.has(member)) continue;
    if (text.size() > 1) text += ", ";
    text += member_name(member);
  }
  return text + "}";
}

Result<void> check_placeholders(const ItemRequest& request, ValueTexts texts) {
  const bool names = request.present.has(Member::expression_attribute_names);
  const bool values = request.present.has(Member::expression_attribute_values);
  if (names && request.placeholders.names.empty()) {
    return validation_error("ExpressionAttributeNames must not be empty");
  }
  TRY(check_name_placeholders(request.placeholders));
  if (values && request.placeholders.values.empty()) {
    return validation_error("ExpressionAttributeValues must not be empty");
  }
  TRY(check_value_placeholders(request.placeholders));
  if (!request.value_error) return check_substituted_bytes(request.placeholders);
  const PlaceholderError& error = *request.value_error;
  if (texts == ValueTexts::current) return validation_error(error.error.message());
  return validation_error("ExpressionAttributeValues contains invalid value: " +
                          error.error.message() + " for key " + std::string(error.key));
}

}  // namespace

Result<void> check_parameters_not_mixed(MemberSet present, const ExpressionMembers& rules) {
  MemberSet legacy = present & rules.legacy;
  const MemberSet expressions = present & rules.expressions;
  // KeyConditions may stand beside expressions of another purpose.
  if (!expressions.has(Member::key_condition_expression)) legacy.remove(Member::key_conditions);
  if (legacy.empty() || expressions.empty()) return {};
  return validation_error(
      "Can not use both expression and non-expression parameters in the same request: "
      "Non-expression parameters: " +
      listed(kLegacyOrder, legacy) +
      " Expression parameters: " + listed(kExpressionOrder, expressions));
}

Result<void> check_expression_parameters(const ItemRequest& request,
                                         const ExpressionMembers& rules) {
  TRY(check_parameters_not_mixed(request.present, rules));
  MemberSet expressions = request.present & rules.expressions;
  if (rules.names_stand_alone && expressions.empty()) return {};
  if (expressions.empty() && request.present.has(Member::expression_attribute_names)) {
    return validation_error(
        "ExpressionAttributeNames can only be specified when using expressions");
  }
  expressions.remove(Member::projection_expression);  // which has no use for values
  if (expressions.empty() && request.present.has(Member::expression_attribute_values)) {
    return validation_error(
        "ExpressionAttributeValues can only be specified when using expressions" +
        std::string(rules.no_values_suffix));
  }
  return {};
}

Result<Expressions> parse_expressions(const ExpressionMembers& rules, ItemRequest* request,
                                      Arena* arena) {
  TRY(check_placeholders(*request, rules.texts));
  Expressions parsed{.condition = legacy_condition(*request, arena),
                     .filter = legacy_filter(*request, arena),
                     .key_condition = std::nullopt,
                     .projection = legacy_projection(*request, arena),
                     .update = legacy_update(*request, arena)};
  Placeholders* const placeholders = &request->placeholders;
  if (request->update) {
    parsed.update = TRY(parse_update(*request->update, placeholders, arena));
  }
  if (request->condition) {
    parsed.condition =
        TRY(parse_condition(ConditionKind::condition, *request->condition, placeholders, arena));
  }
  if (request->key_condition) {
    parsed.key_condition = TRY(parse_key_condition(*request->key_condition, placeholders, arena));
  }
  if (request->filter) {
    parsed.filter =
        TRY(parse_condition(ConditionKind::filter, *request->filter, placeholders, arena));
  }
  if (request->projection) {
    parsed.projection = TRY(parse_projection(*request->projection, placeholders, arena));
  }
  const bool has_expressions = !(request->present & rules.expressions).empty();
  if (has_expressions || !rules.names_stand_alone) TRY(check_all_used(*placeholders));
  return parsed;
}

}  // namespace stator
