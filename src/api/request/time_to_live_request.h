// The requests UpdateTimeToLive and DescribeTimeToLive: read, and checked by themselves.
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

// Of UpdateTimeToLive. The table's name is not among these: it is checked first and alone.
//   errors  validation
Result<void> check_time_to_live_constraints(const TimeToLiveRequest& request);

}  // namespace stator
