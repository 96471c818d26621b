#include "api/request/backups_request.h"

#include "api/request/shape_reader.h"

namespace stator {
namespace {

Result<void> read_specification(JsonValue* json, BackupsRequest* request) {
  request->has_specification = true;
  JsonMembers members = TRY(structure_of(json, "PointInTimeRecoverySpecification", Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "PointInTimeRecoveryEnabled") return assign(value->boolean(), &request->enabled);
    if (name == "RecoveryPeriodInDays") return assign(value->integer(), &request->recovery_days);
    return value->skip();
  });
}

}  // namespace

Result<BackupsRequest> read_backups_request(std::string_view json, JsonReader* reader) {
  BackupsRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "TableName") return assign(value->string(), &request.table_name);
    if (name == "PointInTimeRecoverySpecification") return read_specification(value, &request);
    if (name == "BackupType") return assign(value->string(), &request.backup_type);
    if (name == "TimeRangeLowerBound" || name == "TimeRangeUpperBound") {
      TRY(value->time());
      return {};
    }
    if (name == "BackupArn") return assign(value->string(), &request.backup_arn);
    if (name == "SourceTableName") return assign(value->string(), &request.source_name);
    if (name == "SourceTableArn") return assign(value->string(), &request.source_arn);
    if (name == "TargetTableName") return assign(value->string(), &request.target_name);
    if (name == "RestoreDateTime") return assign(value->time(), &request.restore_time);
    if (name == "UseLatestRestorableTime") return assign(value->boolean(), &request.wants_latest);
    if (name == "Limit") return assign(value->integer(), &request.limit);
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

}  // namespace stator
