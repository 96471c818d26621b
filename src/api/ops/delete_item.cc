#include "api/constraint_errors.h"
#include "api/keys.h"
#include "api/legacy_parameters.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/ops/single_write.h"
#include "api/reply_options.h"

namespace stator {
namespace {

constexpr ExpressionMembers kRules = {.legacy = kLegacyConditions,
                                      .expressions = {Member::condition_expression},
                                      .no_values_suffix = ": ConditionExpression is null"};

Result<Expressions> check_request(ItemRequest* request, Arena* arena) {
  TRY_ENVELOPED(check_expression_parameters(*request, kRules));
  TRY(check_legacy_enveloped(*request));
  TRY(check_values_enveloped(request->key));
  TRY_ENVELOPED(check_returns_old_or_none(request->return_values));
  return parse_expressions_enveloped(kRules, request, arena);
}

}  // namespace

Result<void> delete_item(const Context& context, JsonWriter* json) {
  ItemRequest* const request =
      TRY(read_item_operation(context, kDeleteItemRules, ValueTexts::current));
  const Expressions expressions = TRY(check_request(request, &context.scratch.arena));
  const TableAccess table = TRY(find_table(context, *request->table_name));
  const ItemView key = ItemView::trusted(request->key.bytes);
  TRY(check_key(table.definition().key, key.attributes()));

  WritePlan plan = plan_write(WriteKind::remove, context, table, key);
  plan.condition = expressions.condition;
  const WriteOutcome* const outcome = TRY(run_single_write(context, plan));
  write_reply_with_old(context, table, plan, *outcome, json);
  return {};
}

}  // namespace stator
