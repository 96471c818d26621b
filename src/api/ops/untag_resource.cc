#include <algorithm>

#include "api/operations.h"
#include "api/ops/resource_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/resource_request.h"
#include "api/request/resource_rules.h"

namespace stator {
// AWS answers with an empty body. Keys that no tag has do not matter.
Result<void> untag_resource(const Context& context, JsonWriter*) {
  const ResourceRequest request = TRY(read_resource_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kUntagResourceRules, context));
  TRY(table_of_arn(*request.resource_arn, context));
  const std::vector<std::string_view>& keys = *request.tag_keys;
  if (keys.empty()) return validation_error("Atleast one Tag Key needs to be provided as Input.");
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table =
        TRY(find_changeable_resource(catalog, *request.resource_arn, context));
    TableDefinition after = table->definition;
    std::erase_if(after.tags, [&keys](const Tag& tag) {
      return std::find(keys.begin(), keys.end(), tag.key) != keys.end();
    });
    return after;
  };
  TRY(context.engine.catalog->put(decide));
  return {};
}

}  // namespace stator
