#include "api/constraint_errors.h"
#include "api/keys.h"
#include "api/legacy_parameters.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/ops/single_write.h"
#include "api/reply_options.h"
#include "expression/written_paths.h"

namespace stator {
namespace {

constexpr ExpressionMembers kRules = {
    .legacy = {Member::attribute_updates, Member::expected, Member::conditional_operator},
    .expressions = {Member::update_expression, Member::condition_expression},
    .no_values_suffix = ": UpdateExpression and ConditionExpression are null"};

Result<Expressions> check_request(ItemRequest* request, Arena* arena) {
  TRY_ENVELOPED(check_expression_parameters(*request, kRules));
  TRY(check_legacy_enveloped(*request));
  TRY(check_values_enveloped(request->key));
  return parse_expressions_enveloped(kRules, request, arena);
}

// AttributeUpdates names an index whose key cannot have a value; an expression is judged later, by
// what it makes of the item.
Result<void> check_put_attributes(const Context& context, const TableDefinition& table,
                                  const LegacyParameters& parameters) {
  if (table.indexes.empty()) return {};
  std::string* const buffer = &context.scratch.projected;
  Result<void> checked = check_item_for_indexes(table, append_put_attributes(parameters, buffer));
  buffer->clear();
  return checked;
}

void write_all(const std::optional<ItemView>& item, JsonWriter* json) {
  if (item) write_attributes_member(item->attributes(), json);
}

void write_part(const std::optional<ItemView>& item, std::span<const DocumentPath> paths,
                std::string* buffer, JsonWriter* json) {
  if (!item) return;
  buffer->clear();
  const ItemView part = project({.paths = paths}, item->attributes(), buffer);
  write_attributes_member(part.attributes(), json);
}

// What an update removed is not new, even where the rest of a list has moved into its place.
void write_returned(std::string_view returned, const WritePlan& plan, const WriteEffect& effect,
                    Scratch* scratch, JsonWriter* json) {
  std::string* const buffer = &scratch->projected;
  if (returned == "ALL_OLD") return write_all(effect.before, json);
  if (returned == "ALL_NEW") return write_all(effect.after, json);
  if (!plan.update) return;
  if (returned == "UPDATED_OLD") return write_part(effect.before, plan.update->paths, buffer, json);
  if (returned == "UPDATED_NEW") {
    const MapView before = effect.before ? effect.before->attributes() : MapView();
    write_part(effect.after, written_paths(*plan.update, before, &scratch->arena), buffer, json);
  }
}

void write_reply(const Context& context, const TableAccess& table, const WritePlan& plan,
                 const WriteOutcome& outcome, JsonWriter* json) {
  const ItemRequest& request = context.scratch.request;
  json->begin_object();
  write_returned(request.return_values.value_or("NONE"), plan, outcome.effect, &context.scratch,
                 json);
  write_metrics(context, table, plan, outcome, json);
  json->end_object();
}

}  // namespace

Result<void> update_item(const Context& context, JsonWriter* json) {
  ItemRequest* const request =
      TRY(read_item_operation(context, kUpdateItemRules, ValueTexts::current));
  const Expressions expressions = TRY(check_request(request, &context.scratch.arena));
  const TableAccess table = TRY(find_table(context, *request->table_name));
  const ItemView key = ItemView::trusted(request->key.bytes);
  TRY(check_key(table.definition().key, key.attributes()));
  if (expressions.update) TRY(check_update_paths(table.definition(), *expressions.update));
  if (request->legacy) TRY(check_put_attributes(context, table.definition(), *request->legacy));

  WritePlan plan = plan_write(WriteKind::update, context, table, key);
  plan.condition = expressions.condition;
  plan.update = expressions.update;
  const WriteOutcome* const outcome = TRY(run_single_write(context, plan));
  write_reply(context, table, plan, *outcome, json);
  return {};
}

}  // namespace stator
