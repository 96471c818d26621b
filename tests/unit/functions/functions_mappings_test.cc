// Functions and mappings of Lambda's own API beside those of the file.
#include "functions_fixture.h"

namespace stator {
namespace {

using testing_support::FunctionsTest;
using testing_support::Json;

TEST_F(FunctionsTest, MakesMappingsAndInvokesThroughLambdasApi) {
  open();
  create_table();
  const Json table = call("DescribeTable", {{"TableName", "tab"}});
  put("before", 1);
  start("{}");
  lambda("POST", "/2015-03-31/event-source-mappings/",
         {{"EventSourceArn", table["Table"]["LatestStreamArn"]},
          {"FunctionName", "f"},
          {"StartingPosition", "LATEST"}});
  put("after", 1);
  EXPECT_EQ(seen.next(), "after1");
  EXPECT_EQ(lambda("POST", "/2015-03-31/functions/f/invocations", {{"Records", Json::array()}}),
            Json());
}

TEST_F(FunctionsTest, RefuseToDeliverTwiceWhatTheFileHasDelivered) {
  open();
  const std::string arn = create_table();
  start();
  const Json request = {
      {"EventSourceArn", arn}, {"FunctionName", "f"}, {"StartingPosition", "TRIM_HORIZON"}};
  const std::string body = request.dump();
  const LambdaReply reply = functions->call(
      {.method = "POST", .path = "/2015-03-31/event-source-mappings/", .body = body});
  EXPECT_EQ(reply.status, 409) << reply.body;
  EXPECT_NE(reply.body.find("already exists"), std::string::npos) << reply.body;
}

TEST_F(FunctionsTest, GoOnInTheFileWithAMappingOfLambdasApi) {
  open();
  const std::string arn = create_table();
  start("{}");
  lambda("POST", "/2015-03-31/event-source-mappings/",
         {{"EventSourceArn", arn}, {"FunctionName", "f"}, {"StartingPosition", "TRIM_HORIZON"}});
  put("a", 1);
  EXPECT_EQ(seen.next(), "a1");
  functions.reset();
  put("a", 2);
  start();
  EXPECT_EQ(seen.next(), "a2");
  const Json mappings = lambda("GET", "/2015-03-31/event-source-mappings/");
  EXPECT_EQ(mappings["EventSourceMappings"].size(), 1U);
  functions.reset();
  EXPECT_TRUE(seen.is_empty());
}

// Tables of two access keys that are made at one time have streams of one ARN.
class IsolatedFunctionsTest : public FunctionsTest {
 protected:
  void open_with_two_tables() {
    open({.clock = clock, .isolation = Isolation::key_and_region});
    caller.access_key = "k1";
    arn = create_table();
    put("one", 1);
    caller.access_key = "k2";
    EXPECT_EQ(create_table(), arn);
    put("two", 2);
  }
  std::string arn;
};

TEST_F(IsolatedFunctionsTest, GetTheChangesOfTheTableThatTheFileNames) {
  open_with_two_tables();
  start(R"({"mappings": [{"table": "k2/us-east-1/tab", "function": "f"}]})");
  EXPECT_EQ(seen.next(), "two2");
  functions.reset();
  EXPECT_TRUE(seen.is_empty());
}

TEST_F(IsolatedFunctionsTest, GetTheChangesOfTheTableOfWhoMakesTheMapping) {
  open_with_two_tables();
  start("{}");
  lambda("POST", "/2015-03-31/event-source-mappings/",
         {{"EventSourceArn", arn}, {"FunctionName", "f"}, {"StartingPosition", "TRIM_HORIZON"}});
  EXPECT_EQ(seen.next(), "two2");
  functions.reset();
  EXPECT_TRUE(seen.is_empty());
}

// The clock stands still, so that the new stream has the name of the old one.
TEST_F(FunctionsTest, ForgetsWhatCameThroughLambdasApiWhenItIsReset) {
  open({.clock = clock});
  create_table();
  start();
  lambda("POST", "/2015-03-31/functions",
         {{"FunctionName", "made"},
          {"Role", "arn:aws:iam::000000000000:role/any"},
          {"Code", {{"ImageUri", "http://127.0.0.1:1/"}}}});
  put("a", 1);
  EXPECT_EQ(seen.next(), "a1");
  Reply reply;
  functions->control({.method = "POST", .path = "/_stator/reset", .body = {}}, &reply);
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(lambda("GET", "/2015-03-31/functions")["Functions"].size(), 1U);
  create_table();
  put("b", 1);
  EXPECT_EQ(seen.next(), "b1");
}

}  // namespace
}  // namespace stator
