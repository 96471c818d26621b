#include <string>

#include "api/operations.h"
#include "api/ops/recoverable_table.h"
#include "api/request/backup_rules.h"
#include "api/request/backups_request.h"
#include "api/request/constraint_check.h"
#include "api/table_access.h"
#include "api/unsupported.h"
#include "base/time_text.h"

namespace stator {
namespace {

// One source and one moment.
Result<void> check_shape(const BackupsRequest& request) {
  if (request.source_arn.has_value() == request.source_name.has_value()) {
    return validation_error("Must provide exactly one of: sourceTableArn, sourceTableName");
  }
  const bool wants_latest = request.wants_latest.value_or(false);
  if (wants_latest && request.restore_time) {
    return validation_error(
        "Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set for "
        "point-in-time restore request");
  }
  if (wants_latest || request.restore_time) return {};
  return validation_error(
      "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be "
      "specified, but not both");
}

std::string quoted(TimePoint time) {
  std::string text = "'";
  append_time_text(time, &text);
  return text + "'";
}

Result<void> check_time(const std::optional<TimePoint>& wanted, const PointInTimeRecovery& recovery,
                        TimePoint now) {
  if (!wanted || recovery.reaches(*wanted, now)) return {};
  return Error(ErrorCode::invalid_restore_time, "RestoreDateTime " + quoted(*wanted) +
                                                    " must be within EarliestRestorableDateTime " +
                                                    quoted(recovery.earliest_at(now)) +
                                                    " and LatestRestorableDateTime " +
                                                    quoted(recovery.latest_at(now)));
}

Result<void> check_target(const Catalog& catalog, std::string_view name, const Context& context) {
  if (find_named(catalog, {.name = name}, context) == nullptr) return {};
  return Error(ErrorCode::table_already_exists, "Table already exists: " + std::string(name));
}

}  // namespace

Result<void> restore_table_to_point_in_time(const Context& context, JsonWriter*) {
  const BackupsRequest request = TRY(read_backups_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kRestoreToTimeRules, context));
  TRY(check_shape(request));
  if (request.source_arn) TRY(check_arn(*request.source_arn, "sourceTableArn"));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const std::string_view source = request.source_arn ? *request.source_arn : *request.source_name;
  const TableDefinition& table = *TRY(find_recoverable_table(*catalog, source, context));
  TRY(check_time(request.restore_time, *table.recovery, context.now));
  TRY(check_target(*catalog, *request.target_name, context));
  return not_supported("RestoreTableToPointInTime");
}

}  // namespace stator
