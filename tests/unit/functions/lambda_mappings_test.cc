// Event source mappings by Lambda's API.
#include "lambda_api_support.h"

namespace stator {
namespace {

using nlohmann::json;
using testing_support::kMappings;
using testing_support::LambdaApiTest;

class LambdaMappingsTest : public LambdaApiTest {};

TEST_F(LambdaMappingsTest, CreatesAMapping) {
  make_function();
  const json mapping = make_mapping(
      {{"BatchSize", 7}, {"FilterCriteria", {{"Filters", {{{"Pattern", R"({"a":["x"]})"}}}}}}});
  const std::string uuid = mapping["UUID"];
  EXPECT_EQ(uuid.size(), 36U);
  EXPECT_EQ(mapping,
            (json{{"UUID", uuid},
                  {"StartingPosition", "LATEST"},
                  {"BatchSize", 7},
                  {"MaximumBatchingWindowInSeconds", 0},
                  {"ParallelizationFactor", 1},
                  {"FilterCriteria", {{"Filters", {{{"Pattern", R"({"a":["x"]})"}}}}}},
                  {"DestinationConfig", {{"OnFailure", json::object()}}},
                  {"MaximumRecordAgeInSeconds", -1},
                  {"BisectBatchOnFunctionError", false},
                  {"MaximumRetryAttempts", -1},
                  {"TumblingWindowInSeconds", 0},
                  {"FunctionResponseTypes", json::array()},
                  {"EventSourceArn", arn},
                  {"FunctionArn", "arn:aws:lambda:us-east-1:000000000000:function:f"},
                  {"LastModified", 1699999200.0},
                  {"LastProcessingResult", "No records processed"},
                  {"State", "Creating"},
                  {"StateTransitionReason", "User action"},
                  {"EventSourceMappingArn",
                   "arn:aws:lambda:us-east-1:000000000000:event-source-mapping:" + uuid}}));
  EXPECT_EQ(json::parse(call("GET", kMappings + uuid).body), mapping);
}

TEST_F(LambdaMappingsTest, TakesPathsWithAndWithoutASlashAtTheEnd) {
  make_function();
  EXPECT_EQ(call("POST", "/2015-03-31/event-source-mappings", mapping_request().dump()).status,
            202);
  EXPECT_EQ(call("GET", "/2015-03-31/event-source-mappings/").status, 200);
  EXPECT_EQ(call("GET", "/2015-03-31/functions").status, 200);
}

TEST_F(LambdaMappingsTest, BeginsWithTheLatestAtTheTimeOfTheCall) {
  make_function();
  source.write("t", "a", 1);
  const std::string uuid = make_mapping()["UUID"];
  source.write("t", "a", 2);
  EXPECT_EQ(registry->checkpoints(uuid)->at(1).done, 1U);
}

TEST_F(LambdaMappingsTest, RefusesMappingsThatCannotBe) {
  const auto refusal = [this](const json& request) {
    return fault(call("POST", kMappings, request.dump()));
  };
  EXPECT_EQ(refusal(mapping_request()),
            "400 InvalidParameterValueException: Function does not exist");
  make_function();
  EXPECT_EQ(refusal(mapping_request({{"StartingPosition", nullptr}})),
            "400 InvalidParameterValueException: 1 validation error detected: Value null at "
            "'startingPosition' failed to satisfy constraint: Member must not be null.");
  EXPECT_EQ(
      refusal(mapping_request({{"StartingPosition", "AT_TIMESTAMP"}})),
      "400 InvalidParameterValueException: Unsupported starting position for arn type: " + arn);
  EXPECT_EQ(refusal(mapping_request({{"EventSourceArn", nullptr}})),
            "400 InvalidParameterValueException: Unrecognized event source.");
  EXPECT_EQ(refusal(mapping_request({{"EventSourceArn", arn + "9"}})),
            "400 InvalidParameterValueException: Stream not found: " + arn + "9");
  EXPECT_TRUE(refusal(mapping_request({{"EventSourceArn", "arn:aws:sqs:us-east-1:000000000000:q"}}))
                  .starts_with("400 InvalidParameterValueException: Unrecognized event source"));
  EXPECT_TRUE(
      refusal(mapping_request({{"FunctionName", nullptr}}))
          .starts_with("400 ValidationException: 1 validation error detected: Value null at "
                       "'functionName'"));
  EXPECT_TRUE(refusal(mapping_request({{"BatchSize", 0}}))
                  .starts_with("400 ValidationException: 1 validation error detected: Value '0' at "
                               "'batchSize'"));
  EXPECT_TRUE(
      refusal(mapping_request({{"BatchSize", "x"}})).starts_with("400 SerializationException"));
  EXPECT_EQ(refusal(mapping_request(
                {{"DestinationConfig", {{"OnFailure", {{"Destination", "file:/etc/passwd"}}}}}})),
            "400 InvalidParameterValueException: Invalid destination ARN: file:/etc/passwd");
  EXPECT_TRUE(fault(call("POST", kMappings, "{")).starts_with("400 SerializationException"));
  const std::string uuid = make_mapping()["UUID"];
  EXPECT_EQ(
      refusal(mapping_request()),
      "409 ResourceConflictException: The event source arn (\" " + arn +
          " \") and function (\" f \") provided mapping already exists. Please update or delete "
          "the existing mapping with UUID " +
          uuid);
}

TEST_F(LambdaMappingsTest, TakesArnsOfQueuesTopicsAndBucketsForFailures) {
  make_function();
  const auto answer = [this](const std::string& place) {
    return call(
        "POST", kMappings,
        mapping_request({{"DestinationConfig", {{"OnFailure", {{"Destination", place}}}}}}).dump());
  };
  for (const std::string other :
       {"arn:aws:lambda:us-east-1:000000000000:function:f", "arn:aws:sqs:q", "kafka://topic",
        "arn:aws:sqs:us-east-1:000000000000:"}) {
    EXPECT_EQ(fault(answer(other)),
              "400 InvalidParameterValueException: Invalid destination ARN: " + other);
  }
  const std::string bucket = "arn:aws:s3:::bucket";
  const LambdaReply made = answer(bucket);
  EXPECT_EQ(made.status, 202);
  const json mapping = json::parse(made.body);
  EXPECT_EQ(mapping["DestinationConfig"]["OnFailure"]["Destination"], bucket);
  const std::string uuid = mapping["UUID"];
  for (const char* const other :
       {"arn:aws:sqs:us-east-1:000000000000:q", "arn:aws:sns:us-east-1:000000000000:t", ""}) {
    settle(uuid, MappingState::disabled);
    const json change = {{"DestinationConfig", {{"OnFailure", {{"Destination", other}}}}}};
    EXPECT_EQ(call("PUT", kMappings + uuid, change.dump()).status, 202) << other;
  }
  EXPECT_EQ(fault(call("PUT", kMappings + uuid,
                       R"({"DestinationConfig": {"OnSuccess": {"Destination": "arn:x"}}})")),
            "400 InvalidParameterValueException: An event source mapping has no destination for "
            "success.");
}

TEST_F(LambdaMappingsTest, DescribesWhatItKeepsWithoutEffect) {
  make_function();
  const json members = {{"KMSKeyArn", "arn:aws:kms:us-east-1:000000000000:key/k"},
                        {"MetricsConfig", {{"Metrics", {"EventCount"}}}},
                        {"LoggingConfig", {{"SystemLogLevel", "DEBUG"}}}};
  json asked = members;
  asked["Tags"] = {{"a", "b"}};
  const std::string uuid = make_mapping(asked)["UUID"];
  json got = json::parse(call("GET", kMappings + uuid).body);
  for (const auto& [name, value] : members.items()) EXPECT_EQ(got[name], value);
  EXPECT_FALSE(got.contains("Tags"));
  settle(uuid, MappingState::disabled);
  call("PUT", kMappings + uuid, R"({"KMSKeyArn": "", "MetricsConfig": {"Metrics": []}})");
  got = json::parse(call("GET", kMappings + uuid).body);
  EXPECT_FALSE(got.contains("KMSKeyArn"));
  EXPECT_FALSE(got.contains("MetricsConfig"));
  EXPECT_EQ(got["LoggingConfig"], members["LoggingConfig"]);
}

TEST_F(LambdaMappingsTest, KnowsWhichMappingsThereAreNot) {
  for (const char* const method : {"GET", "PUT", "DELETE"}) {
    EXPECT_EQ(fault(call(method, std::string(kMappings) + "nope", "{}")),
              "404 ResourceNotFoundException: The resource you requested does not exist.");
  }
}

TEST_F(LambdaMappingsTest, ListsMappingsInPages) {
  make_function("f");
  make_function("g");
  const std::string other = source.enable("other");
  const json first = make_mapping();
  const json second = make_mapping({{"FunctionName", "g"}});
  const json third = make_mapping({{"EventSourceArn", other}});
  const auto listed = [this](const std::string& query) {
    return json::parse(call("GET", std::string(kMappings) + "?" + query).body);
  };
  EXPECT_EQ(listed("")["EventSourceMappings"].size(), 3U);
  EXPECT_FALSE(listed("").contains("NextMarker"));
  EXPECT_EQ(listed("FunctionName=g")["EventSourceMappings"], json::array({second}));
  EXPECT_EQ(listed("FunctionName=arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Ag")
                ["EventSourceMappings"],
            json::array({second}));
  EXPECT_EQ(listed("EventSourceArn=" + other)["EventSourceMappings"], json::array({third}));
  json page = listed("MaxItems=2");
  EXPECT_EQ(page["EventSourceMappings"].size(), 2U);
  page = listed("MaxItems=2&Marker=" + page["NextMarker"].get<std::string>());
  EXPECT_EQ(page["EventSourceMappings"].size(), 1U);
  EXPECT_FALSE(page.contains("NextMarker"));
  EXPECT_TRUE(fault(call("GET", std::string(kMappings) + "?MaxItems=0"))
                  .starts_with("400 ValidationException"));
  EXPECT_EQ(fault(call("GET", std::string(kMappings) + "?Marker=x")),
            "400 InvalidParameterValueException: Invalid Marker: x");
}

TEST_F(LambdaMappingsTest, UpdatesAMapping) {
  make_function();
  const std::string uuid = make_mapping({{"BatchSize", 7}})["UUID"];
  settle(uuid, MappingState::enabled);
  const LambdaReply reply = call("PUT", kMappings + uuid, R"({"MaximumRetryAttempts": 3})");
  EXPECT_EQ(reply.status, 202);
  const json mapping = json::parse(reply.body);
  EXPECT_EQ(mapping["State"], "Updating");
  EXPECT_EQ(mapping["MaximumRetryAttempts"], 3);
  EXPECT_EQ(mapping["BatchSize"], 7);
}

TEST_F(LambdaMappingsTest, DisablesAndEnablesAMapping) {
  make_function();
  const std::string uuid = make_mapping()["UUID"];
  settle(uuid, MappingState::enabled);
  EXPECT_EQ(json::parse(call("PUT", kMappings + uuid, R"({"Enabled": false})").body)["State"],
            "Disabling");
  settle(uuid, MappingState::disabled);
  EXPECT_EQ(json::parse(call("PUT", kMappings + uuid, R"({"BatchSize": 5})").body)["State"],
            "Disabled");
  EXPECT_EQ(json::parse(call("PUT", kMappings + uuid, R"({"Enabled": true})").body)["State"],
            "Enabling");
}

TEST_F(LambdaMappingsTest, StopsAMappingThatIsOnItsWayButDoesNotChangeIt) {
  make_function();
  const std::string uuid = make_mapping()["UUID"];
  using enum MappingState;
  for (const MappingState state : {creating, enabling, disabling, updating}) {
    settle(uuid, state);
    EXPECT_EQ(
        fault(call("PUT", kMappings + uuid, R"({"Enabled": true})")),
        "400 ResourceInUseException: Cannot update the event source mapping because it is in use.");
    EXPECT_EQ(json::parse(call("PUT", kMappings + uuid, R"({"Enabled": false})").body)["State"],
              "Disabling");
  }
  const LambdaReply deleted = call("DELETE", kMappings + uuid);
  EXPECT_EQ(deleted.status, 202);
  EXPECT_EQ(json::parse(deleted.body)["State"], "Deleting");
}

TEST_F(LambdaMappingsTest, TakesNoOrdersForAMappingThatIsDeleted) {
  make_function();
  const std::string uuid = make_mapping()["UUID"];
  settle(uuid, MappingState::deleting);
  EXPECT_EQ(
      fault(call("PUT", kMappings + uuid, R"({"Enabled": false})")),
      "400 ResourceInUseException: Cannot update the event source mapping because it is in use.");
  EXPECT_EQ(
      fault(call("DELETE", kMappings + uuid)),
      "400 ResourceInUseException: Cannot delete the event source mapping because it is in use.");
}

TEST_F(LambdaMappingsTest, SaysWhyAMappingIsWhereItIs) {
  make_function();
  const std::string uuid = make_mapping()["UUID"];
  ASSERT_TRUE(registry->change_mapping(uuid, [](EventSourceMapping* mapping) {
    mapping->state = MappingState::disabled;
    mapping->transition_reason = kStreamIsGone;
    return Result<void>();
  }));
  EXPECT_EQ(json::parse(call("GET", kMappings + uuid).body)["StateTransitionReason"],
            "Stream not found");
  EXPECT_EQ(json::parse(call("PUT", kMappings + uuid, "{}").body)["StateTransitionReason"],
            "User action");
}

}  // namespace
}  // namespace stator
