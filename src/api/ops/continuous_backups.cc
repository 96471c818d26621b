#include "api/ops/continuous_backups.h"

#include <string>

namespace stator {
namespace {

void write_recovery(const PointInTimeRecovery& recovery, TimePoint now, JsonWriter* json) {
  json->integer_member("RecoveryPeriodInDays", recovery.days);
  json->member("EarliestRestorableDateTime");
  json->time(recovery.earliest_at(now));
  json->member("LatestRestorableDateTime");
  json->time(recovery.latest_at(now));
}

}  // namespace

Result<const Table*> find_backed_up_table(const Catalog& catalog, const NamedTable& named,
                                          std::string_view told_as, const Context& context) {
  const Table* const table = find_named(catalog, named, context);
  if (table != nullptr && *table->definition.status_at(context.now) != TableStatus::creating) {
    return table;
  }
  return Error(ErrorCode::table_not_found, "Table not found: " + std::string(told_as));
}

void write_continuous_backups(const TableDefinition& table, TimePoint now, JsonWriter* json) {
  json->begin_object();
  json->member("ContinuousBackupsDescription");
  json->begin_object();
  json->member("ContinuousBackupsStatus", "ENABLED");
  json->member("PointInTimeRecoveryDescription");
  json->begin_object();
  json->member("PointInTimeRecoveryStatus", table.recovery ? "ENABLED" : "DISABLED");
  if (table.recovery) write_recovery(*table.recovery, now, json);
  json->end_object();
  json->end_object();
  json->end_object();
}

}  // namespace stator
