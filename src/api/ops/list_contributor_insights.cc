#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "api/operations.h"
#include "api/ops/contributor_insights.h"
#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"
#include "api/table_access.h"
#include "base/base64.h"

namespace stator {
namespace {

constexpr std::int64_t kDefaultMaxResults = 100;

// A table or an index in the order of the list: by name, a table before its indexes. Names have no
// '/', so it stands between them in a token.
using Place = std::pair<std::string, std::string>;

std::string token_of(const InsightsResource& resource) {
  std::string place = resource.table->name + "/";
  if (resource.index != nullptr) place += resource.index->name;
  std::string token;
  append_base64(place, &token);
  return token;
}

Result<Place> place_of(std::string_view token) {
  std::string place;
  const Result<void> decoded = decode_base64(token, &place);
  const std::size_t slash = place.find('/');
  if (!decoded || slash == std::string::npos) return validation_error("Invalid NextToken");
  return Place(place.substr(0, slash), place.substr(slash + 1));
}

// A table and its global indexes, without those up to `after`.
void append_resources(const TableDefinition& table, const std::optional<Place>& after,
                      TimePoint now, std::vector<InsightsResource>* resources) {
  const auto append = [&](const IndexDefinition* index) {
    if (after && Place(table.name, index == nullptr ? "" : index->name) <= *after) return;
    resources->push_back({.table = &table, .index = index});
  };
  append(nullptr);
  std::vector<const IndexDefinition*> indexes;
  for (const IndexDefinition& index : table.indexes) {
    if (index.kind == IndexKind::global && index.status_at(now)) indexes.push_back(&index);
  }
  std::sort(indexes.begin(), indexes.end(),
            [](const auto* a, const auto* b) { return a->name < b->name; });
  std::for_each(indexes.begin(), indexes.end(), append);
}

// At most `limit` of all tables, or of the one that the request names.
Result<std::vector<InsightsResource>> list(const Catalog& catalog, const InsightsRequest& request,
                                           std::size_t limit, const Context& context) {
  std::optional<Place> after;
  if (request.next_token) after = TRY(place_of(*request.next_token));
  std::vector<InsightsResource> resources;
  if (request.table_name) {
    const NamedTable named = TRY(named_table(request.table_name, context));
    const Table* const table = TRY(find_any_table(catalog, named, context));
    append_resources(table->definition, after, context.now, &resources);
  } else {
    const std::string_view space = space_of(context.call.caller);
    const auto& tables = catalog.tables();
    auto at = tables.lower_bound(std::pair(space, std::string_view(after ? after->first : "")));
    for (; at != tables.end() && at->first.first == space && resources.size() < limit; ++at) {
      const TableDefinition& table = at->second->definition;
      if (table.status_at(context.now)) {
        append_resources(table, after, context.now, &resources);
      }
    }
  }
  if (resources.size() > limit) resources.resize(limit);
  return resources;
}

// AWS's model has no lower bound of MaxResults; a page of nothing would have no end.
std::int64_t page_size(const InsightsRequest& request) {
  const std::int64_t asked = request.max_results.value_or(kDefaultMaxResults);
  return asked < 1 ? kDefaultMaxResults : asked;
}

}  // namespace

Result<void> list_contributor_insights(const Context& context, JsonWriter* json) {
  const InsightsRequest request =
      TRY(read_list_insights_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kListInsightsRules, context));
  if (request.table_name) TRY(named_table(request.table_name, context));
  const auto limit = static_cast<std::size_t>(page_size(request));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  // One more than asked for tells whether there are more.
  std::vector<InsightsResource> resources = TRY(list(*catalog, request, limit + 1, context));
  const bool more = resources.size() > limit;
  if (more) resources.pop_back();
  json->begin_object();
  json->member("ContributorInsightsSummaries");
  json->begin_array();
  for (const InsightsResource& resource : resources) {
    json->element();
    json->begin_object();
    write_insights_members(resource, status_of(resource, context.now), json);
    json->end_object();
  }
  json->end_array();
  if (more) json->member("NextToken", token_of(resources.back()));
  json->end_object();
  return {};
}

}  // namespace stator
