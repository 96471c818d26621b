#include <chrono>
#include <string>

#include "api/operations.h"
#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/table_rules.h"
#include "api/request/time_to_live_request.h"

namespace stator {
namespace {

// The least time between two changes that AWS was seen to want; its documents say an hour.
constexpr std::chrono::minutes kChangeInterval(30);

// What is wrong with the change of a table whose items may expire already. AWS says first what the
// change has to do with the setting, then that it comes too soon.
Result<void> check_change(const TimeToLive& before, const TimeToLiveRequest& request,
                          TimePoint now) {
  if (before.enabled && before.attribute != *request.attribute) {
    return validation_error(
        "TimeToLive is active on a different AttributeName: current AttributeName is " +
        before.attribute);
  }
  if (before.enabled == *request.enabled) {
    return validation_error(before.enabled ? "TimeToLive is already enabled"
                                           : "TimeToLive is already disabled");
  }
  if (now - before.changed >= kChangeInterval) return {};
  return validation_error("Time to live has been modified multiple times within a fixed interval");
}

Result<TimeToLive> decide(const TableDefinition& table, const TimeToLiveRequest& request,
                          const Context& context) {
  if (table.time_to_live) {
    TRY(check_change(*table.time_to_live, request, context.now));
  } else if (!*request.enabled) {
    return validation_error("TimeToLive is already disabled");
  }
  TimeToLive after;
  // While it is DISABLING the rows stay; what is enabled anew gets others.
  if (!*request.enabled) after = *table.time_to_live;
  after.attribute = *request.attribute;
  after.enabled = *request.enabled;
  after.changed = context.now;
  after.until = context.now + context.engine.transitions.updating;
  return after;
}

void write_reply(const TimeToLiveRequest& request, JsonWriter* json) {
  json->begin_object();
  json->member("TimeToLiveSpecification");
  json->begin_object();
  json->member("Enabled");
  json->boolean(*request.enabled);
  json->member("AttributeName", *request.attribute);
  json->end_object();
  json->end_object();
}

}  // namespace

Result<void> update_time_to_live(const Context& context, JsonWriter* json) {
  const TimeToLiveRequest request =
      TRY(read_time_to_live_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kUpdateTimeToLiveRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  std::uint32_t dropped = 0;  // the rows of an earlier setting that were not dropped yet
  const auto change = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table = TRY(find_ready_table(catalog, named, context));
    TableDefinition after = table->definition;
    after.time_to_live = TRY(decide(table->definition, request, context));
    if (*request.enabled && table->definition.has_expiry_rows()) {
      dropped = table->definition.time_to_live->keyspace;
    }
    return after;
  };
  std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(change));
  if (dropped != 0) TRY(context.engine.catalog->erase_rows(dropped));
  TRY(context.engine.expirations->start(std::move(table)));
  write_reply(request, json);
  return {};
}

}  // namespace stator
