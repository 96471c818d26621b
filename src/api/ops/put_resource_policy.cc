#include "api/operations.h"
#include "api/ops/policy_operation.h"
#include "api/ops/resource_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/resource_rules.h"

namespace stator {
Result<void> put_resource_policy(const Context& context, JsonWriter* json) {
  const ResourceRequest request = TRY(read_resource_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kPutResourcePolicyRules, context));
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table =
        TRY(find_changeable_resource(catalog, *request.resource_arn, context));
    TRY(check_revision(request, table->definition.policy));
    TableDefinition after = table->definition;
    after.policy = TRY(plan_policy(*request.policy, table->definition.policy, context.now));
    return after;
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(decide));
  write_revision(table->definition.policy->revision, json);
  return {};
}

}  // namespace stator
