#include "api/operations.h"
#include "api/ops/policy_operation.h"
#include "api/ops/resource_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/resource_rules.h"

namespace stator {

// Where there is no policy there is nothing to do, and the revision is empty.
Result<void> delete_resource_policy(const Context& context, JsonWriter* json) {
  const ResourceRequest request = TRY(read_resource_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDeleteResourcePolicyRules, context));
  std::string revision;
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const PolicyOwner owner =
        TRY(find_policy_owner(find_changeable_resource, catalog, *request.resource_arn, context));
    TRY(check_revision(request, owner.policy()));
    if (owner.policy()) revision = owner.policy()->revision;
    TableDefinition after = owner.table->definition;
    owner.policy_in(&after).reset();
    return after;
  };
  TRY(context.engine.catalog->put(decide));
  write_revision(revision, json);
  return {};
}

}  // namespace stator
