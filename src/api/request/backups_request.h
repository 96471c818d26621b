// The requests about backups, and those that name a table and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "api/json_reader.h"
#include "base/result.h"

namespace stator {

// Texts belong to the JSON reader and are good until it opens the next request.
struct BackupsRequest {
  std::optional<std::string_view> table_name;
  bool has_specification = false;  // PointInTimeRecoverySpecification
  std::optional<bool> enabled;     // PointInTimeRecoveryEnabled
  std::optional<std::int64_t> recovery_days;
  std::optional<std::string_view> backup_type;
  std::optional<std::int64_t> limit;
  std::optional<std::string_view> backup_arn;
  // Of a restore:
  std::optional<std::string_view> source_name;  // SourceTableName
  std::optional<std::string_view> source_arn;   // SourceTableArn
  std::optional<std::string_view> target_name;  // TargetTableName
  std::optional<TimePoint> restore_time;        // RestoreDateTime
  std::optional<bool> wants_latest;             // UseLatestRestorableTime
};

//   errors  serialization
Result<BackupsRequest> read_backups_request(std::string_view json, JsonReader* reader);

}  // namespace stator
