// Functions by Lambda's API.
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

TEST_F(LambdaApiTest, CreatesNoFunctionForAWebPage) {
  const std::string request =
      R"({"FunctionName": "u", "Role": "r", "Code": {"ImageUri": "http://127.0.0.1:1/"}})";
  EXPECT_EQ(fault(call("POST", kFunctions, request, {.has_origin = true})),
            "403 AccessDeniedException: No web page and no function can make functions.");
  EXPECT_FALSE(registry->function("u"));
  EXPECT_EQ(call("POST", kFunctions, request).status, 201);
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
