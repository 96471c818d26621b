#include <algorithm>
#include <set>
#include <span>

#include "api/expressions.h"
#include "api/fault_effects.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/ops/transact_checks.h"
#include "api/reply_options.h"
#include "api/request/constraint_check.h"
#include "api/request/transact_fingerprint.h"
#include "api/request/transact_rules.h"
#include "api/run_transaction.h"
#include "base/limits.h"

namespace stator {
namespace {

constexpr ExpressionMembers kConditionRules = {.legacy = {},
                                               .expressions = {Member::condition_expression},
                                               .no_values_suffix = "",
                                               .names_stand_alone = true,
                                               .texts = ValueTexts::older};

constexpr ExpressionMembers kUpdateRules = {
    .legacy = {},
    .expressions = {Member::update_expression, Member::condition_expression},
    .no_values_suffix = "",
    .texts = ValueTexts::older};

// The actions of a request on their way, side by side.
struct Actions {
  std::vector<Expressions> expressions;
  std::vector<TransactTarget> targets;
  std::vector<WritePlan> plans;
};

Result<void> check_operations(const TransactAction& action) {
  if (action.operations == 1) return {};
  if (action.operations > 1) {
    return validation_error("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  return validation_error(
      "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
}

const AttributeMap& map_of(const TransactAction& action) {
  return action.kind == ActionKind::put ? action.request.item : action.request.key;
}

// The first stage of one action, in AWS's order.
Result<void> check_action(const Context& context, TransactAction* action, Actions* actions) {
  TRY(check_operations(*action));
  const ExpressionMembers& rules =
      action->kind == ActionKind::update ? kUpdateRules : kConditionRules;
  const AttributeMap& map = map_of(*action);
  TRY(check_values(map));
  TRY(check_expression_parameters(action->request, rules));
  actions->expressions.push_back(
      TRY(parse_expressions(rules, &action->request, &context.scratch.arena)));
  TransactTarget& target = actions->targets.emplace_back(find_target(context, *action));
  TRY(check_no_empty_key(*action, target));
  if (action->kind == ActionKind::put &&
      ItemView::trusted(map.bytes).logical_size() > kItemBytesMax) {
    return validation_error("Item size has exceeded the maximum allowed size");
  }
  return {};
}

// What AWS counts of the request: items that are put, keys, and values of expressions.
std::size_t payload_bytes(const TransactAction& action) {
  std::size_t bytes = ItemView::trusted(map_of(action).bytes).logical_size();
  if (action.kind == ActionKind::put) return bytes;
  for (const ValuePlaceholder& each : action.request.placeholders.values) {
    bytes += logical_bytes(each.value);
  }
  return bytes;
}

void note_update_of_key(const Expressions& expressions, TransactTarget* target) {
  if (!expressions.update || target->table_error || target->key_error) return;
  Result<void> checked = check_update_paths(target->table.definition(), *expressions.update);
  if (checked) return;
  target->key_error = std::move(checked).error();
}

WriteKind write_kind(ActionKind kind) {
  switch (kind) {
    case ActionKind::put:
      return WriteKind::put;
    case ActionKind::update:
      return WriteKind::update;
    case ActionKind::remove:
      return WriteKind::remove;
    case ActionKind::condition_check:
    case ActionKind::get:
      break;
  }
  return WriteKind::check;
}

WritePlan plan_action(const TransactAction& action, const TransactTarget& target,
                      const Expressions& expressions) {
  WritePlan plan;
  plan.kind = write_kind(action.kind);
  plan.table = target.table.table;
  plan.row_key = target.row_key;
  plan.item = ItemView::trusted(map_of(action).bytes);
  plan.condition = expressions.condition;
  plan.update = expressions.update;
  plan.has_unchecked_nesting = true;
  plan.return_item_on_failure = action.request.return_values_on_failure == "ALL_OLD";
  return plan;
}

Result<Actions> plan_actions(const Context& context, TransactRequest* request) {
  Actions actions;
  const std::size_t count = request->actions.size();
  actions.expressions.reserve(count);
  actions.targets.reserve(count);  // plans point at their row keys
  actions.plans.reserve(count);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    TransactAction& action = request->actions[i];
    TRY(check_action(context, &action, &actions));
    bytes += payload_bytes(action);
    note_update_of_key(actions.expressions[i], &actions.targets[i]);
  }
  TRY(check_targets(&actions.targets, bytes));
  for (std::size_t i = 0; i < count; ++i) {
    actions.plans.push_back(
        plan_action(request->actions[i], actions.targets[i], actions.expressions[i]));
  }
  return actions;
}

// Calls `use(table, first action on it)` for each table, in the order of the request.
template <typename Use>
void for_each_table(const Actions& actions, const Use& use) {
  std::set<const Table*> seen;
  for (std::size_t i = 0; i < actions.plans.size(); ++i) {
    if (seen.insert(actions.plans[i].table).second) use(actions.plans[i].table, i);
  }
}

// What the actions on a table took; of a replay what reading its items did.
Consumption consumed(const Actions& actions, const Table* table,
                     std::span<const WriteOutcome> outcomes, const TransactionOutcome& result) {
  Consumption sum;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (actions.plans[i].table != table) continue;
    if (result.is_replay) {
      sum.table += result.replay_units[i];
    } else {
      sum.add(outcomes[i].effect.units);
    }
  }
  return sum;
}

void write_capacity(const TransactRequest& request, const Actions& actions,
                    std::span<const WriteOutcome> outcomes, const TransactionOutcome& result,
                    JsonWriter* json) {
  const ReturnConsumedCapacity detail = parse_consumed_capacity(request.return_consumed_capacity);
  if (detail == ReturnConsumedCapacity::none) return;
  const UnitsKind kind = result.is_replay ? UnitsKind::read : UnitsKind::write;
  json->member("ConsumedCapacity");
  json->begin_array();
  for_each_table(actions, [&](const Table* table, std::size_t first) {
    json->element();
    write_consumed_capacity(detail, actions.targets[first].table.name,
                            consumed(actions, table, outcomes, result), json, kind);
  });
  json->end_array();
}

// Of each collection of a table that was written to, how large it is now.
void write_table_metrics(const Table* table, const Actions& actions,
                         std::span<const WriteOutcome> outcomes, JsonWriter* json) {
  const std::string& partition = table->definition.key.partition.front().name;
  std::set<std::string_view> seen;
  json->begin_array();
  for (std::size_t i = actions.plans.size(); i-- > 0;) {  // the last write knows the size
    const WritePlan& plan = actions.plans[i];
    if (plan.table != table || plan.kind == WriteKind::check) continue;
    if (!seen.insert(plan.item.find(partition)->bytes()).second) continue;
    json->element();
    write_collection_metrics(table->definition.key, plan.item.attributes(),
                             outcomes[i].collection_bytes, json);
  }
  json->end_array();
}

void write_metrics(const TransactRequest& request, const Actions& actions,
                   std::span<const WriteOutcome> outcomes, JsonWriter* json) {
  const auto counts = [](const WritePlan& plan) {
    return plan.table->definition.has_local_indexes() && plan.kind != WriteKind::check;
  };
  if (!wants_collection_metrics(request.return_item_collection_metrics) ||
      std::none_of(actions.plans.begin(), actions.plans.end(), counts)) {
    return;
  }
  json->member("ItemCollectionMetrics");
  json->begin_object();
  for_each_table(actions, [&](const Table* table, std::size_t first) {
    const bool has_writes =
        std::any_of(actions.plans.begin(), actions.plans.end(),
                    [&](const WritePlan& plan) { return plan.table == table && counts(plan); });
    if (!has_writes) return;
    json->member_of_data(actions.targets[first].table.name);
    write_table_metrics(table, actions, outcomes, json);
  });
  json->end_object();
}

}  // namespace

Result<void> transact_write_items(const Context& context, JsonWriter* json) {
  TransactRequest request = TRY(read_transact_write(context.json, &context.scratch.reader));
  if (request.is_in_doubt) TRY(check_constraints(kTransactWriteItemsRules, context));
  const Actions actions = TRY(plan_actions(context, &request));
  WriteTransaction transaction{.operation = DataOperation::transact_write_items,
                               .writes = actions.plans,
                               .hold = hold_of(context.faults)};
  if (context.faults != nullptr && context.faults->items.size() == actions.plans.size()) {
    transaction.failures = context.faults->items;
  }
  TokenView token;
  if (request.client_request_token) {
    token.space = space_of(context.call.caller);
    token.text = *request.client_request_token;
    transaction.token = &token;
    transaction.fingerprint = fingerprint_of(request);
  }
  std::vector<WriteOutcome> outcomes(actions.plans.size());
  const TransactionOutcome result = TRY(
      run_transaction(&context.engine, transaction, outcomes, &context.scratch.arena, context.now));
  json->begin_object();
  write_capacity(request, actions, outcomes, result, json);
  if (!result.is_replay) write_metrics(request, actions, outcomes, json);
  json->end_object();
  return {};
}

}  // namespace stator
