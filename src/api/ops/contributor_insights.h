// What the Contributor Insights operations share: which table or index they are about, and how it
// is described.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/request/insights_request.h"
#include "base/result.h"
#include "model/table.h"

namespace stator {

// A table, or a global index of it. Refers to a definition that outlives it.
struct InsightsResource {
  const TableDefinition* table = nullptr;
  const IndexDefinition* index = nullptr;  // null: the table itself

  const KeySchema& key() const { return index != nullptr ? index->key : table->key; }
  const std::optional<ContributorInsights>& insights() const {
    return index != nullptr ? index->insights : table->insights;
  }
};

// The index that a request names, or the table where it names none.
//   errors  resource_not_found: no such index, or one that is not global
Result<InsightsResource> find_insights_resource(const TableDefinition& table,
                                                const InsightsRequest& request, TimePoint now);

// "ENABLED"; what was never enabled is DISABLED.
std::string_view name_of(InsightsStatus status);
InsightsStatus status_of(const InsightsResource& resource, TimePoint now);

// The members TableName, IndexName, ContributorInsightsStatus and ContributorInsightsMode.
void write_insights_members(const InsightsResource& resource, InsightsStatus status,
                            JsonWriter* json);

}  // namespace stator
