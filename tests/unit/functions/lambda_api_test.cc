// Functions by Lambda's API.
#include "base/base64.h"
#include "lambda_api_support.h"

namespace stator {
namespace {

using nlohmann::json;
using testing_support::kFunctions;
using testing_support::LambdaApiTest;

TEST_F(LambdaApiTest, CreatesAFunctionAtAUrl) {
  const LambdaReply reply = call("POST", kFunctions, R"({
      "FunctionName": "audit", "Role": "arn:aws:iam::000000000000:role/r", "Handler": "index.handler",
      "Code": {"ImageUri": "http://127.0.0.1:9001/2015-03-31/functions/audit/invocations"},
      "Environment": {"Variables": {"LEVEL": "1"}}, "Timeout": 30, "PackageType": "Image"})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  const json made = json::parse(reply.body);
  EXPECT_EQ(made["FunctionArn"], "arn:aws:lambda:us-east-1:000000000000:function:audit");
  EXPECT_EQ(made["Timeout"], 30);
  EXPECT_EQ(made["State"], "Active");
  EXPECT_EQ(made["LastModified"], "2023-11-14T22:00:00.000+0000");
  EXPECT_EQ(made["Environment"]["Variables"]["LEVEL"], "1");
  const json got = json::parse(call("GET", std::string(kFunctions) + "audit").body);
  EXPECT_EQ(got["Configuration"], made);
  EXPECT_EQ(got["Code"]["Location"],
            "http://127.0.0.1:9001/2015-03-31/functions/audit/invocations");
  EXPECT_EQ(json::parse(call("GET", std::string(kFunctions) + "audit/configuration").body), made);
}

TEST_F(LambdaApiTest, CreatesAFunctionOfAProgramForThisMachineOnly) {
  const std::string request = R"({"FunctionName": "p", "Role": "arn:aws:iam::000000000000:role/r",
      "Code": {"ImageUri": "program:/bin/f"},
      "ImageConfig": {"EntryPoint": ["a"], "Command": ["b"], "WorkingDirectory": "/srv"}})";
  EXPECT_TRUE(fault(call("POST", kFunctions, request)).starts_with("403 AccessDeniedException"));
  EXPECT_EQ(call_locally("POST", kFunctions, request).status, 201);
  EXPECT_EQ(std::get<ProgramCode>(registry->function("p")->code),
            (ProgramCode{.command = {"/bin/f", "a", "b"}, .directory = "/srv"}));
}

TEST_F(LambdaApiTest, CreatesNoFunctionForAWebPage) {
  const std::string request =
      R"({"FunctionName": "u", "Role": "arn:aws:iam::000000000000:role/r",
      "Code": {"ImageUri": "http://127.0.0.1:1/"}})";
  EXPECT_EQ(fault(call("POST", kFunctions, request, {.has_origin = true})),
            "403 AccessDeniedException: No web page and no function can make functions.");
  EXPECT_FALSE(registry->function("u"));
  EXPECT_EQ(call("POST", kFunctions, request).status, 201);
}

TEST_F(LambdaApiTest, TakesKindsFromTheEnvironment) {
  EXPECT_EQ(
      call(
          "POST", kFunctions,
          R"({"FunctionName": "u", "Role": "arn:aws:iam::000000000000:role/r", "Code": {"ZipFile": "x"},
      "Environment": {"Variables": {"STATOR_URL": "http://h/"}}})")
          .status,
      201);
  EXPECT_EQ(std::get<UrlCode>(registry->function("u")->code).url, "http://h/");
  EXPECT_EQ(
      call_locally("POST", kFunctions,
                   R"({"FunctionName": "p", "Role": "arn:aws:iam::000000000000:role/r", "Code": {},
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
  EXPECT_TRUE(
      refusal(
          R"({"FunctionName": "f", "Role": "arn:aws:iam::000000000000:role/r", "Code": {"ZipFile": "UEs="}})")
          .starts_with("400 InvalidParameterValueException: stator runs no archives"));
  EXPECT_TRUE(
      refusal(
          R"({"FunctionName": "f", "Role": "arn:aws:iam::000000000000:role/r", "Code": {"ImageUri": "https://h"}})")
          .starts_with("400 InvalidParameterValueException: Not a URL"));
  EXPECT_TRUE(
      refusal(R"({"FunctionName": "f", "Role": "arn:aws:iam::000000000000:role/r", "Timeout": 0,
                          "Code": {"ImageUri": "http://h"}})")
          .starts_with("400 ValidationException: 1 validation error detected: Value '0' at "
                       "'timeout'"));
  make_function();
  EXPECT_EQ(
      refusal(
          R"({"FunctionName": "f", "Role": "arn:aws:iam::000000000000:role/r", "Code": {"ImageUri": "http://h"}})"),
      "409 ResourceConflictException: Function already exist: f");
}

// A member that breaks its constraint in the service model, and what the answer says of it.
struct Broken {
  json member;
  const char* told;
};

TEST_F(LambdaApiTest, RefusesFunctionsThatTheModelDoesNotAllow) {
  const std::vector<Broken> all = {
      {{{"FunctionName", std::string(141, 'a')}}, "length less than or equal to 140"},
      {{{"Role", "r"}}, "Value 'r' at 'role' failed to satisfy constraint: Member must satisfy"},
      {{{"Role", "arn:aws:iam::1:role/r"}}, "at 'role'"},
      {{{"Role", "arn:aws:iam::000000000000:role"}}, "at 'role'"},
      {{{"Description", std::string(257, 'd')}}, "length less than or equal to 256"},
      {{{"Handler", "a b"}},
       "Value 'a b' at 'handler' failed to satisfy constraint: Member must "
       "satisfy regular expression pattern: [^\\s]+"},
      {{{"Handler", std::string(129, 'h')}}, "length less than or equal to 128"},
      {{{"Runtime", "cobol"}},
       "Value 'cobol' at 'runtime' failed to satisfy constraint: Member "
       "must satisfy enum value set: [nodejs, nodejs4.3, "},
      {{{"Environment", {{"Variables", {{"1x", "secret"}}}}}}, "Value '1x' at"},
      {{{"Environment", {{"Variables", {{"x", "secret"}}}}}}, "Value 'x' at"},
  };
  for (const Broken& broken : all) {
    const std::string refusal = fault(call("POST", kFunctions, function_request(broken.member)));
    EXPECT_TRUE(refusal.starts_with("400 ValidationException: 1 validation error detected: "))
        << refusal;
    EXPECT_NE(refusal.find(broken.told), std::string::npos) << refusal;
    EXPECT_EQ(refusal.find("secret"), std::string::npos);
  }
}

TEST_F(LambdaApiTest, TakesFunctionsAtTheBoundsOfTheModel) {
  const std::vector<json> all = {
      {{"FunctionName", std::string(140, 'a')}},
      {{"Role", "arn:aws-cn:iam::012345678901:role/path/a+=,.@-_"}},
      {{"Description", std::string(256, 'd')}},
      {{"Handler", std::string(128, 'h')}},
      {{"Runtime", "provided.al2023"}},
      {{"Environment", {{"Variables", {{"x1_", ""}}}}}},
  };
  for (const json& member : all) {
    json named = {{"FunctionName", "f" + std::to_string(registry->functions().size())}};
    named.update(member);
    EXPECT_EQ(call("POST", kFunctions, function_request(named)).status, 201) << member;
  }
}

TEST_F(LambdaApiTest, RefusesTextsThatAreNotUtf8) {
  EXPECT_TRUE(fault(call("POST", kFunctions, "{\"FunctionName\": \"f\", \"Role\": \"\xFF\xFE\"}"))
                  .starts_with("400 "));
  EXPECT_FALSE(registry->function("f"));
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

TEST_F(LambdaApiTest, HasNoVersionButTheLatest) {
  make_function();
  const std::string path = std::string(kFunctions) + "f";
  const std::string missing =
      "404 ResourceNotFoundException: Function not found: "
      "arn:aws:lambda:us-east-1:000000000000:function:f";
  for (const char* const other : {"?Qualifier=1", ":1?Qualifier=%24LATEST", ":1"}) {
    EXPECT_EQ(fault(call("GET", path + other)), missing) << other;
  }
  EXPECT_EQ(fault(call("GET", path + "/configuration?Qualifier=1")), missing);
  EXPECT_EQ(fault(call("POST", path + "/invocations?Qualifier=1", "1")), missing);
  EXPECT_EQ(fault(call("DELETE", path + "?Qualifier=1")), missing);
  EXPECT_EQ(function->running(), 0U);
  EXPECT_EQ(call("GET", path + ":$LATEST?Qualifier=%24LATEST").status, 200);
  EXPECT_EQ(call("DELETE", path + "?Qualifier=$LATEST").status, 204);
}

TEST_F(LambdaApiTest, HoldsTheNamesInPathsAgainstTheModel) {
  const auto refusal = [this](std::string_view method, const std::string& name) {
    return fault(call(method, kFunctions + name));
  };
  for (const auto& [method, rest] : {std::pair("GET", ""), std::pair("GET", "/configuration"),
                                     std::pair("DELETE", ""), std::pair("POST", "/invocations")}) {
    EXPECT_TRUE(refusal(method, std::string("a%20b") + rest)
                    .starts_with("400 ValidationException: 1 validation error detected: Value 'a "
                                 "b' at 'functionName' failed to satisfy constraint: Member must "
                                 "satisfy regular expression pattern: (arn:"))
        << method << rest;
  }
  const std::string longest(256, 'x');
  EXPECT_TRUE(refusal("GET", longest).starts_with("404 ResourceNotFoundException"));
  EXPECT_TRUE(refusal("GET", longest + "x").starts_with("400 ValidationException"));
  EXPECT_TRUE(refusal("GET", "a.b").starts_with("404 ResourceNotFoundException"));
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

TEST_F(LambdaApiTest, HandsTheClientContextToWhatIsWaitedFor) {
  make_function();
  const std::string path = std::string(kFunctions) + "f/invocations";
  call("POST", path, "1", {.client_context = "eyJjdXN0b20iOnsiYSI6ImIifX0="});
  EXPECT_EQ(function->oldest().client_context, "eyJjdXN0b20iOnsiYSI6ImIifX0=");
  function->end();
  call("POST", path, "1", {.invocation_type = "Event", .client_context = "e30="});
  EXPECT_EQ(function->oldest().client_context, "");
  for (const char* const wrong : {"?", "W10=", "e30=e30="}) {
    EXPECT_EQ(fault(call("POST", path, "1", {.client_context = wrong})),
              "400 InvalidRequestContentException: Client context must be a valid Base64-encoded "
              "JSON object.");
  }
  std::string long_context;
  append_base64("{\"a\":\"" + std::string(2700, 'x') + "\"}", &long_context);
  EXPECT_TRUE(fault(call("POST", path, "1", {.client_context = long_context}))
                  .starts_with("400 InvalidRequestContentException"));
}

TEST_F(LambdaApiTest, KnowsTheTypesOfLogs) {
  make_function();
  const std::string path = std::string(kFunctions) + "f/invocations";
  EXPECT_EQ(fault(call("POST", path, "1", {.log_type = "All"})),
            "400 ValidationException: 1 validation error detected: Value 'All' at 'logType' failed "
            "to satisfy constraint: Member must satisfy enum value set: [None, Tail]");
  EXPECT_EQ(function->running(), 0U);
  call("POST", path, "1", {.log_type = "Tail"});
  EXPECT_EQ(function->running(), 1U);
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
}

TEST_F(LambdaApiTest, AnswersForAllPathsOfLambda) {
  for (const char* const path :
       {"/2017-03-31/tags/arn", "/2017-10-31/functions/f/concurrency", "/2015-03-31/functions"}) {
    EXPECT_TRUE(LambdaApi::is_for(path)) << path;
  }
  EXPECT_TRUE(fault(call("GET", "/2017-10-31/event-source-mappings"))
                  .starts_with("404 UnknownOperationException"));
  for (const char* const path : {"/", "/2015-03-31", "/2015-03-3x/functions", "/_stator/reset"}) {
    EXPECT_FALSE(LambdaApi::is_for(path)) << path;
  }
}

}  // namespace
}  // namespace stator
