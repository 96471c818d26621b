#include "api/operations.h"
#include "api/ops/continuous_backups.h"
#include "api/ops/table_operation.h"
#include "api/request/backups_request.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {
namespace {

// A shorter period loses what lies before it for good; a longer one brings nothing back.
std::optional<PointInTimeRecovery> decide(const std::optional<PointInTimeRecovery>& before,
                                          const BackupsRequest& request, TimePoint now) {
  if (!*request.enabled) return std::nullopt;
  PointInTimeRecovery after = before.value_or(PointInTimeRecovery{.enabled = now, .floor = now});
  after.floor = after.earliest_at(now);
  after.days = request.recovery_days.value_or(PointInTimeRecovery().days);
  return after;
}

}  // namespace

Result<void> update_continuous_backups(const Context& context, JsonWriter* json) {
  const BackupsRequest request = TRY(read_backups_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kUpdateContinuousBackupsRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  const auto change = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table = TRY(find_backed_up_table(catalog, named, context));
    TableDefinition after = table->definition;
    after.recovery = decide(after.recovery, request, context.now);
    return after;
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(change));
  write_continuous_backups(table->definition, context.now, json);
  return {};
}

}  // namespace stator
