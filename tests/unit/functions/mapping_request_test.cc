#include "functions/mapping_request.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

std::string constraint_fault(const std::string& json) {
  const Result<MappingRequest> request = parse_mapping_request(json);
  if (!request) return "unreadable";
  const Result<void> checked = check_mapping_constraints(*request);
  return checked ? "" : checked.error().message();
}

std::string parameter_fault(const std::string& json) {
  const Result<MappingRequest> request = parse_mapping_request(json);
  if (!request) return "unreadable";
  const Result<void> checked = check_mapping_parameters(*request);
  return checked ? "" : checked.error().message();
}

TEST(MappingRequest, ReadsEveryMember) {
  const Result<MappingRequest> request = parse_mapping_request(R"({
      "EventSourceArn": "arn", "FunctionName": "f", "StartingPosition": "LATEST", "Enabled": false,
      "BatchSize": 7, "MaximumBatchingWindowInSeconds": 5, "ParallelizationFactor": 3,
      "MaximumRecordAgeInSeconds": 60, "MaximumRetryAttempts": 2, "TumblingWindowInSeconds": 30,
      "BisectBatchOnFunctionError": true, "FunctionResponseTypes": ["ReportBatchItemFailures"],
      "FilterCriteria": {"Filters": [{"Pattern": "{}"}, {"Pattern": "{\"a\":[1]}"}]},
      "DestinationConfig": {"OnSuccess": {}, "OnFailure": {"Destination": "arn:aws:sqs:x"}},
      "KMSKeyArn": "arn:aws:kms:x", "MetricsConfig": {"Metrics": ["EventCount"]},
      "LoggingConfig": {"SystemLogLevel": "INFO"},
      "Tags": {"a": "b"}, "ScalingConfig": null, "Unheard": [1, {"x": 2}]})");
  ASSERT_TRUE(request.has_value());
  MappingConfiguration configuration;
  apply_mapping_request(*request, &configuration);
  EXPECT_EQ(configuration, (MappingConfiguration{.batch_size = 7,
                                                 .batching_window_seconds = 5,
                                                 .parallelization_factor = 3,
                                                 .record_age_seconds_max = 60,
                                                 .retry_attempts_max = 2,
                                                 .tumbling_window_seconds = 30,
                                                 .bisects_batch = true,
                                                 .response_types = {"ReportBatchItemFailures"},
                                                 .filters = {"{}", "{\"a\":[1]}"},
                                                 .on_failure = "arn:aws:sqs:x",
                                                 .kms_key_arn = "arn:aws:kms:x",
                                                 .metrics = {"EventCount"},
                                                 .log_level = "INFO"}));
  EXPECT_EQ(request->event_source_arn, "arn");
  EXPECT_EQ(request->function_name, "f");
  EXPECT_EQ(request->starting_position, "LATEST");
  EXPECT_EQ(request->enabled, false);
  EXPECT_FALSE(request->has_foreign_member);
}

TEST(MappingRequest, ChangesOnlyWhatItNames) {
  MappingConfiguration configuration{.batch_size = 7, .on_failure = "x"};
  const MappingConfiguration before = configuration;
  apply_mapping_request(*parse_mapping_request(R"({"BatchSize": null})"), &configuration);
  EXPECT_EQ(configuration, before);
  apply_mapping_request(
      *parse_mapping_request(R"({"DestinationConfig": {"OnFailure": {"Destination": ""}}})"),
      &configuration);
  EXPECT_EQ(configuration.on_failure, "");
  EXPECT_EQ(configuration.batch_size, 7);
}

TEST(MappingRequest, IsRefusedWhenAMemberHasAnotherType) {
  for (const char* const json :
       {"", "[]", "{", "{}x", R"({"BatchSize": "7"})", R"({"BatchSize": 1e99})",
        R"({"FunctionName": 1})", R"({"Enabled": "true"})", R"({"FunctionResponseTypes": "x"})",
        R"({"FilterCriteria": []})", R"({"FilterCriteria": {"Filters": [1]}})",
        R"({"DestinationConfig": {"OnFailure": "x"}})"}) {
    const auto request = parse_mapping_request(json);
    ASSERT_FALSE(request.has_value()) << json;
    EXPECT_EQ(request.error().code(), ErrorCode::serialization) << json;
  }
}

struct Bounds {
  const char* member;
  const char* path;
  int least;
  int most;
};

// The model's ranges; see the service model of Lambda.
constexpr Bounds kBounds[] = {
    {"BatchSize", "batchSize", 1, 10'000},
    {"MaximumBatchingWindowInSeconds", "maximumBatchingWindowInSeconds", 0, 300},
    {"ParallelizationFactor", "parallelizationFactor", 1, 10},
    {"MaximumRecordAgeInSeconds", "maximumRecordAgeInSeconds", -1, 604'800},
    {"MaximumRetryAttempts", "maximumRetryAttempts", -1, 10'000},
    {"TumblingWindowInSeconds", "tumblingWindowInSeconds", 0, 900}};

std::string with(const char* member, int value) {
  return "{\"" + std::string(member) + "\": " + std::to_string(value) + "}";
}

TEST(MappingRequest, KeepsTheRangesOfTheModel) {
  for (const Bounds& bounds : kBounds) {
    EXPECT_EQ(constraint_fault(with(bounds.member, bounds.least)), "");
    EXPECT_EQ(constraint_fault(with(bounds.member, bounds.most)), "");
    const std::string below = std::to_string(bounds.least - 1);
    EXPECT_EQ(
        constraint_fault(with(bounds.member, bounds.least - 1)),
        "1 validation error detected: Value '" + below + "' at '" + bounds.path +
            "' failed to satisfy constraint: Member must have value greater than or equal to " +
            std::to_string(bounds.least));
    const std::string above = std::to_string(bounds.most + 1);
    EXPECT_EQ(constraint_fault(with(bounds.member, bounds.most + 1)),
              "1 validation error detected: Value '" + above + "' at '" + bounds.path +
                  "' failed to satisfy constraint: Member must have value less than or equal to " +
                  std::to_string(bounds.most));
  }
}

TEST(MappingRequest, KnowsTheValuesOfEnumerations) {
  EXPECT_EQ(constraint_fault(R"({"StartingPosition": "latest"})"),
            "1 validation error detected: Value 'latest' at 'startingPosition' failed to satisfy "
            "constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]");
  EXPECT_NE(constraint_fault(R"({"FunctionResponseTypes": ["x"]})").find("functionResponseTypes"),
            std::string::npos);
  EXPECT_NE(constraint_fault(R"({"FunctionName": "a b"})").find("functionName"), std::string::npos);
}

TEST(MappingRequest, KeepsTheConstraintsOfWhatHasNoEffect) {
  const auto told = [](const std::string& json, const std::string& text) {
    const std::string fault = constraint_fault(json);
    EXPECT_TRUE(fault.starts_with("1 validation error detected: Value ")) << fault;
    EXPECT_NE(fault.find(text), std::string::npos) << fault;
  };
  told(R"({"FunctionResponseTypes": ["ReportBatchItemFailures", "ReportBatchItemFailures"]})",
       "'[ReportBatchItemFailures, ReportBatchItemFailures]' at 'functionResponseTypes' failed to "
       "satisfy constraint: Member must have length less than or equal to 1");
  told(
      R"({"MetricsConfig": {"Metrics": ["Foo"]}})",
      "'Foo' at 'metricsConfig.metrics.1.member' failed to satisfy constraint: Member must satisfy "
      "enum value set: [EventCount, ErrorCount, KafkaMetrics]");
  told(R"({"LoggingConfig": {"SystemLogLevel": "ERROR"}})", "[DEBUG, INFO, WARN]");
  told(R"({"KMSKeyArn": "x"})", "'x' at 'kMSKeyArn'");
  told(R"({"KMSKeyArn": "arn:aws:kms"})", "'kMSKeyArn'");
  told(R"({"FunctionName": ")" + std::string(257, 'f') + "\"}", "less than or equal to 256");
  EXPECT_EQ(constraint_fault(R"({"KMSKeyArn": "", "FunctionResponseTypes": []})"), "");
}

TEST(MappingRequest, NotesAMemberInsideOfOneThatIsNotKnown) {
  const auto unknown = [](const char* json) { return parse_mapping_request(json)->unknown_member; };
  EXPECT_EQ(unknown(R"({"FilterCriteria": {"Filters": [{"Pattern": "{}"}]}, "Other": {"x": 1}})"),
            "");
  EXPECT_EQ(unknown(R"({"FilterCriteria": {"Filter": []}})"), "FilterCriteria.Filter");
  EXPECT_EQ(unknown(R"({"FilterCriteria": {"Filters": [{"Pattern": "{}"}, {"Patern": "{}"}]}})"),
            "FilterCriteria.Filters[1].Patern");
  EXPECT_EQ(unknown(R"({"DestinationConfig": {"OnFailur": {}}})"), "DestinationConfig.OnFailur");
  EXPECT_EQ(unknown(R"({"DestinationConfig": {"OnFailure": {"Arn": "x"}}})"),
            "DestinationConfig.OnFailure.Arn");
  EXPECT_EQ(unknown(R"({"MetricsConfig": {"Metric": []}})"), "MetricsConfig.Metric");
  EXPECT_EQ(unknown(R"({"LoggingConfig": {"Level": "INFO"}})"), "LoggingConfig.Level");
}

TEST(MappingRequest, RefusesARecordAgeThatIsTooShort) {
  EXPECT_EQ(parameter_fault(with("MaximumRecordAgeInSeconds", -1)), "");
  EXPECT_EQ(parameter_fault(with("MaximumRecordAgeInSeconds", 60)), "");
  EXPECT_NE(parameter_fault(with("MaximumRecordAgeInSeconds", 59)), "");
  EXPECT_NE(parameter_fault(with("MaximumRecordAgeInSeconds", 0)), "");
}

TEST(MappingRequest, RefusesFiltersThatCannotBe) {
  EXPECT_EQ(parameter_fault(R"({"FilterCriteria": {"Filters": [{"Pattern": "{"}]}})"),
            "Invalid filter pattern definition.");
  EXPECT_NE(parameter_fault(R"({"FilterCriteria": {"Filters": [{}, {}, {}, {}, {}, {}]}})"), "");
}

TEST(MappingRequest, RefusesParametersOfOtherSources) {
  EXPECT_NE(parameter_fault(R"({"Topics": ["t"]})"), "");
  EXPECT_NE(parameter_fault(R"({"ScalingConfig": {"MaximumConcurrency": 2}})"), "");
}

}  // namespace
}  // namespace stator
