#include <algorithm>
#include <tuple>
#include <vector>

#include "api/operations.h"
#include "api/ops/stream_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/stream_request.h"
#include "api/request/stream_rules.h"
#include "api/table_access.h"

namespace stator {
namespace {

constexpr std::int64_t kDefaultLimit = 100;

// Streams are listed by table, and those of one table from the oldest on.
struct Listed {
  std::string table;
  std::string label;
  auto operator<=>(const Listed&) const = default;
};

// All that a caller may see behind `after`, in order.
std::vector<Listed> listed_streams(const Context& context, const StreamRequest& request,
                                   const std::optional<Listed>& after) {
  std::vector<Listed> listed;
  const StreamStore& store = *context.engine.streams;
  const StreamsSnapshot streams = store.snapshot();
  for (const auto& [keyspace, live] : streams->all()) {
    const Stream& stream = live->definition();
    if (stream.space != space_of(context.call.caller)) continue;
    if (stream.is_gone_at(context.now, store.times())) continue;
    if (request.table_name && stream.table != *request.table_name) continue;
    Listed each{.table = stream.table, .label = stream_label(stream.created)};
    if (!after || each > *after) listed.push_back(std::move(each));
  }
  std::sort(listed.begin(), listed.end());
  return listed;
}

void write_stream(const Listed& stream, std::string_view arn, JsonWriter* json) {
  json->element();
  json->begin_object();
  json->member("StreamArn", arn);
  json->member("TableName", stream.table);
  json->member("StreamLabel", stream.label);
  json->end_object();
}

}  // namespace

Result<void> list_streams(const Context& context, JsonWriter* json) {
  const StreamRequest request =
      TRY(read_list_streams_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kListStreamsRules, context));
  std::optional<Listed> after;
  if (request.exclusive_start_stream_arn) {
    // The stream may be gone meanwhile.
    const StreamArnView start = TRY(stream_arn_of(*request.exclusive_start_stream_arn));
    after = {.table = std::string(start.table), .label = std::string(start.label)};
  }
  context.engine.streams->catch_up_if_due(context.now);
  std::vector<Listed> streams = listed_streams(context, request, after);
  const auto limit = static_cast<std::size_t>(request.limit.value_or(kDefaultLimit));
  const bool has_more = streams.size() > limit;
  if (has_more) streams.resize(limit);
  std::string arn;
  json->begin_object();
  json->member("Streams");
  json->begin_array();
  for (const Listed& stream : streams) {
    arn = stream_arn(context.call.caller.region, stream.table, stream.label);
    write_stream(stream, arn, json);
  }
  json->end_array();
  if (has_more) json->member("LastEvaluatedStreamArn", arn);
  json->end_object();
  return {};
}

}  // namespace stator
