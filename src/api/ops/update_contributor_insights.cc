#include <utility>

#include "api/operations.h"
#include "api/ops/contributor_insights.h"
#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"

namespace stator {
namespace {

// What the request makes of the setting. What is as the request wants it stays, its age included.
std::optional<ContributorInsights> decide(const std::optional<ContributorInsights>& before,
                                          const InsightsRequest& request, const Context& context) {
  const bool was_enabled = before && before->enabled;
  const bool enable = request.action == "ENABLE";
  ContributorInsights after;
  if (was_enabled) after.mode = before->mode;
  if (enable) after.mode = requested_mode(request).value_or(after.mode);
  if (enable == was_enabled && (!enable || after.mode == before->mode)) return before;
  after.enabled = enable;
  after.changed = context.now;
  after.until = context.now + context.engine.transitions.updating;
  return after;
}

std::optional<ContributorInsights>& insights_of(const InsightsResource& resource,
                                                TableDefinition* table) {
  if (resource.index == nullptr) return table->insights;
  const auto place = static_cast<std::size_t>(resource.index - resource.table->indexes.data());
  return table->indexes[place].insights;
}

// The reply names the status that the request led into, however soon it passes.
InsightsStatus entered(const ContributorInsights& insights) {
  return insights.enabled ? InsightsStatus::enabling : InsightsStatus::disabling;
}

}  // namespace

Result<void> update_contributor_insights(const Context& context, JsonWriter* json) {
  const InsightsRequest request =
      TRY(read_update_insights_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kUpdateInsightsRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  bool changed = false;
  const auto change = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table = TRY(find_ready_table(catalog, named, context));
    const InsightsResource resource =
        TRY(find_insights_resource(table->definition, request, context.now));
    TableDefinition after = table->definition;
    std::optional<ContributorInsights>& insights = insights_of(resource, &after);
    insights = decide(resource.insights(), request, context);
    changed = insights != resource.insights();
    return after;
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(change));
  const InsightsResource resource =
      TRY(find_insights_resource(table->definition, request, context.now));
  json->begin_object();
  write_insights_members(
      resource, changed ? entered(*resource.insights()) : status_of(resource, context.now), json);
  json->end_object();
  return {};
}

}  // namespace stator
