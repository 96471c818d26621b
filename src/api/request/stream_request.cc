#include "api/request/stream_request.h"

#include <span>

#include "api/constraint_errors.h"
#include "api/request/shape_reader.h"
#include "base/limits.h"
#include "streams/shard_iterator.h"
#include "streams/shard_reader.h"

namespace stator {
namespace {

// AWS: streams of one page of ListStreams, shards of one of DescribeStream.
constexpr std::int64_t kPageMax = 100;

// Source: the service model.
constexpr std::size_t kStreamArnBytesMin = 37;
constexpr std::size_t kStreamArnBytesMax = 1024;
constexpr std::size_t kShardIdBytesMin = 28;
constexpr std::size_t kShardIdBytesMax = 65;
constexpr std::size_t kSequenceNumberBytesMin = 21;
constexpr std::size_t kSequenceNumberBytesMax = 40;

// ---- Members ----

// Reads the value of a member, which is not null.
using ReadMember = Result<void> (*)(JsonValue* json, StreamRequest* request);

struct StreamMember {
  std::string_view name;
  ReadMember read;
};

template <std::optional<std::string_view> StreamRequest::*member>
Result<void> read_text(JsonValue* json, StreamRequest* request) {
  return assign(json->string(), &(request->*member));
}

Result<void> read_limit(JsonValue* json, StreamRequest* request) {
  return assign(json->integer(), &request->limit);
}

Result<void> read_shard_filter(JsonValue* json, StreamRequest* request) {
  ShardFilterRequest& filter = request->shard_filter.emplace();
  JsonMembers members = TRY(structure_of(json, "ShardFilter", Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "Type") return assign(value->string(), &filter.type);
    if (name == "ShardId") return assign(value->string(), &filter.shard_id);
    return value->skip();
  });
}

constexpr StreamMember kStreamArn = {"StreamArn", read_text<&StreamRequest::stream_arn>};
constexpr StreamMember kLimit = {"Limit", read_limit};

constexpr StreamMember kListStreams[] = {
    {"TableName", read_text<&StreamRequest::table_name>},
    kLimit,
    {"ExclusiveStartStreamArn", read_text<&StreamRequest::exclusive_start_stream_arn>},
};

constexpr StreamMember kDescribeStream[] = {
    kStreamArn,
    kLimit,
    {"ExclusiveStartShardId", read_text<&StreamRequest::exclusive_start_shard_id>},
    {"ShardFilter", read_shard_filter},
};

constexpr StreamMember kGetShardIterator[] = {
    kStreamArn,
    {"ShardId", read_text<&StreamRequest::shard_id>},
    {"ShardIteratorType", read_text<&StreamRequest::shard_iterator_type>},
    {"SequenceNumber", read_text<&StreamRequest::sequence_number>},
};

constexpr StreamMember kGetRecords[] = {
    {"ShardIterator", read_text<&StreamRequest::shard_iterator>},
    kLimit,
};

Result<StreamRequest> read_request(std::string_view json, std::span<const StreamMember> known,
                                   JsonReader* reader) {
  StreamRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    for (const StreamMember& member : known) {
      if (member.name == name) return member.read(value, &request);
    }
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

// ---- Constraints ----

void check_limit(const StreamRequest& request, std::int64_t most, ConstraintErrors* errors) {
  errors->at_least(request.limit, "limit", 1);
  errors->at_most(request.limit, "limit", most);
}

void check_arn(const std::optional<std::string_view>& arn, std::string_view path,
               ConstraintErrors* errors) {
  errors->length(arn, path, kStreamArnBytesMin, kStreamArnBytesMax);
}

void check_shard_id(const std::optional<std::string_view>& id, std::string_view path,
                    ConstraintErrors* errors) {
  errors->length(id, path, kShardIdBytesMin, kShardIdBytesMax);
}

}  // namespace

Result<StreamRequest> read_list_streams_request(std::string_view json, JsonReader* reader) {
  StreamRequest request = TRY(read_request(json, kListStreams, reader));
  ConstraintErrors errors;
  errors.name_pattern(request.table_name, "tableName");
  errors.length(request.table_name, "tableName", kTableNameBytesMin, kTableNameBytesMax);
  check_limit(request, kPageMax, &errors);
  check_arn(request.exclusive_start_stream_arn, "exclusiveStartStreamArn", &errors);
  TRY(errors.result());
  return request;
}

Result<StreamRequest> read_describe_stream_request(std::string_view json, JsonReader* reader) {
  StreamRequest request = TRY(read_request(json, kDescribeStream, reader));
  ConstraintErrors errors;
  errors.require(request.stream_arn.has_value(), "streamArn");
  check_arn(request.stream_arn, "streamArn", &errors);
  check_limit(request, kPageMax, &errors);
  check_shard_id(request.exclusive_start_shard_id, "exclusiveStartShardId", &errors);
  if (request.shard_filter) {
    errors.one_of(request.shard_filter->type, "shardFilter.type", {"CHILD_SHARDS"});
    check_shard_id(request.shard_filter->shard_id, "shardFilter.shardId", &errors);
  }
  TRY(errors.result());
  return request;
}

Result<StreamRequest> read_get_shard_iterator_request(std::string_view json, JsonReader* reader) {
  StreamRequest request = TRY(read_request(json, kGetShardIterator, reader));
  ConstraintErrors errors;
  errors.require(request.stream_arn.has_value(), "streamArn");
  check_arn(request.stream_arn, "streamArn", &errors);
  errors.require(request.shard_id.has_value(), "shardId");
  check_shard_id(request.shard_id, "shardId", &errors);
  errors.require(request.shard_iterator_type.has_value(), "shardIteratorType");
  errors.one_of(request.shard_iterator_type, "shardIteratorType",
                {"TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"});
  errors.length(request.sequence_number, "sequenceNumber", kSequenceNumberBytesMin,
                kSequenceNumberBytesMax);
  TRY(errors.result());
  return request;
}

Result<StreamRequest> read_get_records_request(std::string_view json, JsonReader* reader) {
  StreamRequest request = TRY(read_request(json, kGetRecords, reader));
  ConstraintErrors errors;
  errors.require(request.shard_iterator.has_value(), "shardIterator");
  errors.length(request.shard_iterator, "shardIterator", 1, kShardIteratorBytesMax);
  check_limit(request, static_cast<std::int64_t>(kStreamPageRecordsMax), &errors);
  TRY(errors.result());
  return request;
}

}  // namespace stator
