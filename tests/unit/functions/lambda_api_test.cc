#include "functions/lambda_api.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "memory_rows.h"
#include "memory_source.h"
#include "scripted_invoker.h"

namespace stator {
namespace {

using nlohmann::json;
using testing_support::kStart;
using testing_support::MemoryRows;
using testing_support::MemorySource;
using testing_support::ScriptedInvoker;

constexpr char kMappings[] = "/2015-03-31/event-source-mappings/";
constexpr char kFunctions[] = "/2015-03-31/functions/";

class LambdaApiTest : public testing::Test {
 protected:
  // The answer; its status is 0 while there is none.
  LambdaReply call(std::string_view method, const std::string& path, const std::string& body = "",
                   LambdaCall more = {}) {
    more.method = method;
    const std::size_t question = std::min(path.find('?'), path.size());
    more.path = std::string_view(path).substr(0, question);
    if (question < path.size()) more.query = std::string_view(path).substr(question + 1);
    more.body = body;
    const auto held = std::make_shared<LambdaReply>(LambdaReply{.status = 0});
    api.answer(more, [held](LambdaReply reply) { *held = std::move(reply); });
    later = held;
    return *held;
  }
  LambdaReply call_locally(std::string_view method, const std::string& path,
                           const std::string& body) {
    return call(method, path, body, {.is_local = true});
  }

  static std::string header(const LambdaReply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers) {
      if (key == name) return value;
    }
    return "";
  }
  // "404 ResourceNotFoundException: text"
  static std::string fault(const LambdaReply& reply) {
    if (header(reply, "x-amzn-ErrorType").empty()) return std::to_string(reply.status);
    const json body = json::parse(reply.body);
    EXPECT_EQ(body["Type"], reply.status < 500 ? "User" : "Service");
    return std::to_string(reply.status) + " " + header(reply, "x-amzn-ErrorType") + ": " +
           body["Message"].get<std::string>();
  }

  void make_function(const std::string& name = "f") {
    const LambdaReply reply =
        call("POST", kFunctions,
             json{{"FunctionName", name}, {"Role", "r"}, {"Code", {{"ImageUri", "http://h:1/"}}}}
                 .dump());
    EXPECT_EQ(reply.status, 201) << reply.body;
  }
  json mapping_request(json more = json::object()) {
    json request = {{"EventSourceArn", arn}, {"FunctionName", "f"}, {"StartingPosition", "LATEST"}};
    request.update(more);
    return request;
  }
  json make_mapping(json more = json::object()) {
    const LambdaReply reply = call("POST", kMappings, mapping_request(std::move(more)).dump());
    EXPECT_EQ(reply.status, 202) << reply.body;
    return json::parse(reply.body);
  }
  // As the delivery does when a mapping runs.
  void settle(const std::string& uuid, MappingState state) {
    ASSERT_TRUE(registry->change_mapping(uuid, [state](EventSourceMapping* mapping) {
      mapping->state = state;
      return Result<void>();
    }));
  }

  MemoryRows rows;
  MemorySource source;
  const std::string arn = source.enable("t");
  const ManualClock clock{kStart};
  const std::unique_ptr<Registry> registry = *Registry::open(&rows, [] {});
  const std::shared_ptr<ScriptedInvoker> function = std::make_shared<ScriptedInvoker>();
  std::vector<std::string> log;
  FunctionInvokers invokers{*registry, [this](const LambdaFunction&) { return function; }};
  LambdaApi api{{.registry = *registry,
                 .invokers = invokers,
                 .source = source,
                 .clock = clock,
                 .log = [this](const FunctionLogLine& line) { log.emplace_back(line.text); },
                 .seed = 1}};
  std::shared_ptr<LambdaReply> later;
};

TEST_F(LambdaApiTest, CreatesAMapping) {
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

TEST_F(LambdaApiTest, TakesPathsWithAndWithoutASlashAtTheEnd) {
  make_function();
  EXPECT_EQ(call("POST", "/2015-03-31/event-source-mappings", mapping_request().dump()).status,
            202);
  EXPECT_EQ(call("GET", "/2015-03-31/event-source-mappings/").status, 200);
  EXPECT_EQ(call("GET", "/2015-03-31/functions").status, 200);
}

TEST_F(LambdaApiTest, BeginsWithTheLatestAtTheTimeOfTheCall) {
  make_function();
  source.write("t", "a", 1);
  const std::string uuid = make_mapping()["UUID"];
  source.write("t", "a", 2);
  EXPECT_EQ(registry->checkpoints(uuid)->at(1).done, 1U);
}

TEST_F(LambdaApiTest, RefusesMappingsThatCannotBe) {
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

TEST_F(LambdaApiTest, KnowsWhichMappingsThereAreNot) {
  for (const char* const method : {"GET", "PUT", "DELETE"}) {
    EXPECT_EQ(fault(call(method, std::string(kMappings) + "nope", "{}")),
              "404 ResourceNotFoundException: The resource you requested does not exist.");
  }
}

TEST_F(LambdaApiTest, ListsMappingsInPages) {
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

TEST_F(LambdaApiTest, UpdatesAMapping) {
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

TEST_F(LambdaApiTest, DisablesAndEnablesAMapping) {
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

TEST_F(LambdaApiTest, TakesNoOrdersForAMappingThatIsOnItsWay) {
  make_function();
  const std::string uuid = make_mapping()["UUID"];
  EXPECT_EQ(
      fault(call("PUT", kMappings + uuid, "{}")),
      "400 ResourceInUseException: Cannot update the event source mapping because it is in use.");
  EXPECT_EQ(
      fault(call("DELETE", kMappings + uuid)),
      "400 ResourceInUseException: Cannot delete the event source mapping because it is in use.");
  settle(uuid, MappingState::enabled);
  const LambdaReply deleted = call("DELETE", kMappings + uuid);
  EXPECT_EQ(deleted.status, 202);
  EXPECT_EQ(json::parse(deleted.body)["State"], "Deleting");
}

TEST_F(LambdaApiTest, CreatesAFunctionAtAUrl) {
  const LambdaReply reply = call("POST", kFunctions, R"({
      "FunctionName": "audit", "Role": "arn:aws:iam::000000000000:role/r", "Handler": "index.handler",
      "Code": {"ImageUri": "http://127.0.0.1:9001/2015-03-31/functions/audit/invocations"},
      "Environment": {"Variables": {"A": "1"}}, "Timeout": 30, "PackageType": "Image"})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  const json made = json::parse(reply.body);
  EXPECT_EQ(made["FunctionArn"], "arn:aws:lambda:us-east-1:000000000000:function:audit");
  EXPECT_EQ(made["Timeout"], 30);
  EXPECT_EQ(made["State"], "Active");
  EXPECT_EQ(made["LastModified"], "2023-11-14T22:00:00.000+0000");
  EXPECT_EQ(made["Environment"]["Variables"]["A"], "1");
  const json got = json::parse(call("GET", std::string(kFunctions) + "audit").body);
  EXPECT_EQ(got["Configuration"], made);
  EXPECT_EQ(got["Code"]["Location"],
            "http://127.0.0.1:9001/2015-03-31/functions/audit/invocations");
  EXPECT_EQ(json::parse(call("GET", std::string(kFunctions) + "audit/configuration").body), made);
}

TEST_F(LambdaApiTest, CreatesAFunctionOfAProgramForThisMachineOnly) {
  const std::string request = R"({"FunctionName": "p", "Role": "r",
      "Code": {"ImageUri": "program:/bin/f"},
      "ImageConfig": {"EntryPoint": ["a"], "Command": ["b"], "WorkingDirectory": "/srv"}})";
  EXPECT_TRUE(fault(call("POST", kFunctions, request)).starts_with("403 AccessDeniedException"));
  EXPECT_EQ(call_locally("POST", kFunctions, request).status, 201);
  EXPECT_EQ(std::get<ProgramCode>(registry->function("p")->code),
            (ProgramCode{.command = {"/bin/f", "a", "b"}, .directory = "/srv"}));
}

TEST_F(LambdaApiTest, TakesKindsFromTheEnvironment) {
  EXPECT_EQ(call("POST", kFunctions, R"({"FunctionName": "u", "Role": "r", "Code": {"ZipFile": "x"},
      "Environment": {"Variables": {"STATOR_URL": "http://h/"}}})")
                .status,
            201);
  EXPECT_EQ(std::get<UrlCode>(registry->function("u")->code).url, "http://h/");
  EXPECT_EQ(call_locally("POST", kFunctions,
                         R"({"FunctionName": "p", "Role": "r", "Code": {},
      "Environment": {"Variables": {"STATOR_PROGRAM": "/bin/f"}}})")
                .status,
            201);
  EXPECT_EQ(std::get<ProgramCode>(registry->function("p")->code).command.front(), "/bin/f");
}

TEST_F(LambdaApiTest, RefusesFunctionsThatCannotBe) {
  const auto refusal = [this](const std::string& request) {
    return fault(call("POST", kFunctions, request));
  };
  EXPECT_TRUE(refusal("{}").starts_with("400 ValidationException: 3 validation errors detected"));
  EXPECT_TRUE(refusal(R"({"FunctionName": "f", "Role": "r", "Code": {"ZipFile": "UEs="}})")
                  .starts_with("400 InvalidParameterValueException: stator runs no archives"));
  EXPECT_TRUE(refusal(R"({"FunctionName": "f", "Role": "r", "Code": {"ImageUri": "https://h"}})")
                  .starts_with("400 InvalidParameterValueException: Not a URL"));
  EXPECT_TRUE(refusal(R"({"FunctionName": "f", "Role": "r", "Timeout": 0,
                          "Code": {"ImageUri": "http://h"}})")
                  .starts_with("400 ValidationException: 1 validation error detected: Value '0' at "
                               "'timeout'"));
  make_function();
  EXPECT_EQ(refusal(R"({"FunctionName": "f", "Role": "r", "Code": {"ImageUri": "http://h"}})"),
            "409 ResourceConflictException: Function already exist: f");
}

TEST_F(LambdaApiTest, ListsAndDeletesFunctions) {
  make_function("b");
  make_function("a");
  const json functions = json::parse(call("GET", kFunctions).body)["Functions"];
  ASSERT_EQ(functions.size(), 2U);
  EXPECT_EQ(functions[0]["FunctionName"], "a");
  EXPECT_EQ(json::parse(call("GET", std::string(kFunctions) + "?MaxItems=1").body)["NextMarker"],
            "1");
  const LambdaReply deleted = call("DELETE", std::string(kFunctions) + "a");
  EXPECT_EQ(deleted.status, 204);
  EXPECT_EQ(deleted.body, "");
  const std::string missing =
      "404 ResourceNotFoundException: Function not found: "
      "arn:aws:lambda:us-east-1:000000000000:function:a";
  EXPECT_EQ(fault(call("GET", std::string(kFunctions) + "a")), missing);
  EXPECT_EQ(fault(call("DELETE", std::string(kFunctions) + "a")), missing);
  EXPECT_EQ(fault(call("POST", std::string(kFunctions) + "a/invocations")), missing);
}

TEST_F(LambdaApiTest, InvokesAFunctionAndAnswersWhenItDoes) {
  make_function();
  const std::string path = std::string(kFunctions) + "f/invocations";
  EXPECT_EQ(call("POST", path, R"({"a": 1})").status, 0);
  EXPECT_EQ(function->oldest().event, R"({"a": 1})");
  function->end({.answer = "[2]", .request_id = {}, .function_error = {}});
  EXPECT_EQ(later->status, 200);
  EXPECT_EQ(later->body, "[2]");
  EXPECT_EQ(header(*later, "X-Amz-Executed-Version"), "$LATEST");
  EXPECT_EQ(header(*later, "X-Amz-Function-Error"), "");
}

TEST_F(LambdaApiTest, SaysWhenAFunctionFails) {
  make_function();
  call("POST", std::string(kFunctions) + "f/invocations");
  EXPECT_EQ(function->oldest().event, "{}");
  function->fail();
  EXPECT_EQ(later->status, 200);
  EXPECT_EQ(header(*later, "X-Amz-Function-Error"), "Unhandled");
  EXPECT_EQ(json::parse(later->body)["errorMessage"], "as told");
}

TEST_F(LambdaApiTest, SaysWhenAFunctionCannotBeReached) {
  make_function();
  call("POST", std::string(kFunctions) + "f/invocations");
  function->end(not_invoked(function->oldest(), 429));
  EXPECT_TRUE(fault(*later).starts_with("429 TooManyRequestsException"));
  call("POST", std::string(kFunctions) + "f/invocations");
  function->end(not_invoked(function->oldest(), 502));
  EXPECT_TRUE(fault(*later).starts_with("500 ServiceException"));
}

TEST_F(LambdaApiTest, DoesNotWaitForEvents) {
  make_function();
  const std::string path = std::string(kFunctions) + "f/invocations";
  EXPECT_EQ(call("POST", path, "1", {.invocation_type = "Event"}).status, 202);
  ASSERT_EQ(function->running(), 1U);
  function->fail();
  ASSERT_EQ(log.size(), 1U);
  EXPECT_NE(log[0].find("as told"), std::string::npos);
}

TEST_F(LambdaApiTest, InvokesNothingForADryRun) {
  make_function();
  const std::string path = std::string(kFunctions) + "f/invocations";
  EXPECT_EQ(call("POST", path, "1", {.invocation_type = "DryRun"}).status, 204);
  EXPECT_EQ(function->running(), 0U);
  EXPECT_TRUE(fault(call("POST", path, "1", {.invocation_type = "Nope"}))
                  .starts_with("400 ValidationException"));
}

TEST_F(LambdaApiTest, RefusesEventsThatCannotBe) {
  make_function();
  const std::string path = std::string(kFunctions) + "f/invocations";
  EXPECT_TRUE(fault(call("POST", path, "{")).starts_with("400 InvalidRequestContentException"));
  EXPECT_TRUE(fault(call("POST", path, "\"" + std::string(6 * 1024 * 1024, 'x') + "\""))
                  .starts_with("413 RequestTooLargeException"));
  EXPECT_TRUE(fault(call("POST", path, "\"" + std::string(1024 * 1024, 'x') + "\"",
                         {.invocation_type = "Event"}))
                  .starts_with("413 RequestTooLargeException"));
}

TEST_F(LambdaApiTest, RefusesOperationsThatItDoesNotHave) {
  EXPECT_TRUE(
      fault(call("GET", "/2015-03-31/layers")).starts_with("404 UnknownOperationException"));
  EXPECT_TRUE(fault(call("PATCH", kFunctions)).starts_with("404 UnknownOperationException"));
  EXPECT_TRUE(fault(call("GET", std::string(kFunctions) + "f/policy"))
                  .starts_with("404 UnknownOperationException"));
  EXPECT_TRUE(LambdaApi::is_for("/2015-03-31/functions"));
  EXPECT_FALSE(LambdaApi::is_for("/"));
}

}  // namespace
}  // namespace stator
