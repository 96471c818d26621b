#include "api/request/insights_request.h"

#include <algorithm>
#include <initializer_list>

#include "api/request/shape_reader.h"

namespace stator {
namespace {

constexpr std::string_view kAccessedAndThrottled = "ACCESSED_AND_THROTTLED_KEYS";
constexpr std::string_view kThrottled = "THROTTLED_KEYS";

Result<void> read_member(std::string_view name, JsonValue* value, InsightsRequest* request) {
  if (name == "TableName") return assign(value->string(), &request->table_name);
  if (name == "IndexName") return assign(value->string(), &request->index_name);
  if (name == "ContributorInsightsAction") return assign(value->string(), &request->action);
  if (name == "ContributorInsightsMode") return assign(value->string(), &request->mode);
  if (name == "NextToken") return assign(value->string(), &request->next_token);
  return assign(value->integer(), &request->max_results);
}

Result<InsightsRequest> read_request(std::string_view json,
                                     std::initializer_list<std::string_view> known,
                                     JsonReader* reader) {
  InsightsRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (std::find(known.begin(), known.end(), name) == known.end()) return value->skip();
    return read_member(name, value, &request);
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

}  // namespace

Result<InsightsRequest> read_update_insights_request(std::string_view json, JsonReader* reader) {
  return read_request(
      json, {"TableName", "IndexName", "ContributorInsightsAction", "ContributorInsightsMode"},
      reader);
}

Result<InsightsRequest> read_describe_insights_request(std::string_view json, JsonReader* reader) {
  return read_request(json, {"TableName", "IndexName"}, reader);
}

Result<InsightsRequest> read_list_insights_request(std::string_view json, JsonReader* reader) {
  return read_request(json, {"TableName", "NextToken", "MaxResults"}, reader);
}

std::string_view name_of(InsightsMode mode) {
  return mode == InsightsMode::throttled_keys ? kThrottled : kAccessedAndThrottled;
}

std::optional<InsightsMode> requested_mode(const InsightsRequest& request) {
  if (!request.mode) return std::nullopt;
  return *request.mode == kThrottled ? InsightsMode::throttled_keys
                                     : InsightsMode::accessed_and_throttled_keys;
}

}  // namespace stator
