#include "functions/mapping_request.h"

#include <algorithm>
#include <array>
#include <utility>

#include "functions/constraint_errors.h"
#include "streams/record_filter.h"

namespace stator {
namespace {

using Request = MappingRequest;

// Notes a member that is not known, of an object at `path`: the API reads over it, a file may not
// have it.
void note_unknown(const std::string& path, const std::string& name, Request* request) {
  if (name.empty() || !request->unknown_member.empty()) return;
  request->unknown_member = path + "." + name;
}

// Reads an object that has one member, and others that are not known.
template <typename Value, auto kRead>
Result<std::optional<Value>> read_only_member(std::string_view name, const std::string& path,
                                              JsonText* json, Request* request) {
  struct Only {
    std::optional<Value> value;
  };
  const std::array<JsonField<Only>, 1> fields = {{{name, read_into<Only, &Only::value, kRead>}}};
  Only only;
  std::string unknown;
  const bool is_object = json->kind() == JsonTextKind::object;
  request->wrong_member = is_object ? path + "." + std::string(name) : path;
  TRY(read_fields<Only>(fields, json, &only, &unknown));
  request->wrong_member.clear();
  note_unknown(path, unknown, request);
  return std::move(only.value);
}

// {"Filters": [{"Pattern": ".."}, ..]}
Result<void> read_filters(JsonText* json, Request* request) {
  if (json->kind() != JsonTextKind::array) {
    request->wrong_member = "FilterCriteria.Filters";
    return wrong_json_type(json->kind(), "a List");
  }
  for (JsonText::Elements element(json); element.next();) {
    const std::string path =
        "FilterCriteria.Filters[" + std::to_string(request->filters->size()) + "]";
    auto pattern =
        TRY((read_only_member<std::string, read_json_string>("Pattern", path, json, request)));
    request->filters->push_back(std::move(pattern).value_or(""));
  }
  return {};
}

Result<void> read_filter_criteria(JsonText* json, Request* request) {
  static constexpr std::array<JsonField<Request>, 1> kCriteria = {{{"Filters", read_filters}}};
  request->filters.emplace();
  std::string unknown;
  TRY(read_fields<Request>(kCriteria, json, request, &unknown));
  note_unknown("FilterCriteria", unknown, request);
  return {};
}

// {"Destination": "arn"}; one without is none.
Result<void> read_on_failure(JsonText* json, Request* request) {
  auto arn = TRY((read_only_member<std::string, read_json_string>(
      "Destination", "DestinationConfig.OnFailure", json, request)));
  request->on_failure = std::move(arn).value_or("");
  return {};
}

Result<void> read_on_success(JsonText* json, Request* request) {
  request->on_success = TRY((read_only_member<std::string, read_json_string>(
      "Destination", "DestinationConfig.OnSuccess", json, request)));
  return {};
}

Result<void> read_destinations(JsonText* json, Request* request) {
  static constexpr std::array<JsonField<Request>, 2> kDestinations = {
      {{"OnFailure", read_on_failure}, {"OnSuccess", read_on_success}}};
  std::string unknown;
  TRY(read_fields<Request>(kDestinations, json, request, &unknown));
  note_unknown("DestinationConfig", unknown, request);
  return {};
}

Result<void> read_metrics_config(JsonText* json, Request* request) {
  auto metrics = TRY((read_only_member<std::vector<std::string>, read_json_strings>(
      "Metrics", "MetricsConfig", json, request)));
  request->metrics = std::move(metrics).value_or(std::vector<std::string>());
  return {};
}

Result<void> read_logging_config(JsonText* json, Request* request) {
  auto level = TRY((read_only_member<std::string, read_json_string>(
      "SystemLogLevel", "LoggingConfig", json, request)));
  request->log_level = std::move(level).value_or("");
  return {};
}

Result<void> read_foreign(JsonText* json, Request* request) {
  json->skip();
  request->has_foreign_member = true;
  return {};
}

// Members that change nothing and that no answer has.
Result<void> read_over(JsonText* json, Request*) {
  json->skip();
  return {};
}

template <auto kMember>
constexpr auto kString = read_into<Request, kMember, read_json_string>;
template <auto kMember>
constexpr auto kInteger = read_into<Request, kMember, read_json_integer>;
template <auto kMember>
constexpr auto kBoolean = read_into<Request, kMember, read_json_boolean>;

constexpr JsonField<Request> kFields[] = {
    {"EventSourceArn", kString<&Request::event_source_arn>},
    {"FunctionName", kString<&Request::function_name>},
    {"StartingPosition", kString<&Request::starting_position>},
    {"Enabled", kBoolean<&Request::enabled>},
    {"BatchSize", kInteger<&Request::batch_size>},
    {"MaximumBatchingWindowInSeconds", kInteger<&Request::batching_window_seconds>},
    {"ParallelizationFactor", kInteger<&Request::parallelization_factor>},
    {"MaximumRecordAgeInSeconds", kInteger<&Request::record_age_seconds_max>},
    {"MaximumRetryAttempts", kInteger<&Request::retry_attempts_max>},
    {"TumblingWindowInSeconds", kInteger<&Request::tumbling_window_seconds>},
    {"BisectBatchOnFunctionError", kBoolean<&Request::bisects_batch>},
    {"FunctionResponseTypes", read_into<Request, &Request::response_types, read_json_strings>},
    {"FilterCriteria", read_filter_criteria},
    {"DestinationConfig", read_destinations},
    {"StartingPositionTimestamp", read_over},
    {"KMSKeyArn", kString<&Request::kms_key_arn>},
    {"MetricsConfig", read_metrics_config},
    {"LoggingConfig", read_logging_config},
    {"Tags", read_over},
    {"ScalingConfig", read_foreign},
    {"Topics", read_foreign},
    {"Queues", read_foreign},
    {"SourceAccessConfigurations", read_foreign},
    {"SelfManagedEventSource", read_foreign},
    {"AmazonManagedKafkaEventSourceConfig", read_foreign},
    {"SelfManagedKafkaEventSourceConfig", read_foreign},
    {"DocumentDBEventSourceConfig", read_foreign},
    {"ProvisionedPollerConfig", read_foreign},
};

Error invalid_parameter(std::string message) {
  return Error(ErrorCode::invalid_parameter_value, std::move(message));
}

struct Range {
  std::optional<std::int64_t> Request::*member;
  std::string_view path;
  std::int64_t least;
  std::int64_t most;
};

// The model's; a record age of 0 to 59 is refused later.
constexpr Range kRanges[] = {
    {&Request::batch_size, "batchSize", 1, 10'000},
    {&Request::batching_window_seconds, "maximumBatchingWindowInSeconds", 0, 300},
    {&Request::parallelization_factor, "parallelizationFactor", 1, 10},
    {&Request::record_age_seconds_max, "maximumRecordAgeInSeconds", -1, 604'800},
    {&Request::retry_attempts_max, "maximumRetryAttempts", -1, 10'000},
    {&Request::tumbling_window_seconds, "tumblingWindowInSeconds", 0, 900},
};

constexpr std::int64_t kRecordAgeSecondsMin = 60;
constexpr std::size_t kDestinationLengthMax = 350;
constexpr std::size_t kResponseTypesMax = 1;
constexpr std::int64_t kKeyArnLengthMax = 10'000;
constexpr std::size_t kMetricsMax = 3;

void check_words(const std::optional<std::vector<std::string>>& words, const std::string& path,
                 std::initializer_list<std::string_view> allowed, ConstraintErrors* errors) {
  if (!words) return;
  for (std::size_t i = 0; i < words->size(); ++i) {
    errors->one_of((*words)[i], path + "." + std::to_string(i + 1) + ".member", allowed);
  }
}

// (arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()
bool is_key_arn(std::string_view text) {
  if (text.empty()) return true;
  if (!text.starts_with("arn:")) return false;
  text.remove_prefix(4);
  const std::string_view partition = text.substr(0, text.find(':'));
  text.remove_prefix(std::min(partition.size() + 1, text.size()));
  const std::string_view service = text.substr(0, text.find(':'));
  return (partition.empty() || partition.starts_with("aws")) && !service.empty() &&
         service.size() < text.size();
}

// What is kept and has no effect.
void check_labels(const Request& request, ConstraintErrors* errors) {
  errors->length(request.kms_key_arn, "kMSKeyArn", 0, kKeyArnLengthMax);
  errors->pattern(request.kms_key_arn, "kMSKeyArn", is_key_arn,
                  "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
  errors->count_at_most(request.metrics, "metricsConfig.metrics", kMetricsMax);
  check_words(request.metrics, "metricsConfig.metrics",
              {"EventCount", "ErrorCount", "KafkaMetrics"}, errors);
  if (request.log_level && !request.log_level->empty()) {
    errors->one_of(request.log_level, "loggingConfig.systemLogLevel", {"DEBUG", "INFO", "WARN"});
  }
}

}  // namespace

Result<bool> read_mapping_member(std::string_view name, JsonText* json, MappingRequest* request) {
  return read_field<Request>(kFields, name, json, request);
}

Result<MappingRequest> parse_mapping_request(std::string_view json) {
  return parse_fields<Request>(kFields, json);
}

Result<void> check_mapping_constraints(const MappingRequest& request) {
  ConstraintErrors errors;
  errors.function_name(request.function_name);
  for (const Range& range : kRanges) {
    errors.at_least(request.*range.member, range.path, range.least);
    errors.at_most(request.*range.member, range.path, range.most);
  }
  errors.one_of(request.starting_position, "startingPosition",
                {"LATEST", "AT_TIMESTAMP", "TRIM_HORIZON"});
  errors.count_at_most(request.response_types, "functionResponseTypes", kResponseTypesMax);
  check_words(request.response_types, "functionResponseTypes", {"ReportBatchItemFailures"},
              &errors);
  if (request.on_failure && request.on_failure->size() > kDestinationLengthMax) {
    errors.length(*request.on_failure, "destinationConfig.onFailure.destination", 0,
                  kDestinationLengthMax);
  }
  check_labels(request, &errors);
  return errors.result();
}

Result<void> check_mapping_parameters(const MappingRequest& request) {
  if (request.has_foreign_member) {
    return invalid_parameter(
        "The event source is a DynamoDB stream: parameters of other sources "
        "are not supported.");
  }
  if (request.on_success && !request.on_success->empty()) {
    return invalid_parameter("An event source mapping has no destination for success.");
  }
  const std::int64_t age = request.record_age_seconds_max.value_or(-1);
  if (age != -1 && age < kRecordAgeSecondsMin) {
    return invalid_parameter("MaximumRecordAgeInSeconds must be -1 or between 60 and 604800.");
  }
  if (!request.filters) return {};
  const Result<RecordFilter> filter = RecordFilter::parse(*request.filters);
  if (!filter) return invalid_parameter(filter.error().message());
  return {};
}

void apply_mapping_request(const MappingRequest& request, MappingConfiguration* configuration) {
  const auto set = [](const auto& asked, auto* value) {
    if (asked) *value = *asked;
  };
  set(request.batch_size, &configuration->batch_size);
  set(request.batching_window_seconds, &configuration->batching_window_seconds);
  set(request.parallelization_factor, &configuration->parallelization_factor);
  set(request.record_age_seconds_max, &configuration->record_age_seconds_max);
  set(request.retry_attempts_max, &configuration->retry_attempts_max);
  set(request.tumbling_window_seconds, &configuration->tumbling_window_seconds);
  set(request.bisects_batch, &configuration->bisects_batch);
  set(request.response_types, &configuration->response_types);
  set(request.filters, &configuration->filters);
  set(request.on_failure, &configuration->on_failure);
  set(request.kms_key_arn, &configuration->kms_key_arn);
  set(request.metrics, &configuration->metrics);
  set(request.log_level, &configuration->log_level);
}

}  // namespace stator
