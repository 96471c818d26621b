// The requests of the Contributor Insights operations: as their JSON gave them: typed, but not yet
// checked.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "api/json_reader.h"
#include "base/result.h"
#include "model/contributor_insights.h"

namespace stator {

// Their members overlap so far that one structure serves all three. Texts belong to the JSON reader
// and are good until it opens the next request.
struct InsightsRequest {
  std::optional<std::string_view> table_name;
  std::optional<std::string_view> index_name;
  std::optional<std::string_view> action;
  std::optional<std::string_view> mode;
  std::optional<std::string_view> next_token;
  std::optional<std::int64_t> max_results;
};

//   errors  serialization
Result<InsightsRequest> read_update_insights_request(std::string_view json, JsonReader* reader);
Result<InsightsRequest> read_describe_insights_request(std::string_view json, JsonReader* reader);
Result<InsightsRequest> read_list_insights_request(std::string_view json, JsonReader* reader);

// "THROTTLED_KEYS"
std::string_view name_of(InsightsMode mode);
// Of a request that was checked.
std::optional<InsightsMode> requested_mode(const InsightsRequest& request);

}  // namespace stator
