#include "api/request/stream_request.h"

#include <span>

#include "api/request/shape_reader.h"

namespace stator {
namespace {

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

}  // namespace

Result<StreamRequest> read_list_streams_request(std::string_view json, JsonReader* reader) {
  return read_request(json, kListStreams, reader);
}

Result<StreamRequest> read_describe_stream_request(std::string_view json, JsonReader* reader) {
  return read_request(json, kDescribeStream, reader);
}

Result<StreamRequest> read_get_shard_iterator_request(std::string_view json, JsonReader* reader) {
  return read_request(json, kGetShardIterator, reader);
}

Result<StreamRequest> read_get_records_request(std::string_view json, JsonReader* reader) {
  return read_request(json, kGetRecords, reader);
}

}  // namespace stator
