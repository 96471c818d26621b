// The requests that name their table by a ResourceArn: those of tags and of resource policies.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "api/request/shape_reader.h"
#include "base/result.h"

namespace stator {

// Their members overlap so far that one structure serves all. Texts belong to the JSON reader and
// are good until it opens the next request.
struct ResourceRequest {
  std::optional<std::string_view> resource_arn;
  std::optional<std::vector<TextPair>> tags;
  std::optional<std::vector<std::string_view>> tag_keys;
  std::optional<std::string_view> next_token;
  std::optional<std::string_view> policy;
  std::optional<std::string_view> expected_revision;
};

//   errors  serialization
Result<ResourceRequest> read_resource_request(std::string_view json, JsonReader* reader);

}  // namespace stator
