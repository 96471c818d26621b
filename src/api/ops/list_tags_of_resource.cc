#include <algorithm>

#include "api/operations.h"
#include "api/ops/resource_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/resource_request.h"
#include "api/request/resource_rules.h"

namespace stator {

// All tags, by key: at most fifty, which is one page, so that there is never a NextToken.
Result<void> list_tags_of_resource(const Context& context, JsonWriter* json) {
  const ResourceRequest request = TRY(read_resource_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kListTagsOfResourceRules, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const Table* const table = TRY(find_resource(*catalog, *request.resource_arn, context));
  if (request.next_token) return validation_error("Invalid NextToken");
  std::vector<Tag> tags = table->definition.tags;
  std::sort(tags.begin(), tags.end(), [](const Tag& a, const Tag& b) { return a.key < b.key; });
  json->begin_object();
  json->member("Tags");
  json->begin_array();
  for (const Tag& tag : tags) {
    json->element();
    json->begin_object();
    json->member("Key", tag.key);
    json->member("Value", tag.value);
    json->end_object();
  }
  json->end_array();
  json->end_object();
  return {};
}

}  // namespace stator
