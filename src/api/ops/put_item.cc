#include "api/constraint_errors.h"
#include "api/keys.h"
#include "api/legacy_parameters.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/ops/single_write.h"
#include "api/reply_options.h"
#include "base/limits.h"

namespace stator {
namespace {

constexpr ExpressionMembers kRules = {.legacy = kLegacyConditions,
                                      .expressions = {Member::condition_expression},
                                      .no_values_suffix = ""};

// What AWS checks before it looks at the table, in its order.
Result<Expressions> check_request(ItemRequest* request, Arena* arena) {
  TRY_ENVELOPED(check_expression_parameters(*request, kRules));
  TRY(check_legacy_enveloped(*request));
  TRY(check_values_enveloped(request->item));
  TRY_ENVELOPED(check_returns_old_or_none(request->return_values));
  if (ItemView::trusted(request->item.bytes).logical_size() > kItemBytesMax) {
    return validation_error("Item size has exceeded the maximum allowed size");
  }
  return parse_expressions_enveloped(kRules, request, arena);
}

}  // namespace

Result<void> put_item(const Context& context, JsonWriter* json) {
  ItemRequest* const request =
      TRY(read_item_operation(context, kPutItemRules, ValueTexts::current));
  const Expressions expressions = TRY(check_request(request, &context.scratch.arena));
  const TableAccess table = TRY(find_table(context, *request->table_name));
  const ItemView item = ItemView::trusted(request->item.bytes);
  TRY(check_key_in_item(table.definition().key, item.attributes()));
  TRY(check_item_for_indexes(table.definition(), item));

  WritePlan plan = plan_write(WriteKind::put, context, table, item);
  plan.condition = expressions.condition;
  const WriteOutcome* const outcome = TRY(run_single_write(context, plan));
  write_reply_with_old(context, table, plan, *outcome, json);
  return {};
}

}  // namespace stator
