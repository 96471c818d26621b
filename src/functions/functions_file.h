// The file of --functions: functions, the streams that call them, and what stands for AWS's
// destinations.
//
//   {"functions": [{"name": "audit", "url":
//   "http://127.0.0.1:9001/2015-03-31/functions/audit/invocations"},
//                  {"name": "totals", "command": ["node", "totals.mjs"], "timeout": "30s"}],
//    "mappings": [{"table": "Orders", "function": "totals", "StartingPosition": "TRIM_HORIZON"}],
//    "destinations": {"arn:aws:sqs:us-east-1:000000000000:failed": "file:failed.jsonl"}}
//
//   function     "name", and "url" or "command"; also "directory", "timeout", "environment",
//                "concurrency"
//   mapping      "table", "function", also "region" and the members of CreateEventSourceMapping
//   destination  a place, see failure_destinations.h
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "functions/event_source_mapping.h"
#include "functions/failure_destinations.h"
#include "functions/function.h"

namespace stator {

// What a file says. Functions are without time and revision; mappings have the UUID that follows
// from their function, region and table, so that they are known again after a restart.
struct FunctionsFile {
  std::vector<LambdaFunction> functions;
  std::vector<EventSourceMapping> mappings;
  DestinationPlaces destinations;
};

//   errors  validation: one line that names the line, where the text is no JSON, or the member
Result<FunctionsFile> parse_functions_file(std::string_view json);

}  // namespace stator
