#include "api/operations.h"
#include "api/ops/policy_operation.h"
#include "api/ops/resource_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/resource_rules.h"

namespace stator {

Result<void> get_resource_policy(const Context& context, JsonWriter* json) {
  const ResourceRequest request = TRY(read_resource_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kGetResourcePolicyRules, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const PolicyOwner owner =
      TRY(find_policy_owner(find_resource, *catalog, *request.resource_arn, context));
  const std::optional<ResourcePolicy>& policy = owner.policy();
  if (!policy) return policy_not_found(*request.resource_arn);
  json->begin_object();
  json->member("Policy", policy->document);
  json->member("RevisionId", policy->revision);
  json->end_object();
  return {};
}

}  // namespace stator
