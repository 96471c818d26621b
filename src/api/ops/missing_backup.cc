// The operations on a backup that is there: none ever is.
#include <algorithm>
#include <string>

#include "api/arn.h"
#include "api/operations.h"
#include "api/request/backup_rules.h"
#include "api/request/backups_request.h"
#include "api/request/constraint_check.h"
#include "base/ascii.h"
#include "base/region.h"
#include "model/table.h"

namespace stator {
namespace {

// "us-east-1", or whatever the caller calls its own.
bool is_region(std::string_view text, std::string_view own) {
  const auto is_of_region = [](char c) {
    return is_ascii_digit(c) || c == '-' || (c >= 'a' && c <= 'z');
  };
  if (text == own) return true;
  return text.find('-') != std::string_view::npos && is_ascii_digit(text.back()) &&
         std::all_of(text.begin(), text.end(), is_of_region);
}

// What AWS says of an ARN that is no backup's. The backup's region does not matter to it.
Error backup_not_found(std::string_view text, std::string_view region) {
  const std::optional<ArnView> arn = parse_arn(text);
  if (!arn || arn->service != "dynamodb" || !arn->part_of_table("backup")) {
    return validation_error("Invalid Backup ARN");
  }
  if (arn->partition != arn_partition(region) || !is_region(arn->region, region)) {
    return validation_error("BackupArn is not valid");
  }
  if (arn->account != kAccount) return Error(ErrorCode::access_denied, "Access is denied");
  return Error(ErrorCode::backup_not_found, "Backup not found: " + std::string(text));
}

Result<void> look_for_backup(const Context& context, const RequestRules& rules) {
  const BackupsRequest request = TRY(read_backups_request(context.json, &context.scratch.reader));
  TRY(check_constraints(rules, context));
  return backup_not_found(*request.backup_arn, context.call.caller.region);
}

}  // namespace

Result<void> describe_backup(const Context& context, JsonWriter*) {
  return look_for_backup(context, kDescribeBackupRules);
}

Result<void> delete_backup(const Context& context, JsonWriter*) {
  return look_for_backup(context, kDeleteBackupRules);
}

Result<void> restore_table_from_backup(const Context& context, JsonWriter*) {
  return look_for_backup(context, kRestoreFromBackupRules);
}

}  // namespace stator
