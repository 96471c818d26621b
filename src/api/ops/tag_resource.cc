#include <algorithm>

#include "api/operations.h"
#include "api/ops/resource_operation.h"
#include "api/ops/table_settings.h"
#include "api/request/constraint_check.h"
#include "api/request/resource_request.h"
#include "api/request/resource_rules.h"

namespace stator {
namespace {

// A tag with a key that is there already takes its place.
void merge(const std::vector<Tag>& added, std::vector<Tag>* tags) {
  for (const Tag& tag : added) {
    const auto same = std::find_if(tags->begin(), tags->end(),
                                   [&tag](const Tag& other) { return other.key == tag.key; });
    if (same == tags->end()) {
      tags->push_back(tag);
    } else {
      same->value = tag.value;
    }
  }
}

}  // namespace

// AWS answers with an empty body.
Result<void> tag_resource(const Context& context, JsonWriter*) {
  const ResourceRequest request = TRY(read_resource_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kTagResourceRules, context));
  TRY(table_of_arn(*request.resource_arn, context));
  if (request.tags->empty()) {
    return validation_error("Atleast one Tag needs to be provided as Input.");
  }
  const std::vector<Tag> added = TRY(plan_tags(request.tags));
  const auto decide = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table =
        TRY(find_changeable_resource(catalog, *request.resource_arn, context));
    TableDefinition after = table->definition;
    merge(added, &after.tags);
    TRY(check_tag_count(after.tags));
    return after;
  };
  TRY(context.engine.catalog->put(decide));
  return {};
}

}  // namespace stator
