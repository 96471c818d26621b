// The requests UpdateTimeToLive and DescribeTimeToLive: as their JSON gave them: typed, but not yet
// checked.
#pragma once

#include <optional>
#include <string_view>

#include "api/json_reader.h"
#include "base/result.h"

namespace stator {

// Texts belong to the JSON reader and are good until it opens the next request.
struct TimeToLiveRequest {
  std::optional<std::string_view> table_name;
  bool has_specification = false;
  std::optional<bool> enabled;
  std::optional<std::string_view> attribute;
};

//   errors  serialization
Result<TimeToLiveRequest> read_time_to_live_request(std::string_view json, JsonReader* reader);

}  // namespace stator
