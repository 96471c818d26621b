// What the operations of resource policies share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/request/resource_request.h"
#include "base/result.h"
#include "model/resource_policy.h"

namespace stator {

// What ExpectedRevisionId says when there must be no policy yet.
inline constexpr std::string_view kNoPolicy = "NO_POLICY";

Error policy_not_found(std::string_view arn);

// Whether the policy is of the revision that the request expects.
//   errors  policy_not_found
Result<void> check_revision(const ResourceRequest& request,
                            const std::optional<ResourcePolicy>& policy);

// The policy that a document makes of the one before, where there is one: the same document again
// keeps its revision.
//   errors  validation: the document is too long
Result<ResourcePolicy> plan_policy(std::string_view document,
                                   const std::optional<ResourcePolicy>& before, TimePoint now);

// {"RevisionId": ".."}
void write_revision(std::string_view revision, JsonWriter* json);

}  // namespace stator
