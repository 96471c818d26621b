// What the operations share that change where a table streams to.
#pragma once

#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/request/kinesis_request.h"
#include "api/request/kinesis_rules.h"
#include "base/result.h"
#include "model/table.h"

namespace stator {

// The destination of that stream; null where the table has none.
KinesisDestination* find_destination(TableDefinition* table, std::string_view stream_arn);

std::string_view name_of(DestinationStatus status);

// "Table is not in a valid state to .. Kinesis Streaming Destination: " and the text.
Error invalid_destination_state(std::string_view verb, const std::string& text);

// What tells one of them from the others.
using DecideDestination = Result<void> (*)(const KinesisRequest& request, TimePoint now,
                                           TimePoint until, TableDefinition* table);
struct KinesisOperation {
  const RequestRules& rules;
  std::string_view configuration;  // the member with the precision
  DecideDestination decide;
};

// Runs one of them: reads and checks the request, stores the destinations that `decide` leaves, and
// replies with the status that it entered.
Result<void> change_destination(const Context& context, const KinesisOperation& operation,
                                JsonWriter* json);

}  // namespace stator
