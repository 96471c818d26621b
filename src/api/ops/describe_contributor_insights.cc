#include <chrono>
#include <string>

#include "api/operations.h"
#include "api/ops/contributor_insights.h"
#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {
namespace {

// DynamoDBContributorInsights-PKC-Music-1576629651520: the partition key (PK) or the whole key (SK)
// of what is accessed (C) or throttled (T), the table with an index behind it, and when the rules
// were made.
//
// Source: AWS CLI reference, describe-contributor-insights; developer guide, "How it works".
std::string rule_name(std::string_view kind, const InsightsResource& resource, TimePoint made) {
  std::string name = "DynamoDBContributorInsights-" + std::string(kind) + "-";
  name += resource.table->name;
  if (resource.index != nullptr) name += "-" + resource.index->name;
  const auto milliseconds =
      std::chrono::floor<std::chrono::milliseconds>(made.time_since_epoch()).count();
  return name + "-" + std::to_string(milliseconds);
}

void write_rules(const InsightsResource& resource, JsonWriter* json) {
  const ContributorInsights& insights = *resource.insights();
  const auto write = [&](std::string_view kind) {
    json->element();
    json->string(rule_name(kind, resource, insights.changed));
  };
  const bool has_sort_key = !resource.key().sort.empty();
  json->member("ContributorInsightsRuleList");
  json->begin_array();
  if (insights.mode == InsightsMode::accessed_and_throttled_keys) {
    write("PKC");
    if (has_sort_key) write("SKC");
  }
  write("PKT");
  if (has_sort_key) write("SKT");
  json->end_array();
}

}  // namespace

Result<void> describe_contributor_insights(const Context& context, JsonWriter* json) {
  const InsightsRequest request =
      TRY(read_describe_insights_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDescribeInsightsRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const Table* const table = TRY(find_any_table(*catalog, named, context));
  const InsightsResource resource =
      TRY(find_insights_resource(table->definition, request, context.now));
  json->begin_object();
  write_insights_members(resource, status_of(resource, context.now), json);
  if (resource.insights()) {
    if (resource.insights()->enabled) write_rules(resource, json);
    json->member("LastUpdateDateTime");
    json->time(resource.insights()->changed);
  }
  json->end_object();
  return {};
}

}  // namespace stator
