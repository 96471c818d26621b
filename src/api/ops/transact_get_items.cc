#include <set>

#include "api/expressions.h"
#include "api/key_paths.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/ops/transact_checks.h"
#include "api/reply_options.h"
#include "api/request/constraint_check.h"
#include "api/request/transact_rules.h"
#include "api/transaction_reads.h"

namespace stator {
namespace {

constexpr ExpressionMembers kRules = {.legacy = {},
                                      .expressions = {Member::projection_expression},
                                      .no_values_suffix = "",
                                      .names_stand_alone = true,
                                      .texts = ValueTexts::older};

// The items of a request on their way, side by side.
struct Gets {
  std::vector<Expressions> expressions;
  std::vector<TransactTarget> targets;
  std::vector<std::string> stored;  // the bytes of each item; empty: there is none
  std::vector<double> units;
};

Result<Gets> plan_gets(const Context& context, TransactRequest* request) {
  Gets gets;
  gets.targets.reserve(request->actions.size());
  for (TransactAction& action : request->actions) {
    TRY(check_values(action.request.key));
    TRY(check_expression_parameters(action.request, kRules));
    const Expressions& expressions = gets.expressions.emplace_back(
        TRY(parse_expressions(kRules, &action.request, &context.scratch.arena)));
    TransactTarget& target = gets.targets.emplace_back(find_target(context, action));
    if (expressions.projection && !target.table_error && !target.key_error) {
      Result<void> checked = check_key_paths(target.table.definition(), *expressions.projection);
      if (!checked) target.key_error = std::move(checked).error();
    }
    TRY(check_no_empty_key(action, target));
  }
  TRY(check_targets(&gets.targets, 0));
  return gets;
}

std::vector<TransactionRead> reads_of(const Gets& gets) {
  std::vector<TransactionRead> reads;
  for (const TransactTarget& target : gets.targets) {
    reads.push_back({.table = target.table.table, .row_key = target.row_key, .units = 0});
  }
  return reads;
}

// An item of which nothing is asked for is as if it was not there.
void write_item(const std::string& stored, const std::optional<Projection>& projection,
                std::string* buffer, JsonWriter* json) {
  if (stored.empty()) return;
  MapView item = ItemView::trusted(stored).attributes();
  buffer->clear();
  if (projection) item = project(*projection, item, buffer).attributes();
  if (item.count() == 0) return;
  json->member("Item");
  json->attributes(item);
}

void write_capacity(const TransactRequest& request, const Gets& gets, JsonWriter* json) {
  const ReturnConsumedCapacity detail = parse_consumed_capacity(request.return_consumed_capacity);
  if (detail == ReturnConsumedCapacity::none) return;
  json->member("ConsumedCapacity");
  json->begin_array();
  std::set<const Table*> seen;
  for (std::size_t first = 0; first < gets.targets.size(); ++first) {
    const TableAccess& table = gets.targets[first].table;
    if (!seen.insert(table.table).second) continue;
    Consumption consumed;
    for (std::size_t i = first; i < gets.targets.size(); ++i) {
      if (gets.targets[i].table.table == table.table) consumed.table += gets.units[i];
    }
    json->element();
    write_consumed_capacity(detail, table.name, consumed, json, UnitsKind::read);
  }
  json->end_array();
}

void write_reply(const Context& context, const TransactRequest& request, const Gets& gets,
                 JsonWriter* json) {
  json->begin_object();
  json->member("Responses");
  json->begin_array();
  for (std::size_t i = 0; i < gets.stored.size(); ++i) {
    json->element();
    json->begin_object();
    write_item(gets.stored[i], gets.expressions[i].projection, &context.scratch.projected, json);
    json->end_object();
  }
  json->end_array();
  write_capacity(request, gets, json);
  json->end_object();
}

}  // namespace

Result<void> transact_get_items(const Context& context, JsonWriter* json) {
  TransactRequest request = TRY(read_transact_get(context.json, &context.scratch.reader));
  if (request.is_in_doubt) TRY(check_constraints(kTransactGetItemsRules, context));
  Gets gets = TRY(plan_gets(context, &request));
  std::vector<TransactionRead> reads = reads_of(gets);
  TRY(run_transaction_reads(context, DataOperation::transact_get_items, reads, &gets.stored));
  for (const TransactionRead& read : reads) gets.units.push_back(read.units);
  write_reply(context, request, gets, json);
  return {};
}

}  // namespace stator
