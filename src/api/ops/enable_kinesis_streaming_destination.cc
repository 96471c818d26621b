#include "api/operations.h"
#include "api/ops/kinesis_operation.h"

namespace stator {
namespace {

Result<void> decide_enable(const KinesisRequest& request, TimePoint now, TimePoint until,
                           TableDefinition* table) {
  KinesisDestination* destination = find_destination(table, *request.stream_arn);
  if (destination == nullptr) {
    destination = &table->kinesis_destinations.emplace_back();
    destination->stream_arn = *request.stream_arn;
  } else if (destination->status_at(now) != DestinationStatus::disabled) {
    return invalid_destination_state(
        "enable",
        "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE "
        "operation.");
  }
  destination->precision = requested_precision(request).value_or(TimestampPrecision::millisecond);
  destination->entered = DestinationStatus::enabling;
  destination->until = until;
  return {};
}

}  // namespace

Result<void> enable_kinesis_streaming_destination(const Context& context, JsonWriter* json) {
  return change_destination(
      context, {kEnableKinesisRules, kEnableKinesisConfiguration, decide_enable}, json);
}

}  // namespace stator
