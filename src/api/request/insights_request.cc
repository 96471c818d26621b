#include "api/request/insights_request.h"

#include <algorithm>
#include <initializer_list>

#include "api/constraint_errors.h"
#include "api/request/shape_reader.h"
#include "base/limits.h"

namespace stator {
namespace {

constexpr std::string_view kAccessedAndThrottled = "ACCESSED_AND_THROTTLED_KEYS";
constexpr std::string_view kThrottled = "THROTTLED_KEYS";

// The service model has the upper one; a page of less than one summary would have no end.
constexpr std::int64_t kMaxResultsMin = 1;
constexpr std::int64_t kMaxResultsMax = 100;

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

void check_index_name(const InsightsRequest& request, ConstraintErrors* errors) {
  errors->name_pattern(request.index_name, "indexName");
  errors->length(request.index_name, "indexName", kTableNameBytesMin, kTableNameBytesMax);
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

Result<void> check_update_insights_constraints(const InsightsRequest& request) {
  ConstraintErrors errors;
  check_index_name(request, &errors);
  errors.require(request.action.has_value(), "contributorInsightsAction");
  errors.one_of(request.action, "contributorInsightsAction", {"ENABLE", "DISABLE"});
  errors.one_of(request.mode, "contributorInsightsMode", {kAccessedAndThrottled, kThrottled});
  return errors.result();
}

Result<void> check_describe_insights_constraints(const InsightsRequest& request) {
  ConstraintErrors errors;
  check_index_name(request, &errors);
  return errors.result();
}

Result<void> check_list_insights_constraints(const InsightsRequest& request) {
  ConstraintErrors errors;
  errors.at_least(request.max_results, "maxResults", kMaxResultsMin);
  errors.at_most(request.max_results, "maxResults", kMaxResultsMax);
  return errors.result();
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
