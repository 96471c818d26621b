#include "api/operations.h"
#include "api/ops/stream_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/stream_request.h"
#include "api/request/stream_rules.h"
#include "streams/sequence_number.h"
#include "streams/shard_iterator.h"

namespace stator {
namespace {

// Whether the iterator starts at a sequence number of the request.
bool starts_at_number(std::string_view type) {
  return type == "AT_SEQUENCE_NUMBER" || type == "AFTER_SEQUENCE_NUMBER";
}

Result<void> check_sequence_number(const StreamRequest& request) {
  const std::string type(*request.shard_iterator_type);
  if (starts_at_number(type) == request.sequence_number.has_value()) return {};
  const std::string_view rule = starts_at_number(type) ? "is required" : "should not be specified";
  return validation_error("One or more parameter values were invalid: SequenceNumber " +
                          std::string(rule) + " for ShardIteratorType " + type);
}

// The record that a sequence number of the request names, or the first one behind it.
Result<std::uint64_t> numbered_record(const Context& context, const StreamRequest& request,
                                      const StreamAccess& access, const Shard& shard) {
  const std::optional<SequenceNumber> number = SequenceNumber::parse(*request.sequence_number);
  if (!number) return validation_error("Invalid SequenceNumber");
  const bool is_at = *request.shard_iterator_type == "AT_SEQUENCE_NUMBER";
  const std::uint64_t asked =
      is_at ? number->first_at(shard.number) : number->first_after(shard.number);
  const std::uint64_t record = std::max(asked, first_record_of(shard.generation));
  const std::uint64_t horizon = TRY(
      trim_horizon(*context.engine.store, *access.stream, shard, record_window(context).oldest));
  if (record >= horizon) return record;
  return Error(ErrorCode::trimmed_data_access,
               "The data you are trying to access has been trimmed");
}

// The first record that comes from now on.
Result<std::uint64_t> latest_record(const Context& context, const StreamAccess& access,
                                    const Shard& shard) {
  const ShardEnd end = access.stream->end_of(shard);
  if (end.settled < UINT64_MAX) return end.settled + 1;
  const auto last = TRY(last_record(*context.engine.store, *access.stream, shard));
  return last ? *last + 1 : first_record_of(shard.generation);
}

Result<std::uint64_t> first_record(const Context& context, const StreamRequest& request,
                                   const StreamAccess& access, const Shard& shard) {
  const std::string_view type = *request.shard_iterator_type;
  if (starts_at_number(type)) return numbered_record(context, request, access, shard);
  if (type == "LATEST") return latest_record(context, access, shard);
  return kTrimHorizon;
}

}  // namespace

Result<void> get_shard_iterator(const Context& context, JsonWriter* json) {
  const StreamRequest request =
      TRY(read_get_shard_iterator_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kGetShardIteratorRules, context));
  TRY(check_sequence_number(request));
  const StreamAccess access = TRY(find_stream(context, *request.stream_arn));
  const Shard* const shard = TRY(find_shard(access, *request.shard_id));
  const std::uint64_t first = TRY(first_record(context, request, access, *shard));
  json->begin_object();
  json->member("ShardIterator",
               encode_shard_iterator({.stream_arn = std::string(*request.stream_arn),
                                      .shard = shard->number,
                                      .next = first,
                                      .issued = context.now}));
  json->end_object();
  return {};
}

}  // namespace stator
