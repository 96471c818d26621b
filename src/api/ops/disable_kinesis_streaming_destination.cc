#include "api/operations.h"
#include "api/ops/kinesis_operation.h"

namespace stator {
namespace {

Result<void> decide_disable(const KinesisRequest& request, TimePoint now, TimePoint until,
                            TableDefinition* table) {
  KinesisDestination* const destination = find_destination(table, *request.stream_arn);
  if (destination == nullptr || destination->status_at(now) != DestinationStatus::active) {
    // AWS says "enable" here too.
    return invalid_destination_state(
        "enable", "KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.");
  }
  destination->entered = DestinationStatus::disabling;
  destination->until = until;
  return {};
}

}  // namespace

Result<void> disable_kinesis_streaming_destination(const Context& context, JsonWriter* json) {
  return change_destination(
      context, {kDisableKinesisRules, kEnableKinesisConfiguration, decide_disable}, json);
}

}  // namespace stator
