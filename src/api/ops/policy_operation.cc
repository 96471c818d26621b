#include "api/ops/policy_operation.h"

namespace stator {

Error policy_not_found(std::string_view arn) {
  return Error(ErrorCode::policy_not_found,
               "Resource-based policy not found for the provided ResourceArn: " + std::string(arn));
}

Result<void> check_revision(const ResourceRequest& request,
                            const std::optional<ResourcePolicy>& policy) {
  if (!request.expected_revision) return {};
  const std::string_view revision = policy ? std::string_view(policy->revision) : kNoPolicy;
  if (*request.expected_revision == revision) return {};
  return policy_not_found(*request.resource_arn);
}

void write_revision(std::string_view revision, JsonWriter* json) {
  json->begin_object();
  json->member("RevisionId", revision);
  json->end_object();
}

}  // namespace stator
