#include "api/ops/kinesis_operation.h"

#include <algorithm>

#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"

namespace stator {
namespace {

void write_reply(const KinesisRequest& request, TableDefinition table, JsonWriter* json) {
  const KinesisDestination& destination = *find_destination(&table, *request.stream_arn);
  json->begin_object();
  json->member("TableName", table.name);
  json->member("StreamArn", destination.stream_arn);
  json->member("DestinationStatus", name_of(destination.entered));
  if (request.precision) {
    json->member(request.configuration);
    json->begin_object();
    json->member("ApproximateCreationDateTimePrecision", name_of(destination.precision));
    json->end_object();
  }
  json->end_object();
}

}  // namespace

KinesisDestination* find_destination(TableDefinition* table, std::string_view stream_arn) {
  std::vector<KinesisDestination>& all = table->kinesis_destinations;
  const auto found = std::find_if(all.begin(), all.end(), [&](const KinesisDestination& each) {
    return each.stream_arn == stream_arn;
  });
  return found == all.end() ? nullptr : &*found;
}

std::string_view name_of(DestinationStatus status) {
  switch (status) {
    case DestinationStatus::enabling:
      return "ENABLING";
    case DestinationStatus::disabling:
      return "DISABLING";
    case DestinationStatus::disabled:
      return "DISABLED";
    case DestinationStatus::updating:
      return "UPDATING";
    default:
      return "ACTIVE";
  }
}

Error invalid_destination_state(std::string_view verb, const std::string& text) {
  return validation_error("Table is not in a valid state to " + std::string(verb) +
                          " Kinesis Streaming Destination: " + text);
}

Result<void> change_destination(const Context& context, const KinesisOperation& operation,
                                JsonWriter* json) {
  const KinesisRequest request =
      TRY(read_kinesis_request(context.json, operation.configuration, &context.scratch.reader));
  TRY(check_constraints(operation.rules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  const auto change = [&](const Catalog& catalog) -> Result<TableDefinition> {
    const Table* const table = TRY(find_ready_table(catalog, named, context));
    TableDefinition after = table->definition;
    TRY(operation.decide(request, context.now, context.now + context.engine.transitions.updating,
                         &after));
    return after;
  };
  const std::shared_ptr<const Table> table = TRY(context.engine.catalog->put(change));
  write_reply(request, table->definition, json);
  return {};
}

}  // namespace stator
