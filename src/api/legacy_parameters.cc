#include "api/legacy_parameters.h"

#include <span>
#include <unordered_set>

#include "api/legacy_conditions.h"
#include "expression/attribute_change.h"
#include "model/attribute_name.h"

namespace stator {
namespace {

Error invalid(std::string text) {
  return validation_error("One or more parameter values were invalid: " + std::move(text));
}

ChangeAction action_of(const LegacyUpdate& update) {
  return change_action_of(update.action.value_or("PUT")).value_or(ChangeAction::put);
}

bool may_be_added(AttributeType type) {
  return type == AttributeType::N || type == AttributeType::L || is_set(type);
}

Result<void> check_update(const LegacyUpdate& update) {
  const ChangeAction action = action_of(update);
  if (update.value_error) return validation_error(update.value_error->message());
  if (!update.value) {
    if (action == ChangeAction::del) return {};
    return invalid("Only DELETE action is allowed when no attribute value is specified");
  }
  const AttributeType type = update.value->type();
  if (action == ChangeAction::del && !is_set(type)) {
    return invalid("DELETE action with value is not supported for the type " +
                   std::string(type_name(type)));
  }
  if (action == ChangeAction::add && !may_be_added(type)) {
    return invalid("ADD action is not supported for the type " + std::string(type_name(type)));
  }
  return {};
}

// What ConditionalOperator joins.
Result<void> check_conjunction(const ItemRequest& request) {
  if (!request.conditional_operator) return {};
  const std::size_t count =
      request.legacy ? request.legacy->expected.size() + request.legacy->filter.size() : 0;
  if (count > 1) return {};
  return validation_error(
      count == 0 ? "ConditionalOperator cannot be used without Filter or Expected"
                 : "ConditionalOperator can only be used when Filter or Expected has two or more "
                   "elements");
}

std::span<const AttributeTest> tests_of(const std::vector<LegacyCondition>& conditions,
                                        Arena* arena) {
  const std::span<AttributeTest> tests = arena->make_array<AttributeTest>(conditions.size());
  for (std::size_t i = 0; i < conditions.size(); ++i) tests[i] = test_of(conditions[i]);
  return tests;
}

std::optional<Condition> joined(const ItemRequest& request,
                                const std::vector<LegacyCondition>& conditions, Arena* arena) {
  if (conditions.empty()) return std::nullopt;
  const Conjunction conjunction =
      request.conditional_operator == "OR" ? Conjunction::any : Conjunction::all;
  return condition_of(tests_of(conditions, arena), conjunction, arena);
}

}  // namespace

Result<void> check_attributes_to_get(const ItemRequest& request) {
  if (!request.legacy) return {};
  std::unordered_set<std::string_view> seen;
  for (const std::string_view name : request.legacy->attributes_to_get) {
    if (const std::string_view fault = attribute_name_fault(name); !fault.empty()) {
      return validation_error(std::string(fault));
    }
    if (seen.insert(name).second) continue;
    return invalid("Duplicate value in attribute name: " + std::string(name));
  }
  return {};
}

Result<void> check_legacy_parameters(const ItemRequest& request) {
  TRY(check_conjunction(request));
  if (!request.legacy) return {};
  const LegacyParameters& legacy = *request.legacy;
  for (const LegacyUpdate& update : legacy.attribute_updates) TRY(check_update(update));
  for (const LegacyCondition& condition : legacy.expected) TRY(check_expected(condition));
  const bool is_scan = request.present.has(Member::scan_filter);
  if (is_scan) TRY(check_attributes_to_get(request));
  for (const LegacyCondition& condition : legacy.filter) TRY(check_test(condition));
  return is_scan ? Result<void>() : check_attributes_to_get(request);
}

std::optional<Condition> legacy_condition(const ItemRequest& request, Arena* arena) {
  if (!request.legacy) return std::nullopt;
  return joined(request, request.legacy->expected, arena);
}

std::optional<Condition> legacy_filter(const ItemRequest& request, Arena* arena) {
  if (!request.legacy) return std::nullopt;
  return joined(request, request.legacy->filter, arena);
}

std::optional<KeyClauses> legacy_key_condition(const ItemRequest& request, Arena* arena) {
  if (!request.legacy || request.legacy->key_conditions.empty()) return std::nullopt;
  return key_clauses_of(tests_of(request.legacy->key_conditions, arena), arena);
}

std::optional<Projection> legacy_projection(const ItemRequest& request, Arena* arena) {
  if (!request.legacy || request.legacy->attributes_to_get.empty()) return std::nullopt;
  return project_attributes(request.legacy->attributes_to_get, arena);
}

std::optional<Update> legacy_update(const ItemRequest& request, Arena* arena) {
  if (!request.legacy || request.legacy->attribute_updates.empty()) return std::nullopt;
  const std::vector<LegacyUpdate>& updates = request.legacy->attribute_updates;
  const std::span<AttributeChange> changes = arena->make_array<AttributeChange>(updates.size());
  for (std::size_t i = 0; i < updates.size(); ++i) {
    changes[i] = {.attribute = updates[i].attribute,
                  .action = action_of(updates[i]),
                  .value = updates[i].value};
  }
  return update_of(changes, arena);
}

ItemView append_put_attributes(const LegacyParameters& parameters, std::string* out) {
  ItemWriter writer(out);
  for (const LegacyUpdate& update : parameters.attribute_updates) {
    if (!update.value || action_of(update) == ChangeAction::del) continue;
    writer.add(update.attribute);
    out->append(update.value->bytes());
  }
  return writer.finish();
}

}  // namespace stator
