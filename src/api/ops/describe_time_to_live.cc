#include <array>
#include <string>

#include "api/operations.h"
#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"
#include "api/request/time_to_live_request.h"

namespace stator {
namespace {

constexpr std::array<std::string_view, 4> kStatusNames = {"ENABLING", "ENABLED", "DISABLING",
                                                          "DISABLED"};

std::string_view name_of(TimeToLiveStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

Result<void> check_status(const TableDefinition& table, TimePoint now) {
  const TableStatus status = *table.status_at(now);
  if (status != TableStatus::creating && status != TableStatus::deleting) return {};
  const std::string name = status == TableStatus::creating ? "CREATING" : "DELETING";
  return validation_error("Cannot describe time to live while table is in " + name +
                          " state: Current table state is " + name);
}

}  // namespace

Result<void> describe_time_to_live(const Context& context, JsonWriter* json) {
  const TimeToLiveRequest request =
      TRY(read_time_to_live_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDescribeTimeToLiveRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const TableDefinition& table = TRY(find_any_table(*catalog, named, context))->definition;
  TRY(check_status(table, context.now));
  const auto status =
      table.time_to_live ? table.time_to_live->status_at(context.now) : TimeToLiveStatus::disabled;
  json->begin_object();
  json->member("TimeToLiveDescription");
  json->begin_object();
  json->member("TimeToLiveStatus", name_of(status));
  if (status != TimeToLiveStatus::disabled) {
    json->member("AttributeName", table.time_to_live->attribute);
  }
  json->end_object();
  json->end_object();
  return {};
}

}  // namespace stator
