#include "functions/mapping_request.h"

#include <algorithm>
#include <array>
#include <utility>

#include "functions/constraint_errors.h"
#include "streams/record_filter.h"

namespace stator {
namespace {

using Request = MappingRequest;

struct FilterEntry {
  std::string pattern;
};

Result<void> read_filters(JsonText* json, std::vector<std::string>* patterns) {
  static constexpr std::array<JsonField<FilterEntry>, 1> kFields = {
      {{"Pattern", read_into<FilterEntry, &FilterEntry::pattern, read_json_string>}}};
  if (json->kind() != JsonTextKind::array) return wrong_json_type(json->kind(), "a List");
  for (JsonText::Elements element(json); element.next();) {
    FilterEntry filter;
    TRY(read_fields<FilterEntry>(kFields, json, &filter));
    patterns->push_back(std::move(filter.pattern));
  }
  return {};
}

// {"Filters": [{"Pattern": ".."}, ..]}
Result<void> read_filter_criteria(JsonText* json, Request* request) {
  TRY(expect_json_object(json));
  request->filters.emplace();
  for (JsonText::Members member(json); member.next();) {
    if (member.name() == "Filters" && json->kind() != JsonTextKind::null) {
      TRY(read_filters(json, &*request->filters));
    } else {
      json->skip();
    }
  }
  return {};
}

struct Destination {
  std::string arn;
};

// {"OnFailure": {"Destination": "arn"}}
Result<void> read_destinations(JsonText* json, Request* request) {
  static constexpr std::array<JsonField<Destination>, 1> kFields = {
      {{"Destination", read_into<Destination, &Destination::arn, read_json_string>}}};
  TRY(expect_json_object(json));
  for (JsonText::Members member(json); member.next();) {
    if (member.name() == "OnFailure" && json->kind() != JsonTextKind::null) {
      Destination destination;
      TRY(read_fields<Destination>(kFields, json, &destination));
      request->on_failure = std::move(destination.arn);
    } else {
      json->skip();
    }
  }
  return {};
}

Result<void> read_foreign(JsonText* json, Request* request) {
  json->skip();
  request->has_foreign_member = true;
  return {};
}

// Members that change nothing of what the function gets: keys, metrics, logs and tags of AWS.
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
    {"KMSKeyArn", read_over},
    {"MetricsConfig", read_over},
    {"LoggingConfig", read_over},
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

void check_response_types(const Request& request, ConstraintErrors* errors) {
  if (!request.response_types) return;
  for (std::size_t i = 0; i < request.response_types->size(); ++i) {
    errors->one_of((*request.response_types)[i],
                   "functionResponseTypes." + std::to_string(i + 1) + ".member",
                   {"ReportBatchItemFailures"});
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
  if (request.function_name && !is_function_name(*request.function_name)) {
    errors.add(
        *request.function_name, "functionName",
        "Member must satisfy regular expression pattern: "
        "(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:"
        "\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))"
        "(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
  }
  for (const Range& range : kRanges) {
    errors.at_least(request.*range.member, range.path, range.least);
    errors.at_most(request.*range.member, range.path, range.most);
  }
  errors.one_of(request.starting_position, "startingPosition",
                {"LATEST", "AT_TIMESTAMP", "TRIM_HORIZON"});
  check_response_types(request, &errors);
  if (request.on_failure && request.on_failure->size() > kDestinationLengthMax) {
    errors.length(*request.on_failure, "destinationConfig.onFailure.destination", 0,
                  kDestinationLengthMax);
  }
  return errors.result();
}

Result<void> check_mapping_parameters(const MappingRequest& request) {
  if (request.has_foreign_member) {
    return invalid_parameter(
        "The event source is a DynamoDB stream: parameters of other sources "
        "are not supported.");
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
}

}  // namespace stator
