#include "api/operations.h"
#include "api/ops/table_operation.h"
#include "api/ops/table_plan.h"
#include "api/ops/throughput_rules.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"
#include "api/table_access.h"

namespace stator {

Result<void> create_table(const Context& context, JsonWriter* json) {
  const TableRequest request =
      TRY(read_create_table_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kCreateTableRules, context));
  const NamedTable named = TRY(named_table(request, context));
  if (named.is_elsewhere) return table_not_found(named.name);
  const TableDefinition planned = TRY(plan_table(request, named.name, context));
  TRY(check_supported(request));
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    TRY(check_room(catalog, planned, context.now));
    TRY(check_account_units(catalog, nullptr, planned, context.call.caller.region, context.now));
    return planned;
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(decide));
  if (planned.stream) TRY(context.engine.streams->catch_up(context.now));
  TableDescriptionView view =
      describe(*table, TableStatus::creating, context.call.caller.region, context.now);
  if (planned.warm_until) view.warm_status = TableStatus::updating;
  for (std::size_t i = 0; i < view.indexes.size(); ++i) {
    view.indexes[i] = {.entered = TableStatus::creating,
                       .is_warming = planned.indexes[i].warm_until.has_value()};
  }
  write_table_reply(view, json);
  return {};
}

}  // namespace stator
