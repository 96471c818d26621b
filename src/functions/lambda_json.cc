#include "functions/lambda_json.h"

#include <string>
#include <vector>

#include "base/time_text.h"

namespace stator {
namespace {

void append_strings(std::string_view name, const std::vector<std::string>& texts,
                    JsonWriter* json) {
  json->member(name);
  json->begin_array();
  for (const std::string& text : texts) {
    json->element();
    json->string(text);
  }
  json->end_array();
}

void append_filters(const std::vector<std::string>& filters, JsonWriter* json) {
  json->member("FilterCriteria");
  json->begin_object();
  json->member("Filters");
  json->begin_array();
  for (const std::string& filter : filters) {
    json->element();
    json->begin_object();
    json->member("Pattern", filter);
    json->end_object();
  }
  json->end_array();
  json->end_object();
}

void append_destination(const std::string& on_failure, JsonWriter* json) {
  json->member("DestinationConfig");
  json->begin_object();
  json->member("OnFailure");
  json->begin_object();
  if (!on_failure.empty()) json->member("Destination", on_failure);
  json->end_object();
  json->end_object();
}

void append_configuration(const MappingConfiguration& configuration, JsonWriter* json) {
  json->integer_member("BatchSize", configuration.batch_size);
  json->integer_member("MaximumBatchingWindowInSeconds", configuration.batching_window_seconds);
  json->integer_member("ParallelizationFactor", configuration.parallelization_factor);
  if (!configuration.filters.empty()) append_filters(configuration.filters, json);
  append_destination(configuration.on_failure, json);
  json->integer_member("MaximumRecordAgeInSeconds", configuration.record_age_seconds_max);
  json->member("BisectBatchOnFunctionError");
  json->boolean(configuration.bisects_batch);
  json->integer_member("MaximumRetryAttempts", configuration.retry_attempts_max);
  json->integer_member("TumblingWindowInSeconds", configuration.tumbling_window_seconds);
  append_strings("FunctionResponseTypes", configuration.response_types, json);
  if (!configuration.kms_key_arn.empty()) json->member("KMSKeyArn", configuration.kms_key_arn);
  if (!configuration.metrics.empty()) {
    json->member("MetricsConfig");
    json->begin_object();
    append_strings("Metrics", configuration.metrics, json);
    json->end_object();
  }
  if (!configuration.log_level.empty()) {
    json->member("LoggingConfig");
    json->begin_object();
    json->member("SystemLogLevel", configuration.log_level);
    json->end_object();
  }
}

// "2026-11-21T11:16:15.680+0000"
std::string modified_text(TimePoint time) {
  std::string text;
  append_time_text(time, &text);
  text.pop_back();
  return text + "+0000";
}

void append_environment(const LambdaFunction& function, JsonWriter* json) {
  if (function.environment.empty()) return;
  json->member("Environment");
  json->begin_object();
  json->member("Variables");
  json->begin_object();
  for (const auto& [name, value] : function.environment) {
    json->member_of_data(name);
    json->string(value);
  }
  json->end_object();
  json->end_object();
}

void append_labels(const FunctionLabels& labels, JsonWriter* json) {
  if (!labels.runtime.empty()) json->member("Runtime", labels.runtime);
  if (!labels.handler.empty()) json->member("Handler", labels.handler);
  json->member("Role", labels.role);
  json->member("Description", labels.description);
  json->integer_member("MemorySize", labels.memory_mb);
  json->member("PackageType", labels.package_type);
}

}  // namespace

void append_mapping_json(const EventSourceMapping& mapping, JsonWriter* json) {
  json->begin_object();
  json->member("UUID", mapping.uuid);
  json->member("StartingPosition", name_of(mapping.starting_position));
  append_configuration(mapping.configuration, json);
  if (!mapping.stream_arn.empty()) json->member("EventSourceArn", mapping.stream_arn);
  json->member("FunctionArn", function_arn(mapping.region, mapping.function));
  json->member("LastModified");
  json->time(mapping.modified);
  json->member("LastProcessingResult", mapping.last_result);
  json->member("State", name_of(mapping.state));
  json->member("StateTransitionReason", mapping.transition_reason);
  json->member("EventSourceMappingArn", mapping_arn(mapping));
  json->end_object();
}

void append_function_json(const LambdaFunction& function, std::string_view region,
                          JsonWriter* json) {
  json->begin_object();
  json->member("FunctionName", function.name);
  json->member("FunctionArn", function_arn(region, function.name));
  append_labels(function.labels, json);
  json->integer_member("CodeSize", 0);
  json->integer_member("Timeout",
                       std::chrono::ceil<std::chrono::seconds>(function.timeout).count());
  json->member("LastModified", modified_text(function.modified));
  json->member("Version", "$LATEST");
  json->member("RevisionId", function.revision);
  json->member("State", "Active");
  json->member("LastUpdateStatus", "Successful");
  append_environment(function, json);
  json->end_object();
}

void append_code_json(const LambdaFunction& function, JsonWriter* json) {
  json->begin_object();
  if (!function.labels.image_uri.empty()) json->member("ImageUri", function.labels.image_uri);
  if (const auto* const url = std::get_if<UrlCode>(&function.code)) {
    json->member("RepositoryType", "URL");
    json->member("Location", url->url);
  } else if (const auto* const program = std::get_if<ProgramCode>(&function.code)) {
    json->member("RepositoryType", "Program");
    json->member("Location", program->command.front());
  } else {
    json->member("RepositoryType", "InProcess");
  }
  json->end_object();
}

}  // namespace stator
