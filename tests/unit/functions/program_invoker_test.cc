#include "functions/net/program_invoker.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <condition_variable>
#include <deque>
#include <mutex>

#include "awaited.h"
#include "base/base64.h"
#include "no_threads.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing_support::Awaited;
using testing_support::invocation;
using testing_support::NoThreads;

// A runtime in a few lines of Python: `handle` is what it does with each event.
std::string runtime(const std::string& handle, const std::string& before = "pass") {
  return "import http.client, json, os, sys, time\n" + before +
         R"(
api = os.environ['AWS_LAMBDA_RUNTIME_API']
def call(method, path, body=None):
    connection = http.client.HTTPConnection(api)
    connection.request(method, '/2018-06-01/runtime/' + path, body)
    answer = connection.getresponse()
    return answer, answer.read().decode()
while True:
    head, event = call('GET', 'invocation/next')
    id = head.getheader('Lambda-Runtime-Aws-Request-Id')
    def answer(body): return call('POST', 'invocation/' + id + '/response', body)
    def fail(body): return call('POST', 'invocation/' + id + '/error', body)
    )" + handle +
         "\n";
}

// What the log was told, which a test waits for. Thread-safe.
class Lines {
 public:
  FunctionLog log() {
    return [this](const FunctionLogLine& line) {
      const std::lock_guard lock(mu_);
      lines_.push_back(std::string(line.message) + "|" + std::string(line.function) + "|" +
                       std::string(line.text));
      changed_.notify_all();
    };
  }

  // The next line; after 20 seconds an empty one.
  std::string next() {
    std::unique_lock lock(mu_);
    if (!changed_.wait_for(lock, 20s, [this] { return !lines_.empty(); })) return "";
    std::string first = std::move(lines_.front());
    lines_.pop_front();
    return first;
  }

 private:
  std::mutex mu_;
  std::condition_variable changed_;
  std::deque<std::string> lines_;
};

LambdaFunction program(std::vector<std::string> command) {
  LambdaFunction function;
  function.name = "f";
  function.code = ProgramCode{.command = std::move(command), .directory = {}};
  function.timeout = 20s;
  function.concurrency = 1;
  return function;
}

LambdaFunction python(const std::string& text) {
  return program({"/usr/bin/python3", "-u", "-c", text});
}

class ProgramInvokerTest : public testing::Test {
 protected:
  void start(const LambdaFunction& function) {
    invoker = std::make_unique<ProgramInvoker>(function, loop.get(), lines.log());
  }
  void send(const std::string& event) { invoker->invoke(invocation(event), awaited.done()); }
  InvocationResult invoke(const std::string& event) {
    send(event);
    return awaited.next();
  }

  Lines lines;
  Awaited awaited;
  const std::unique_ptr<IoLoop> loop = *IoLoop::start([](const FunctionLogLine&) {});
  std::unique_ptr<ProgramInvoker> invoker;
};

TEST_F(ProgramInvokerTest, GivesAProgramItsEventsOneAfterTheOther) {
  start(python(runtime("answer('[' + event + ']')")));
  EXPECT_EQ(invoke("1").answer, "[1]");
  const InvocationResult second = invoke("2");
  EXPECT_EQ(second.outcome, InvocationOutcome::succeeded);
  EXPECT_EQ(second.answer, "[2]");
  EXPECT_EQ(second.request_id, invocation("").request_id);
}

TEST_F(ProgramInvokerTest, KeepsTheProcessBetweenEvents) {
  start(python(runtime("answer(str(os.getpid()))")));
  const std::string first = invoke("1").answer;
  EXPECT_EQ(invoke("2").answer, first);
}

TEST_F(ProgramInvokerTest, SaysInItsHeadersWhatLambdaSays) {
  start(
      python(runtime("answer('|'.join(head.getheader('Lambda-Runtime-' + name) for name in "
                     "('Aws-Request-Id', 'Invoked-Function-Arn', 'Trace-Id')) + '|' + "
                     "str(5000 < int(head.getheader('Lambda-Runtime-Deadline-Ms')) - time.time() * "
                     "1000 < 21000))")));
  EXPECT_EQ(invoke("1").answer,
            "11111111-2222-4333-8444-555555555555|"
            "arn:aws:lambda:us-east-1:000000000000:function:f|"
            "Root=1-11111111-222243338444555555555555;Parent=1111111122224333;Sampled=0|True");
}

TEST_F(ProgramInvokerTest, HandsOverTheClientContextAsJson) {
  start(python(runtime("answer(str(head.getheader('Lambda-Runtime-Client-Context')))")));
  Invocation asked = invocation("1");
  append_base64("{\"custom\":\r\n{\"a\":\"b\"}}", &asked.client_context);
  invoker->invoke(asked, awaited.done());
  EXPECT_EQ(awaited.next().answer, R"({"custom":  {"a":"b"}})");
  EXPECT_EQ(invoke("1").answer, "None");
}

TEST_F(ProgramInvokerTest, SetsTheVariablesOfTheEnvironment) {
  LambdaFunction function = python(runtime(
      "answer('|'.join(os.environ[name] for name in ('AWS_LAMBDA_FUNCTION_NAME', '_HANDLER', "
      "'AWS_REGION', 'LEVEL')))"));
  function.environment = {{"LEVEL", "info"}};
  start(function);
  EXPECT_EQ(invoke("1").answer, "f|handler|us-east-1|info");
}

TEST_F(ProgramInvokerTest, FailsWhenTheProgramReportsAnError) {
  start(python(runtime(R"(fail('{"errorMessage":"no","errorType":"E"}'))")));
  const InvocationResult result = invoke("1");
  EXPECT_EQ(result.outcome, InvocationOutcome::function_error);
  EXPECT_EQ(result.function_error, "Unhandled");
  EXPECT_EQ(result.answer, R"({"errorMessage":"no","errorType":"E"})");
}

TEST_F(ProgramInvokerTest, FailsWhereThereIsNoThreadToWaitForTheProgram) {
  start(python(runtime("answer('1')")));
  {
    const NoThreads none;
    EXPECT_NE(invoke("1").answer.find("cannot start a thread"), std::string::npos);
  }
  EXPECT_EQ(invoke("2").answer, "1");
}

TEST_F(ProgramInvokerTest, StartsAProgramAgainThatCrashed) {
  start(python(runtime("os._exit(3) if event == 'die' else answer('alive')")));
  const InvocationResult crashed = invoke("die");
  EXPECT_EQ(crashed.outcome, InvocationOutcome::function_error);
  EXPECT_EQ(
      crashed.answer,
      R"({"errorType":"Runtime.ExitError","errorMessage":"RequestId: )"
      R"(11111111-2222-4333-8444-555555555555 Error: Runtime exited with error: exit status 3"})");
  EXPECT_EQ(invoke("1").answer, "alive");
}

TEST_F(ProgramInvokerTest, KillsAProgramThatTakesTooLong) {
  LambdaFunction function =
      python(runtime("time.sleep(600) if event == 'sleep' else answer('awake')"));
  function.timeout = 300ms;
  start(function);
  const InvocationResult late = invoke("sleep");
  EXPECT_EQ(late.outcome, InvocationOutcome::function_error);
  EXPECT_NE(late.answer.find("Task timed out after 0.30 seconds"), std::string::npos)
      << late.answer;
  EXPECT_EQ(invoke("1").answer, "awake");
}

TEST_F(ProgramInvokerTest, RefusesAnAnswerOfTenMegabytesAndGoesOn) {
  start(python(runtime("answer('x' * 10000000) if event == 'long' else answer('short')", "")));
  const InvocationResult result = invoke("long");
  EXPECT_EQ(result.outcome, InvocationOutcome::function_error);
  EXPECT_NE(result.answer.find("Function.ResponseSizeTooLarge"), std::string::npos)
      << result.answer;
  EXPECT_EQ(invoke("1").answer, "short");
}

// Python's client sends all of a request before it reads.
TEST_F(ProgramInvokerTest, TellsTheProgramThatItsAnswerIsTooLarge) {
  start(python(runtime("print(answer('x' * 50000000)[0].status)")));
  EXPECT_EQ(invoke("1").outcome, InvocationOutcome::function_error);
  EXPECT_EQ(lines.next(), "function output|f|413");
}

TEST_F(ProgramInvokerTest, LogsWhatTheProgramWrites) {
  start(python(runtime("print('to stdout'); print('to stderr', file=sys.stderr); answer('1')")));
  EXPECT_EQ(invoke("1").answer, "1");
  EXPECT_EQ(lines.next(), "function output|f|to stdout");
  EXPECT_EQ(lines.next(), "function output|f|to stderr");
}

TEST_F(ProgramInvokerTest, FailsWhenTheProgramDoesNotStart) {
  start(program({"/nonexistent/program"}));
  const InvocationResult result = invoke("1");
  EXPECT_EQ(result.outcome, InvocationOutcome::function_error);
  EXPECT_NE(result.answer.find("exit status 127"), std::string::npos) << result.answer;
  EXPECT_EQ(invoke("2").outcome, InvocationOutcome::function_error);  // after a pause, once more
}

TEST_F(ProgramInvokerTest, SaysWhyAProgramCouldNotInitialise) {
  start(python(runtime("pass",
                       R"(
c = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
c.request('POST', '/2018-06-01/runtime/init/error', '{"errorType":"NoTable"}')
c.getresponse().read()
sys.exit(1)
)")));
  EXPECT_NE(invoke("1").answer.find("NoTable"), std::string::npos);
}

TEST_F(ProgramInvokerTest, DescribesAnErrorThatAProgramDoesNot) {
  start(python(runtime("fail('')")));
  const InvocationResult result = invoke("1");
  EXPECT_EQ(result.outcome, InvocationOutcome::function_error);
  EXPECT_EQ(result.function_error, "Unhandled");
  EXPECT_EQ(result.answer, R"({"errorType":"Runtime.Unknown",)"
                           R"("errorMessage":"The program says that it failed, and not why."})");
}

TEST_F(ProgramInvokerTest, RefusesAnErrorOfInitialisationOnceAnEventWasAskedFor) {
  start(python(runtime("answer(str(call('POST', 'init/error', '{}')[0].status))")));
  EXPECT_EQ(invoke("1").answer, "403");
}

TEST_F(ProgramInvokerTest, RunsAShellScript) {
  start(program({"/bin/sh", "-c", R"(
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
  head=$(mktemp)
  event=$(curl -sS -D "$head" "$api/next") || exit 1
  id=$(sed -n 's/^Lambda-Runtime-Aws-Request-Id: *//Ip' "$head" | tr -d '\r')
  rm -f "$head"
  curl -sS -o /dev/null -d "sh $event" "$api/$id/response"
done
)"}));
  EXPECT_EQ(invoke("1").answer, "sh 1");
  EXPECT_EQ(invoke("2").answer, "sh 2");
}

TEST_F(ProgramInvokerTest, RunsAsManyProcessesAsItMay) {
  // Each waits until the other has its event.
  LambdaFunction function = python(runtime(R"(
    open(os.environ['PLACE'] + event, 'w').close()
    other = os.environ['PLACE'] + ('2' if event == '1' else '1')
    while not os.path.exists(other): time.sleep(0.01)
    answer(event))"));
  std::string place = testing::TempDir() + "stator_program_XXXXXX";
  ASSERT_NE(mkdtemp(place.data()), nullptr);
  function.environment = {{"PLACE", place + "/"}};
  function.concurrency = 2;
  start(function);
  send("1");
  send("2");
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::succeeded);
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::succeeded);
}

TEST_F(ProgramInvokerTest, EndsThePrograms) {
  start(python(runtime("answer(str(os.getpid()))")));
  const pid_t pid = std::stoi(invoke("1").answer);
  ASSERT_EQ(kill(pid, 0), 0);
  invoker.reset();
  EXPECT_EQ(kill(pid, 0), -1);  // neither running nor a zombie
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

TEST_F(ProgramInvokerTest, ReportsWhatItWorkedOnAsNotInvokedWhenItEnds) {
  start(python(runtime("print('has it'); time.sleep(600)")));
  send("1");
  send("2");
  EXPECT_EQ(lines.next(), "function output|f|has it");
  invoker.reset();
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::not_invoked);
  EXPECT_EQ(awaited.next().outcome, InvocationOutcome::not_invoked);
}

}  // namespace
}  // namespace stator
