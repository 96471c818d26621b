#include "api/description_parts.h"
#include "api/operations.h"
#include "api/ops/stream_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/stream_request.h"
#include "api/request/stream_rules.h"
#include "streams/sequence_number.h"

namespace stator {
namespace {

constexpr std::int64_t kDefaultLimit = 100;

// The shards that the request asks for, from the oldest on.
Result<std::vector<const Shard*>> asked_shards(const StreamRequest& request,
                                               const StreamShards& shards) {
  std::vector<const Shard*> asked = shards.after(request.exclusive_start_shard_id.value_or(""));
  if (!request.shard_filter) return asked;
  if (!request.shard_filter->type || !request.shard_filter->shard_id) {
    return validation_error(
        "One or more parameter values were invalid: ShardFilter needs both "
        "Type and ShardId");
  }
  const Shard* const parent = shards.find(*request.shard_filter->shard_id);
  std::erase_if(asked, [parent](const Shard* shard) {
    return parent == nullptr || shard->parent != parent->number;
  });
  return asked;
}

// Of a closed shard with a last record; one that never had any ends where it starts.
Result<std::optional<std::uint64_t>> ending(const Context& context, const LiveStream& stream,
                                            const Shard& shard) {
  std::optional<std::uint64_t> number;
  if (shard.is_open() || !stream.end_of(shard).is_final) return number;
  number = TRY(last_record(*context.engine.store, stream, shard));
  if (!number) number = first_record_of(shard.generation);
  return number;
}

void write_number(std::string_view name, std::uint64_t number, const Shard& shard,
                  JsonWriter* json) {
  std::string text;
  append_sequence_number(number, shard.number, &text);
  json->member(name, text);
}

Result<void> write_shard(const Context& context, const StreamAccess& access, const Shard& shard,
                         JsonWriter* json) {
  const auto end = TRY(ending(context, *access.stream, shard));
  const Shard* const parent = access.shards.find(shard.parent);
  json->element();
  json->begin_object();
  json->member("ShardId", shard_id(shard));
  json->member("SequenceNumberRange");
  json->begin_object();
  write_number("StartingSequenceNumber", first_record_of(shard.generation), shard, json);
  if (end) write_number("EndingSequenceNumber", *end, shard, json);
  json->end_object();
  if (parent != nullptr) json->member("ParentShardId", shard_id(*parent));
  json->end_object();
  return {};
}

void write_stream(const Context& context, const Stream& stream, JsonWriter* json) {
  json->member("StreamArn", stream_arn(context.call.caller.region, stream));
  json->member("StreamLabel", stream_label(stream.created));
  json->member("StreamStatus", name_of(stream.status_at(context.now)));
  json->member("StreamViewType", name_of(stream.view));
  write_time_member("CreationRequestDateTime", stream.created, json);
  json->member("TableName", stream.table);
  write_key_schema(stream.key, json);
}

}  // namespace

Result<void> describe_stream(const Context& context, JsonWriter* json) {
  const StreamRequest request =
      TRY(read_describe_stream_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDescribeStreamRules, context));
  const StreamAccess access = TRY(find_stream(context, *request.stream_arn));
  std::vector<const Shard*> shards = TRY(asked_shards(request, access.shards));
  const auto limit = static_cast<std::size_t>(request.limit.value_or(kDefaultLimit));
  const bool has_more = shards.size() > limit;
  if (has_more) shards.resize(limit);
  json->begin_object();
  json->member("StreamDescription");
  json->begin_object();
  write_stream(context, access.definition(), json);
  json->member("Shards");
  json->begin_array();
  for (const Shard* const shard : shards) TRY(write_shard(context, access, *shard, json));
  json->end_array();
  if (has_more) json->member("LastEvaluatedShardId", shard_id(*shards.back()));
  json->end_object();
  json->end_object();
  return {};
}

}  // namespace stator
