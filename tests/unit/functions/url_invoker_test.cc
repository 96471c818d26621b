#include "functions/url_invoker.h"

#include <gtest/gtest.h>

#include "awaited.h"
#include "functions/net/loop_poster.h"
#include "http_listener.h"

namespace stator {
namespace {

using support::http_answer;
using support::HttpListener;
using testing_support::Awaited;
using testing_support::invocation;

class UrlInvokerTest : public testing::Test {
 protected:
  // What comes of an invocation at a server that answers so.
  InvocationResult invoke(const std::string& answer,
                          std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
    HttpListener listener([this, answer](const std::string& request) {
      asked = request;
      return answer;
    });
    Awaited awaited;
    LambdaFunction function;
    function.timeout = timeout;
    UrlInvoker invoker(*parse_url(listener.url("/2015-03-31/functions/f/invocations")), function,
                       &poster);
    Invocation event = invocation(R"({"Records":[]})");
    event.client_context = "e30=";
    invoker.invoke(std::move(event), awaited.done());
    return awaited.next();
  }

  const std::unique_ptr<IoLoop> loop = *IoLoop::start([](const FunctionLogLine&) {});
  LoopPoster poster{loop.get()};
  std::string asked;
};

TEST_F(UrlInvokerTest, PostsLambdasInvokeRequest) {
  const InvocationResult result = invoke(http_answer("[1]"));
  EXPECT_EQ(result.outcome, InvocationOutcome::succeeded);
  EXPECT_EQ(result.answer, "[1]");
  EXPECT_EQ(result.status_code, 200);
  EXPECT_TRUE(asked.starts_with("POST /2015-03-31/functions/f/invocations HTTP/1.1\r\n")) << asked;
  EXPECT_NE(asked.find("X-Amz-Invocation-Type: RequestResponse\r\n"), std::string::npos);
  EXPECT_NE(asked.find("X-Amz-Client-Context: e30=\r\n"), std::string::npos);
  EXPECT_NE(asked.find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_TRUE(asked.ends_with("\r\n\r\n{\"Records\":[]}")) << asked;
}

TEST_F(UrlInvokerTest, KnowsAFunctionErrorByItsHeader) {
  const InvocationResult result =
      invoke(http_answer("{}", 200, "X-Amz-Function-Error: Handled\r\n"));
  EXPECT_EQ(result.outcome, InvocationOutcome::function_error);
  EXPECT_EQ(result.function_error, "Handled");
}

TEST_F(UrlInvokerTest, KnowsAFunctionErrorOfTheRuntimeInterfaceEmulator) {
  EXPECT_EQ(
      invoke(http_answer(R"({"errorMessage":"x","errorType":"Error","stackTrace":[]})")).outcome,
      InvocationOutcome::function_error);
  EXPECT_EQ(invoke(http_answer("Task timed out after 3.00 seconds")).outcome,
            InvocationOutcome::function_error);
  EXPECT_EQ(invoke(http_answer(R"({"errorMessage":"x"})")).outcome, InvocationOutcome::succeeded);
  EXPECT_EQ(invoke(http_answer("rubbish")).outcome, InvocationOutcome::succeeded);
}

TEST_F(UrlInvokerTest, TellsWhatDidNotTakePlaceFromWhatFailed) {
  for (const int status : {429, 502, 503, 504}) {
    EXPECT_EQ(invoke(http_answer("", status)).outcome, InvocationOutcome::not_invoked) << status;
  }
  for (const int status : {400, 404, 500}) {
    const InvocationResult result = invoke(http_answer("", status));
    EXPECT_EQ(result.outcome, InvocationOutcome::function_error) << status;
    EXPECT_EQ(result.status_code, status);
  }
}

TEST_F(UrlInvokerTest, FailsWithoutAWholeAnswer) {
  EXPECT_EQ(invoke("").outcome, InvocationOutcome::function_error);
  EXPECT_EQ(invoke("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx").outcome,
            InvocationOutcome::function_error);
  EXPECT_EQ(invoke("rubbish\r\n\r\n").outcome, InvocationOutcome::function_error);
}

TEST_F(UrlInvokerTest, FailsWhenTheAnswerIsTooLarge) {
  EXPECT_NE(invoke(http_answer(std::string(10'000'000, '1'))).answer.find("ResponseSizeTooLarge"),
            std::string::npos);
}

TEST_F(UrlInvokerTest, FailsWhenItTakesTooLong) {
  const InvocationResult result = invoke("hang", std::chrono::milliseconds(50));
  EXPECT_EQ(result.outcome, InvocationOutcome::function_error);
  EXPECT_NE(result.answer.find("Task timed out after 0.05 seconds"), std::string::npos);
}

TEST_F(UrlInvokerTest, DoesNotInvokeWhereNobodyListens) {
  std::string url;
  {
    const HttpListener gone([](const std::string&) { return std::string(); });
    url = gone.url();
  }
  Awaited awaited;
  UrlInvoker invoker(*parse_url(url), LambdaFunction(), &poster);
  invoker.invoke(invocation("{}"), awaited.done());
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::not_invoked);
}

TEST_F(UrlInvokerTest, CancelsWhatRunsAndWaitsWhenItEnds) {
  HttpListener listener([](const std::string&) { return std::string("hang"); });
  Awaited awaited;
  LambdaFunction function;
  function.concurrency = 1;
  {
    UrlInvoker invoker(*parse_url(listener.url()), function, &poster);
    invoker.invoke(invocation("1"), awaited.done());
    invoker.invoke(invocation("2"), awaited.done());
  }
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::not_invoked);
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::not_invoked);
}

}  // namespace
}  // namespace stator
