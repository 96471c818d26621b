#include <chrono>

#include "api/operations.h"
#include "api/ops/recoverable_table.h"
#include "api/request/constraint_check.h"
#include "api/request/transfer_request.h"
#include "api/request/transfer_rules.h"
#include "api/unsupported.h"

namespace stator {
namespace {

constexpr std::chrono::minutes kIncrementMin(15);
constexpr std::chrono::hours kIncrementMax(24);

Error invalid_request(std::string_view text) {
  return validation_error("Invalid Request: " + std::string(text));
}

Error invalid_time(std::string_view text) {
  return Error(ErrorCode::invalid_export_time, std::string(text));
}

// What goes with the one type of export does not go with the other.
Result<void> check_shape(const TransferRequest& request) {
  const bool is_incremental = request.export_type == "INCREMENTAL_EXPORT";
  if (!is_incremental) {
    if (!request.incremental) return {};
    return invalid_request("IncrementalExportSpecification needs ExportType INCREMENTAL_EXPORT");
  }
  if (!request.incremental || !request.incremental->from) {
    return invalid_request("ExportType INCREMENTAL_EXPORT needs ExportFromTime");
  }
  if (!request.export_time) return {};
  return invalid_request("ExportTime does not go with ExportType INCREMENTAL_EXPORT");
}

Result<void> check_increment(const IncrementalExport& increment,
                             const PointInTimeRecovery& recovery, TimePoint now) {
  const TimePoint to = increment.to.value_or(recovery.latest_at(now));
  const auto length = to - *increment.from;
  if (length < kIncrementMin) {
    return invalid_time(
        "Difference between export period from time and export period to time is less than 15 "
        "minutes");
  }
  if (length > kIncrementMax) {
    return invalid_time(
        "Difference between export period from time and export period to time is greater than 24 "
        "hours");
  }
  if (recovery.reaches(*increment.from, now) && recovery.reaches(to, now)) return {};
  return invalid_time("Export Time is invalid");
}

Result<void> check_time(const TransferRequest& request, const PointInTimeRecovery& recovery,
                        TimePoint now) {
  if (request.incremental) return check_increment(*request.incremental, recovery, now);
  if (!request.export_time || recovery.reaches(*request.export_time, now)) return {};
  return invalid_time("Export Time is invalid");
}

}  // namespace

Result<void> export_table_to_point_in_time(const Context& context, JsonWriter*) {
  const TransferRequest request = TRY(read_transfer_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kExportRules, context));
  TRY(check_arn(*request.table_arn, "tableArn"));
  TRY(check_shape(request));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const TableDefinition& table =
      *TRY(find_recoverable_table(*catalog, *request.table_arn, context));
  TRY(check_time(request, *table.recovery, context.now));
  return not_supported("ExportTableToPointInTime");
}

}  // namespace stator
