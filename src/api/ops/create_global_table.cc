#include <string>

#include "api/operations.h"
#include "api/ops/table_settings.h"
#include "api/request/constraint_check.h"
#include "api/request/global_table_request.h"
#include "api/request/global_table_rules.h"
#include "api/table_access.h"

namespace stator {
namespace {

// Whether the caller has a table of that name in a region: all of them are one unless callers are
// isolated.
bool has_table(const Catalog& catalog, std::string_view name, std::string_view region,
               const Context& context) {
  const Caller& caller = context.call.caller;
  if (context.engine.isolation == Isolation::shared) {
    return catalog.find(space_of(caller), name, context.now) != nullptr;
  }
  const std::string space = isolated_space({.access_key = caller.access_key, .region = region});
  return catalog.find(space, name, context.now) != nullptr;
}

// Each replica must be a table already.
Result<void> check_replicas(const GlobalTableRequest& request, const Context& context) {
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  for (const std::string_view named : *request.regions) {
    const std::string_view region = named.empty() ? context.call.caller.region : named;
    if (has_table(*catalog, *request.name, region, context)) continue;
    return Error(ErrorCode::table_not_found,
                 "Table not found: Table: '" + std::string(*request.name) +
                     "' not found in region: '" + std::string(region) + "'.");
  }
  return {};
}

}  // namespace

// AWS no longer makes them either.
Result<void> create_global_table(const Context& context, JsonWriter*) {
  const GlobalTableRequest request =
      TRY(read_global_table_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kCreateGlobalTableRules, context));
  TRY(check_replicas(request, context));
  return invalid_parameter(
      "DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB "
      "global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).");
}

}  // namespace stator
