#include "api/operations.h"
#include "api/ops/kinesis_operation.h"
#include "api/ops/table_operation.h"
#include "api/request/constraint_check.h"
#include "api/request/kinesis_rules.h"

namespace stator {
namespace {

void write_destination(const KinesisDestination& destination, TimePoint now, JsonWriter* json) {
  json->element();
  json->begin_object();
  json->member("StreamArn", destination.stream_arn);
  json->member("DestinationStatus", name_of(destination.status_at(now)));
  json->member("ApproximateCreationDateTimePrecision", name_of(destination.precision));
  json->end_object();
}

}  // namespace

Result<void> describe_kinesis_streaming_destination(const Context& context, JsonWriter* json) {
  const KinesisRequest request =
      TRY(read_kinesis_request(context.json, {}, &context.scratch.reader));
  TRY(check_constraints(kDescribeKinesisRules, context));
  const NamedTable named = TRY(named_table(request.table_name, context));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const Table* const table = TRY(find_any_table(*catalog, named, context));
  json->begin_object();
  json->member("TableName", table->definition.name);
  json->member("KinesisDataStreamDestinations");
  json->begin_array();
  for (const KinesisDestination& destination : table->definition.kinesis_destinations) {
    write_destination(destination, context.now, json);
  }
  json->end_array();
  json->end_object();
  return {};
}

}  // namespace stator
