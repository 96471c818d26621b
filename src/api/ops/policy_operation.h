// What the operations of resource policies share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/request/resource_request.h"
#include "base/result.h"
#include "model/table.h"
#include "storage/catalog.h"

namespace stator {

// What ExpectedRevisionId says when there must be no policy yet.
inline constexpr std::string_view kNoPolicy = "NO_POLICY";

// What a policy is of: a table, or the stream that it has or had last.
struct PolicyOwner {
  const Table* table = nullptr;
  bool is_stream = false;

  const std::optional<ResourcePolicy>& policy() const {
    return is_stream ? table->definition.stream->policy : table->definition.policy;
  }

  // That of a changed definition of the table.
  std::optional<ResourcePolicy>& policy_in(TableDefinition* table_after) const {
    return is_stream ? table_after->stream->policy : table_after->policy;
  }
};

// How a table is found by its ARN: find_resource or find_changeable_resource.
using FindResource = Result<const Table*> (*)(const Catalog& catalog, std::string_view arn,
                                              const Context& context);

// The table or stream that an ARN means.
//   errors  as those of `find`; resource_not_found: no such stream, or one that another followed
Result<PolicyOwner> find_policy_owner(FindResource find, const Catalog& catalog,
                                      std::string_view arn, const Context& context);

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
