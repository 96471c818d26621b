#include "api/request/backups_request.h"

#include "api/constraint_errors.h"
#include "api/request/shape_reader.h"
#include "model/point_in_time_recovery.h"

namespace stator {
namespace {

constexpr std::int64_t kBackupsPageMax = 100;  // AWS's model, BackupsInputLimit

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
    if (name == "Limit") return assign(value->integer(), &request.limit);
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

Result<void> check_update_backups_constraints(const BackupsRequest& request) {
  ConstraintErrors errors;
  const std::string path = "pointInTimeRecoverySpecification";
  errors.require(request.has_specification, path);
  if (request.has_specification) {
    errors.require(request.enabled.has_value(), path + ".pointInTimeRecoveryEnabled");
  }
  errors.at_least(request.recovery_days, path + ".recoveryPeriodInDays", 1);
  errors.at_most(request.recovery_days, path + ".recoveryPeriodInDays", kRecoveryDaysMax);
  return errors.result();
}

Result<void> check_list_backups_constraints(const BackupsRequest& request) {
  ConstraintErrors errors;
  errors.one_of(request.backup_type, "backupType", {"USER", "SYSTEM", "AWS_BACKUP", "ALL"});
  errors.at_least(request.limit, "limit", 1);
  errors.at_most(request.limit, "limit", kBackupsPageMax);
  return errors.result();
}

}  // namespace stator
