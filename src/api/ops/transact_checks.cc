#include "api/ops/transact_checks.h"

#include <unordered_set>

#include "api/cancellation.h"
#include "api/constraint_errors.h"
#include "api/index_writes.h"
#include "api/keys.h"
#include "api/reply_options.h"
#include "base/limits.h"
#include "storage/index_row.h"

namespace stator {
namespace {

std::string_view path_of(ActionKind kind) {
  switch (kind) {
    case ActionKind::condition_check:
      return "conditionCheck";
    case ActionKind::remove:
      return "delete";
    case ActionKind::get:
      return "get";
    case ActionKind::put:
      return "put";
    case ActionKind::update:
      return "update";
  }
  return {};
}

// As AWS prints the request: only its shape, for errors about its length.
std::string printed(std::size_t elements, std::string_view shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < elements; ++i) {
    text.append(i == 0 ? "" : ", ").append("com.amazonaws.dynamodb.v20120810.").append(shape);
  }
  return text + "]";
}

void check_count(const TransactRequest& request, std::string_view shape, ConstraintErrors* errors) {
  constexpr std::string_view kPath = "transactItems";
  if (!request.has_items) return errors->require(false, kPath);
  const std::size_t count = request.actions.size();
  if (count == 0) {
    errors->add("[]", kPath, "Member must have length greater than or equal to 1");
  } else if (count > kTransactionActionsMax) {
    errors->add(printed(count, shape), kPath, "Member must have length less than or equal to 100");
  }
}

void check_table_member(const ItemRequest& request, const std::string& path,
                        ConstraintErrors* errors) {
  const std::optional<std::string_view>& name = request.table_name;
  errors->require(name.has_value(), path);
  if (!name || name->starts_with("arn:")) return;
  if (!name->empty()) errors->name_pattern(name, path);
  errors->length(name, path, 1, kTableNameBytesMax);
}

void check_action(const TransactAction& action, std::size_t position, ConstraintErrors* errors) {
  const std::string element = "transactItems." + std::to_string(position + 1) + ".member.";
  if (action.operations == 0) return;
  const std::string path = element + std::string(path_of(action.kind)) + ".";
  const ItemRequest& request = action.request;
  check_table_member(request, path + "tableName", errors);
  if (action.kind == ActionKind::put) {
    errors->require(request.item.present, path + "item");
  } else {
    errors->require(request.key.present, path + "key");
  }
  if (action.kind == ActionKind::update) {
    errors->require(request.update.has_value(), path + "updateExpression");
  }
  if (action.kind == ActionKind::condition_check) {
    errors->require(request.condition.has_value(), path + "conditionExpression");
  }
  errors->one_of(request.return_values_on_failure, path + "returnValuesOnConditionCheckFailure",
                 {"ALL_OLD", "NONE"});
}

Result<void> check_key_of(const TransactAction& action, const TableDefinition& table,
                          ItemView item) {
  if (action.kind != ActionKind::put) return check_key(table.key, item.attributes());
  TRY(check_key_in_item(table.key, item.attributes()));
  return check_item_for_indexes(table, item);
}

bool has_duplicates(const std::vector<TransactTarget>& targets) {
  std::unordered_set<std::string_view> seen;
  for (const TransactTarget& target : targets) {
    if (!target.row_key.empty() && !seen.insert(target.row_key).second) return true;
  }
  return false;
}

}  // namespace

Result<void> check_transact_constraints(const TransactRequest& request,
                                        std::string_view element_shape) {
  ConstraintErrors errors;
  errors.length(request.client_request_token, "clientRequestToken", 1, kRequestTokenLengthMax);
  check_count(request, element_shape, &errors);
  check_consumed_capacity(request.return_consumed_capacity, &errors);
  check_item_collection_metrics(request.return_item_collection_metrics, &errors);
  for (std::size_t i = 0; i < request.actions.size(); ++i) {
    check_action(request.actions[i], i, &errors);
  }
  return errors.result();
}

TransactTarget find_target(const Context& context, const TransactAction& action) {
  TransactTarget target;
  Result<TableAccess> table = find_table(context, *action.request.table_name);
  if (!table) {
    target.table_error = std::move(table).error();
    return target;
  }
  target.table = *std::move(table);
  const TableDefinition& definition = target.table.definition();
  const ItemRequest& request = action.request;
  const ItemView item =
      ItemView::trusted(action.kind == ActionKind::put ? request.item.bytes : request.key.bytes);
  Result<void> checked = check_key_of(action, definition, item);
  if (checked) {
    append_table_row_key(definition, item.attributes(), &target.row_key);
  } else {
    target.key_error = std::move(checked).error();
  }
  return target;
}

Result<void> check_no_empty_key(const TransactAction& action, const TransactTarget& target) {
  const bool is_put = action.kind == ActionKind::put;
  if (is_put && target.table_error) return {};
  const AttributeMap& map = is_put ? action.request.item : action.request.key;
  for (MapView::Cursor c(ItemView::trusted(map.bytes).attributes()); c.next();) {
    const AttributeType type = c.value().type();
    if (type != AttributeType::S && type != AttributeType::B) continue;
    if (!c.value().text().empty()) continue;
    if (is_put && !target.table.definition().key.is_key(c.name())) continue;
    TRY(check_key_value({std::string(c.name()), type}, true, c.value()));
  }
  return {};
}

Result<void> check_targets(std::vector<TransactTarget>* targets, std::size_t payload_bytes) {
  if (has_duplicates(*targets)) {
    return validation_error("Transaction request cannot include multiple operations on one item");
  }
  if (payload_bytes > kTransactionBytesMax) return transaction_too_large();
  for (TransactTarget& target : *targets) {
    if (target.table_error) return *std::move(target.table_error);
  }
  std::vector<std::optional<Error>> failures(targets->size());
  for (std::size_t i = 0; i < targets->size(); ++i) {
    if (!(*targets)[i].key_error) continue;
    failures[i] = std::move((*targets)[i].key_error);
    return cancelled(failures);
  }
  return {};
}

Error transaction_too_large() {
  return validation_error("Transaction request size cannot exceed " +
                          std::to_string(kTransactionBytesMax) + " bytes");
}

}  // namespace stator
