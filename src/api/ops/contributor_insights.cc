#include "api/ops/contributor_insights.h"

#include <array>

namespace stator {
namespace {

constexpr std::array<std::string_view, 4> kStatusNames = {"ENABLING", "ENABLED", "DISABLING",
                                                          "DISABLED"};

}  // namespace

Result<InsightsResource> find_insights_resource(const TableDefinition& table,
                                                const InsightsRequest& request, TimePoint now) {
  InsightsResource resource{.table = &table, .index = nullptr};
  if (!request.index_name) return resource;
  resource.index = table.find_index(*request.index_name, now);
  if (resource.index != nullptr && resource.index->kind == IndexKind::global) return resource;
  return Error(ErrorCode::resource_not_found, "Requested resource not found: Index " +
                                                  std::string(*request.index_name) + " for table " +
                                                  table.name);
}

std::string_view name_of(InsightsStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

InsightsStatus status_of(const InsightsResource& resource, TimePoint now) {
  const std::optional<ContributorInsights>& insights = resource.insights();
  return insights ? insights->status_at(now) : InsightsStatus::disabled;
}

void write_insights_members(const InsightsResource& resource, InsightsStatus status,
                            JsonWriter* json) {
  json->member("TableName", resource.table->name);
  if (resource.index != nullptr) json->member("IndexName", resource.index->name);
  json->member("ContributorInsightsStatus", name_of(status));
  if (resource.insights()) {
    json->member("ContributorInsightsMode", name_of(resource.insights()->mode));
  }
}

}  // namespace stator
