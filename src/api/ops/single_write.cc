#include "api/ops/single_write.h"

#include "api/commit_writes.h"
#include "api/fault_effects.h"
#include "api/keys.h"
#include "api/ops/item_operation.h"
#include "api/reply_options.h"
#include "storage/index_row.h"

namespace stator {

Result<void> check_returns_old_or_none(const std::optional<std::string_view>& return_values) {
  if (!return_values || *return_values == "ALL_OLD" || *return_values == "NONE") return {};
  return validation_error("ReturnValues can only be ALL_OLD or NONE");
}

WritePlan plan_write(WriteKind kind, const Context& context, const TableAccess& table,
                     ItemView item) {
  const ItemRequest& request = context.scratch.request;
  append_table_row_key(table.definition(), item.attributes(), &context.scratch.row_key);
  return {.kind = kind,
          .table = table.table,
          .row_key = context.scratch.row_key,
          .item = item,
          .condition = std::nullopt,
          .update = std::nullopt,
          .return_item_on_failure = request.return_values_on_failure == "ALL_OLD"};
}

Result<const WriteOutcome*> run_single_write(const Context& context, const WritePlan& plan) {
  WriteOutcome* const outcome = &context.scratch.outcome;
  if (context.faults != nullptr && context.faults->error) {
    TRY(fail_condition(context.engine, plan, outcome, *std::move(context.faults->error)));
  }
  TRY(run_write(&context.engine, {&plan, 1}, {outcome, 1}, &context.scratch.arena, context.now,
                OnThrottle::fail, hold_of(context.faults)));
  return outcome;
}

void write_reply_with_old(const Context& context, const TableAccess& table, const WritePlan& plan,
                          const WriteOutcome& outcome, JsonWriter* json) {
  const WriteEffect& effect = outcome.effect;
  json->begin_object();
  if (context.scratch.request.return_values == "ALL_OLD" && effect.before) {
    write_attributes_member(effect.before->attributes(), json);
  }
  write_metrics(context, table, plan, outcome, json);
  json->end_object();
}

void write_metrics(const Context& context, const TableAccess& table, const WritePlan& plan,
                   const WriteOutcome& outcome, JsonWriter* json) {
  const ItemRequest& request = context.scratch.request;
  write_consumed_capacity_member(parse_consumed_capacity(request.return_consumed_capacity),
                                 table.name, outcome.effect.units, json);
  const TableDefinition& definition = table.definition();
  if (!definition.has_local_indexes() ||
      !wants_collection_metrics(request.return_item_collection_metrics)) {
    return;
  }
  json->member("ItemCollectionMetrics");
  write_collection_metrics(definition.key, plan.item.attributes(), outcome.collection_bytes, json);
}

}  // namespace stator
