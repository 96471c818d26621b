#include "api/operations.h"
#include "api/ops/kinesis_operation.h"

namespace stator {
namespace {

Error already_precise(const KinesisDestination& destination, const TableDefinition& table) {
  return validation_error("Invalid Request: Precision is already set to the desired value of " +
                          std::string(name_of(destination.precision)) + " for tableId: " +
                          table.table_id + ", kdsArn: " + destination.stream_arn);
}

Result<void> decide_update(const KinesisRequest& request, TimePoint now, TimePoint until,
                           TableDefinition* table) {
  const std::optional<TimestampPrecision> precision = requested_precision(request);
  if (!precision) {
    return validation_error(
        "Streaming destination cannot be updated with given parameters: "
        "UpdateKinesisStreamingConfiguration cannot be null or contain only null values");
  }
  KinesisDestination* const destination = find_destination(table, *request.stream_arn);
  if (destination == nullptr || destination->status_at(now) != DestinationStatus::active) {
    return invalid_destination_state(
        "update", "No streaming destination with streamArn: " + std::string(*request.stream_arn) +
                      " is ACTIVE for table with tableName: " + table->name);
  }
  if (destination->precision == *precision) return already_precise(*destination, *table);
  destination->precision = *precision;
  destination->entered = DestinationStatus::updating;
  destination->until = until;
  return {};
}

}  // namespace

Result<void> update_kinesis_streaming_destination(const Context& context, JsonWriter* json) {
  return change_destination(
      context, {kUpdateKinesisRules, kUpdateKinesisConfiguration, decide_update}, json);
}

}  // namespace stator
