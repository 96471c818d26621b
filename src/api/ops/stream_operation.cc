#include "api/ops/stream_operation.h"

#include <string>

#include "api/table_access.h"

namespace stator {
namespace {

Result<const Shard*> required(const Shard* shard) {
  if (shard != nullptr) return shard;
  return Error(ErrorCode::resource_not_found, "Requested resource not found: Shard does not exist");
}

}  // namespace

Result<StreamArnView> stream_arn_of(std::string_view arn) {
  const std::optional<StreamArnView> parts = parse_stream_arn(arn);
  if (parts) return *parts;
  return validation_error("Invalid StreamArn: Invalid ResourceArn provided as input " +
                          std::string(arn));
}

Result<StreamAccess> find_stream(const Context& context, std::string_view arn) {
  const StreamArnView parts = TRY(stream_arn_of(arn));
  StreamStore& streams = *context.engine.streams;
  streams.catch_up_if_due(context.now);
  StreamAccess access{.streams = streams.snapshot(), .stream = nullptr, .shards = {}};
  if (parts.region == context.call.caller.region && parts.account == kAccount) {
    access.stream =
        access.streams->find(space_of(context.call.caller), parts, context.now, streams.times());
  }
  if (access.stream == nullptr) {
    return Error(ErrorCode::resource_not_found,
                 "Requested resource not found: Stream: " + std::string(arn) + " not found");
  }
  access.shards = access.definition().shards.without_expired(context.now, streams.times());
  return access;
}

Result<const Shard*> find_shard(const StreamAccess& access, std::string_view id) {
  return required(access.shards.find(id));
}

Result<const Shard*> find_shard(const StreamAccess& access, std::uint32_t number) {
  return required(access.shards.find(number));
}

RecordWindow record_window(const Context& context) {
  const std::chrono::milliseconds lag = context.engine.lags.all().stream;
  // Without a lag a record is seen even if its writer read the clock after the reader did.
  const bool lags = lag > std::chrono::milliseconds(0);
  return {.oldest = context.now - context.engine.streams->times().retention,
          .newest = lags ? context.now - lag : TimePoint::max()};
}

}  // namespace stator
