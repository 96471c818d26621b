// What CreateEventSourceMapping and UpdateEventSourceMapping ask for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "functions/event_source_mapping.h"
#include "functions/json_fields.h"

namespace stator {

// The members that are there. A value.
struct MappingRequest {
  std::optional<std::string> event_source_arn;
  std::optional<std::string> function_name;
  std::optional<std::string> starting_position;
  std::optional<bool> enabled;
  std::optional<std::int64_t> batch_size;
  std::optional<std::int64_t> batching_window_seconds;
  std::optional<std::int64_t> parallelization_factor;
  std::optional<std::int64_t> record_age_seconds_max;
  std::optional<std::int64_t> retry_attempts_max;
  std::optional<std::int64_t> tumbling_window_seconds;
  std::optional<bool> bisects_batch;
  std::optional<std::vector<std::string>> response_types;
  std::optional<std::vector<std::string>> filters;
  std::optional<std::string> on_failure;
  std::optional<std::string> on_success;  // has no place in a mapping
  std::optional<std::string> kms_key_arn;
  std::optional<std::vector<std::string>> metrics;
  std::optional<std::string> log_level;
  bool has_foreign_member = false;  // one that is for queues, Kafka or DocumentDB
  std::string wrong_member;         // inside a member, where its reading failed: its path
  std::string unknown_member;       // the first inside a member that is not known; its path
};

// Reads the value of a member; see read_field.
Result<bool> read_mapping_member(std::string_view name, JsonText* json, MappingRequest* request);

//   errors  serialization: malformed, or a member of another type
Result<MappingRequest> parse_mapping_request(std::string_view json);

// The ranges and patterns of the model.
//   errors  validation: all that is wrong, in AWS's words
Result<void> check_mapping_constraints(const MappingRequest& request);

// What is wrong with the parameters for a stream of DynamoDB, and with the filters.
//   errors  invalid_parameter_value
Result<void> check_mapping_parameters(const MappingRequest& request);

// Changes what the request names.
void apply_mapping_request(const MappingRequest& request, MappingConfiguration* configuration);

}  // namespace stator
