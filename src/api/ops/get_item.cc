#include "api/key_paths.h"
#include "api/keys.h"
#include "api/legacy_parameters.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/reply_options.h"
#include "api/run_read.h"
#include "storage/index_row.h"

namespace stator {
namespace {

constexpr ExpressionMembers kRules = {.legacy = {Member::attributes_to_get},
                                      .expressions = {Member::projection_expression},
                                      .no_values_suffix = ""};

Result<Expressions> check_request(ItemRequest* request, Arena* arena) {
  TRY(check_expression_parameters(*request, kRules));
  TRY(check_legacy_parameters(*request));
  TRY(check_values(request->key));
  return parse_expressions(kRules, request, arena);
}

void write_item(const std::optional<ItemView>& item, const std::optional<Projection>& projection,
                std::string* buffer, JsonWriter* json) {
  if (!item) return;
  json->member("Item");
  if (!projection) return json->attributes(item->attributes());
  json->attributes(project(*projection, item->attributes(), buffer).attributes());
}

}  // namespace

Result<void> get_item(const Context& context, JsonWriter* json) {
  ItemRequest* const request =
      TRY(read_item_operation(context, kGetItemRules, ValueTexts::current));
  Scratch& scratch = context.scratch;
  const Expressions expressions = TRY(check_request(request, &scratch.arena));
  const TableAccess table = TRY(find_table(context, *request->table_name));
  const MapView key = ItemView::trusted(request->key.bytes).attributes();
  TRY(check_key(table.definition().key, key));
  if (expressions.projection) TRY(check_key_paths(table.definition(), *expressions.projection));

  append_table_row_key(table.definition(), key, &scratch.row_key);
  const Consistency consistency =
      request->consistent_read ? Consistency::strong : Consistency::eventual;
  const ItemRead read{.table = &table.definition(),
                      .row_key = scratch.row_key,
                      .consistency = consistency,
                      .now = context.now};
  const std::optional<ItemView> item = TRY(run_item_read(&context.engine, read, &scratch.stored));
  json->begin_object();
  write_item(item, expressions.projection, &scratch.projected, json);
  write_consumed_capacity_member(
      parse_consumed_capacity(request->return_consumed_capacity), table.name,
      {.table = read_units(item ? item->logical_size() : 0, consistency)}, json);
  json->end_object();
  return {};
}

}  // namespace stator
