// Requests about stator itself, /_stator/.. and /metrics over HTTP: one row for each method of each
// path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/query_string.h"
#include "base/result.h"
#include "stator/database.h"

namespace stator {

// One request on its way. A value of references that outlive it.
struct ControlContext {
  Engine& engine;
  std::string_view json;  // the body, padded for the JSON reader
  JsonReader& reader;
  TimePoint now;
  std::vector<QueryParameter> query = {};  // of those that the route knows
};

// Answers a request: appends the reply's JSON.
//   errors  serialization without a text: the body is not a JSON object; any other: its text
using RunControl = Result<void> (*)(const ControlContext&, JsonWriter*);
// The same of a reply that is no JSON.
using RunTextControl = Result<void> (*)(const ControlContext&, std::string*);

// Says in "message" why a call is not answered.
void refuse_control(int status, std::string_view message, Reply* reply);

// Answers the call, or refuses it: 404 for a path, 405 for a method that there is not, 400 for what
// is wrong with the query or the body.
void run_control(const ControlContext& context, const ControlCall& call, Reply* reply);

Result<void> change_capacity(const ControlContext& context, JsonWriter* json);
Result<void> show_capacity(const ControlContext& context, JsonWriter* json);
Result<void> show_clock(const ControlContext& context, JsonWriter* json);
Result<void> advance_clock(const ControlContext& context, JsonWriter* json);
Result<void> add_fault(const ControlContext& context, JsonWriter* json);
Result<void> change_lag(const ControlContext& context, JsonWriter* json);
Result<void> remove_faults(const ControlContext& context, JsonWriter* json);
Result<void> show_faults(const ControlContext& context, JsonWriter* json);
Result<void> show_lag(const ControlContext& context, JsonWriter* json);
Result<void> reset_database(const ControlContext& context, JsonWriter* json);
Result<void> show_metrics(const ControlContext& context, std::string* body);
Result<void> show_partitions(const ControlContext& context, JsonWriter* json);

}  // namespace stator
