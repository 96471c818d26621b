#include <chrono>

#include "api/operations.h"
#include "api/ops/policy_operation.h"
#include "api/ops/resource_operation.h"
#include "base/limits.h"

namespace stator {
namespace {

Result<void> check_constraints(const ResourceRequest& request) {
  ConstraintErrors errors;
  check_resource_members(request, &errors);
  errors.require(request.policy.has_value(), "policy");
  return errors.result();
}

// A revision is the time in milliseconds, and later than the one before.
std::string next_revision(const std::optional<ResourcePolicy>& before, TimePoint now) {
  const auto milliseconds =
      std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::string revision = std::to_string(milliseconds);
  if (!before || before->revision < revision) return revision;
  return std::to_string(std::stoll(before->revision) + 1);
}

// The same document again keeps its revision.
ResourcePolicy policy_of(const ResourceRequest& request,
                         const std::optional<ResourcePolicy>& before, TimePoint now) {
  if (before && before->document == *request.policy) return *before;
  return {.document = std::string(*request.policy), .revision = next_revision(before, now)};
}

}  // namespace

Result<void> put_resource_policy(const Context& context, JsonWriter* json) {
  const ResourceRequest request = TRY(read_resource_request(context.json, &context.scratch.reader));
  TRY(check_constraints(request));
  if (request.policy->size() > kPolicyBytesMax) {
    return validation_error("Resource-based policy document exceeds the maximum size of " +
                            std::to_string(kPolicyBytesMax) + " bytes");
  }
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table =
        TRY(find_changeable_resource(catalog, *request.resource_arn, context));
    TRY(check_revision(request, table->definition.policy));
    TableDefinition after = table->definition;
    after.policy = policy_of(request, table->definition.policy, context.now);
    return after;
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(decide));
  write_revision(table->definition.policy->revision, json);
  return {};
}

}  // namespace stator
