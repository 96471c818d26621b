#include "functions/in_process_invoker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>

#include "awaited.h"
#include "no_threads.h"

namespace stator {
namespace {

using testing_support::Awaited;
using testing_support::invocation;
using testing_support::NoThreads;

TEST(InProcessInvoker, AnswersWhatTheFunctionReturns) {
  Awaited awaited;
  InProcessInvoker invoker(
      [](std::string_view event) {
        return HandlerResult{.answer = "[" + std::string(event) + "]"};
      },
      1);
  invoker.invoke(invocation("1"), awaited.done());
  const InvocationResult result = awaited.next();
  EXPECT_EQ(result.outcome, InvocationOutcome::succeeded);
  EXPECT_EQ(result.answer, "[1]");
  EXPECT_EQ(result.request_id, invocation("").request_id);
}

TEST(InProcessInvoker, AnswersNullForNothing) {
  Awaited awaited;
  InProcessInvoker invoker([](std::string_view) { return HandlerResult{}; }, 1);
  invoker.invoke(invocation("1"), awaited.done());
  EXPECT_EQ(awaited.next().answer, "null");
}

TEST(InProcessInvoker, FailsAsTheFunctionSays) {
  Awaited awaited;
  InProcessInvoker invoker(
      [](std::string_view) {
        return HandlerResult{.error_type = "Broken", .error_message = "no \"way\""};
      },
      1);
  invoker.invoke(invocation("1"), awaited.done());
  const InvocationResult result = awaited.next();
  EXPECT_EQ(result.outcome, InvocationOutcome::function_error);
  EXPECT_EQ(result.function_error, "Unhandled");
  EXPECT_EQ(result.answer, R"({"errorType":"Broken","errorMessage":"no \"way\""})");
}

TEST(InProcessInvoker, FailsWhenTheFunctionThrows) {
  Awaited awaited;
  InProcessInvoker invoker(
      [](std::string_view event) -> HandlerResult {
        if (event == "1") throw std::runtime_error("as told");
        throw 7;
      },
      1);
  invoker.invoke(invocation("1"), awaited.done());
  EXPECT_NE(awaited.next().answer.find("as told"), std::string::npos);
  invoker.invoke(invocation("2"), awaited.done());
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::function_error);
}

TEST(InProcessInvoker, FailsWhenTheAnswerIsTooLarge) {
  Awaited awaited;
  InProcessInvoker invoker(
      [](std::string_view) {
        return HandlerResult{.answer = std::string(kAnswerBytesMax + 1, '1')};
      },
      1);
  invoker.invoke(invocation("1"), awaited.done());
  EXPECT_NE(awaited.next().answer.find("Function.ResponseSizeTooLarge"), std::string::npos);
}

TEST(InProcessInvoker, DoesNotInvokeWhereThereIsNoThread) {
  Awaited awaited;
  InProcessInvoker invoker([](std::string_view) { return HandlerResult{}; }, 1);
  {
    const NoThreads none;
    invoker.invoke(invocation("1"), awaited.done());
    EXPECT_EQ(awaited.next().status_code, 503);
  }
  invoker.invoke(invocation("2"), awaited.done());
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::succeeded);
}

// Each call waits for the other: one after the other they would wait forever.
TEST(InProcessInvoker, RunsAsManyAtOnceAsItIsTold) {
  Awaited awaited;
  std::latch both(2);
  InProcessInvoker invoker(
      [&both](std::string_view) {
        both.arrive_and_wait();
        return HandlerResult{};
      },
      2);
  invoker.invoke(invocation("1"), awaited.done());
  invoker.invoke(invocation("2"), awaited.done());
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::succeeded);
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::succeeded);
}

TEST(InProcessInvoker, LetsTheOthersWait) {
  Awaited awaited;
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  InProcessInvoker invoker(
      [&](std::string_view) {
        most = std::max(most.load(), ++running);
        --running;
        return HandlerResult{};
      },
      1);
  for (int i = 0; i < 50; ++i) invoker.invoke(invocation("1"), awaited.done());
  for (int i = 0; i < 50; ++i) EXPECT_EQ(awaited.next().outcome, InvocationOutcome::succeeded);
  EXPECT_EQ(most, 1);
}

TEST(InProcessInvoker, CancelsWhatWaitsWhenItStopsAndWaitsForWhatRunsWhenItEnds) {
  Awaited awaited;
  std::latch started(1);
  std::latch may_end(1);
  auto invoker = std::make_unique<InProcessInvoker>(
      [&](std::string_view) {
        started.count_down();
        may_end.wait();
        return HandlerResult{};
      },
      1);
  invoker->invoke(invocation("1"), awaited.done());
  started.wait();
  invoker->invoke(invocation("2"), awaited.done());
  invoker->stop();
  EXPECT_EQ(awaited.next().status_code, 503);
  may_end.count_down();
  invoker.reset();
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::succeeded);
}

}  // namespace
}  // namespace stator
