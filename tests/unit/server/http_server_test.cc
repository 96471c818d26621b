#include "server/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "http_client.h"
#include "no_threads.h"
#include "server/healthcheck.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::StartsWith;
using Seconds = std::chrono::duration<double>;

// A server on a free port of the loopback.
class HttpServerTest : public testing::Test {
 protected:
  void start(const HttpTimeouts& timeouts = {}, int threads = 2) {
    auto listening = HttpServer::listen({.port = 0, .threads = threads, .timeouts = timeouts});
    ASSERT_TRUE(listening);
    server_ = *std::move(listening);
    ASSERT_TRUE(start(server_.get()));
  }
  Result<void> start(HttpServer* server) {
    return server->start(
        {.database = *database_, .log = log_, .clock = clock_, .functions = functions_.get()});
  }

  std::uint16_t port() const { return server_->port(); }
  HttpServer& server() { return *server_; }
  void end_server() { server_.reset(); }
  void end_functions() { functions_.reset(); }

 private:
  const SystemClock clock_{};
  Log log_{{.level = LogLevel::error}, clock_};
  const std::unique_ptr<Database> database_ = Database::open({}).database;
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<Functions> functions_ = Functions::start(database_.get(), {}).functions;
};

TEST_F(HttpServerTest, KeepsAConnection) {
  start();
  HttpClient client(port());
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(client.send(post_request("Op", std::to_string(i))));
    const Answer answer = client.receive();
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.substr(answer.body.find("body")), "body " + std::to_string(i));
  }
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInOrder) {
  start();
  HttpClient client(port());
  std::string bytes;
  for (int i = 0; i < 500; ++i) bytes += post_request("Op", std::to_string(i));
  ASSERT_TRUE(client.send(bytes));
  for (int i = 0; i < 500; ++i) {
    const Answer answer = client.receive();
    ASSERT_EQ(answer.body.substr(answer.body.find("body")), "body " + std::to_string(i));
  }
}

TEST_F(HttpServerTest, ServesManyConnectionsOnEveryThread) {
  start({}, 4);
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (int i = 0; i < 40; ++i) clients.push_back(std::make_unique<HttpClient>(port()));
  for (const auto& client : clients) ASSERT_TRUE(client->send(post_request("Op", "{}")));
  for (const auto& client : clients) EXPECT_EQ(client->receive().status, 200);
}

TEST_F(HttpServerTest, SendsAnAnswerLargerThanTheSocketTakesAtOnce) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send(post_request("Bytes", "20000000") + post_request("Op", "{}")));
  EXPECT_EQ(client.receive().body.size(), 20'000'000U);
  EXPECT_THAT(client.receive().body, StartsWith("operation DynamoDB_20120810.Op\n"));
}

TEST_F(HttpServerTest, TakesALargeBody) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send(post_request("Op", std::string(16 * 1024 * 1024, ' '))));
  EXPECT_EQ(client.receive().status, 200);
}

TEST_F(HttpServerTest, LetsAClientFinishSendingWhatIsTooLarge) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n"));
  EXPECT_TRUE(client.send(std::string(20'000'000, 'x')));
  EXPECT_EQ(client.receive().status, 413);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HttpServerTest, AnswersAClientThatHasFinishedSending) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send(post_request("Op", "{}")));
  client.finish_sending();
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HttpServerTest, ClosesAfterTheAnswerWhenAskedTo) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HttpServerTest, ClosesAConnectionOnWhichNothingComes) {
  start({.idle = 50ms});
  HttpClient client(port());
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HttpServerTest, ClosesAConnectionWhoseHeaderLinesTakeTooLong) {
  start({.header = 50ms});
  HttpClient client(port());
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: a\r\n"));
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(HttpServerTest, ClosesAConnectionWhoseBodyTakesTooLong) {
  start({.body = 50ms});
  HttpClient client(port());
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n{"));
  EXPECT_TRUE(client.is_closed_by_server());
}

// Drop by drop a client stays busy, but not for longer than the time of all header lines. Requests
// on another connection are the pause between two drops.
TEST_F(HttpServerTest, IsNotKeptByAClientThatSendsDropByDrop) {
  start({.header = 50ms});
  HttpClient slow(port());
  HttpClient other(port());
  ASSERT_TRUE(slow.send("POST / HTTP/1.1\r\nX-Slow: "));
  const auto begin = std::chrono::steady_clock::now();
  while (slow.send("a") && std::chrono::steady_clock::now() - begin < 5s) {
    ASSERT_TRUE(other.send(post_request("Op", "{}")));
    ASSERT_EQ(other.receive().status, 200);
  }
  EXPECT_LT(Seconds(std::chrono::steady_clock::now() - begin).count(), 5.0);
  EXPECT_EQ(slow.receive().status, 0);
}

// Two idle connections of the same thread, one after the other, tell when the time is over.
TEST_F(HttpServerTest, ClosesAConnectionThatDoesNotTakeItsAnswer) {
  start({.idle = 50ms}, 1);
  HttpClient client(port());
  ASSERT_TRUE(client.send(post_request("Bytes", "30000000")));
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(HttpClient(port()).is_closed_by_server());
  EXPECT_EQ(client.receive().status, 0);
  EXPECT_LT(client.unread().size(), 30'000'000U);
}

TEST_F(HttpServerTest, SurvivesAFailureInTheDatabase) {
  start();
  HttpClient unlucky(port());
  ASSERT_TRUE(unlucky.send(post_request("Throw", "{}")));
  EXPECT_TRUE(unlucky.is_closed_by_server());
  HttpClient other(port());
  ASSERT_TRUE(other.send(post_request("Op", "{}")));
  EXPECT_EQ(other.receive().status, 200);
}

TEST_F(HttpServerTest, StopsWithinASecondWithConnectionsOpen) {
  start();
  HttpClient idle(port());
  ASSERT_TRUE(idle.send(post_request("Op", "{}")));
  EXPECT_EQ(idle.receive().status, 200);
  HttpClient half(port());
  ASSERT_TRUE(half.send("POST / HTTP/1.1\r\n"));
  HttpClient slow(port());
  ASSERT_TRUE(slow.send(post_request("Bytes", "30000000")));

  const auto begin = std::chrono::steady_clock::now();
  server().stop();
  EXPECT_LT(Seconds(std::chrono::steady_clock::now() - begin).count(), 1.0);
  EXPECT_TRUE(idle.is_closed_by_server());
}

std::string lambda_request(const std::string& method, const std::string& target,
                           const std::string& body, const std::string& lines = "") {
  return method + " " + target +
         " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + lines +
         "\r\n" + body;
}

TEST_F(HttpServerTest, HandsRequestsOfLambdaOver) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send(lambda_request("PUT", "/2015-03-31/things/a?b=c", "body",
                                         "X-Amz-Invocation-Type: Event\r\n")));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 202);
  EXPECT_EQ(answer.body, "PUT /2015-03-31/things/a b=c Event local body");
  EXPECT_EQ(answer.header("x-amz-function-error"), "Handled");
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_FALSE(answer.header("x-amzn-requestid").empty());
}

TEST_F(HttpServerTest, HandsAMethodOverThatLambdaHasNot) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send(lambda_request("PATCH", "/2015-03-31/things", "")));
  EXPECT_TRUE(client.receive().body.starts_with("PATCH /2015-03-31/things"));
}

TEST_F(HttpServerTest, HandsTheHeadersOfAnInvokeOver) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send(lambda_request(
      "POST", "/2015-03-31/things", "",
      "X-Amz-Invocation-Type: Event\r\nx-amz-log-type: Tail\r\nX-Amz-Client-Context: e30=\r\n")));
  EXPECT_EQ(client.receive().body, "POST /2015-03-31/things  EventTaile30= local ");
}

TEST_F(HttpServerTest, TellsARequestOfAWebPageFromALocalOne) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(
      client.send(lambda_request("POST", "/2015-03-31/things", "", "Origin: http://h\r\n")));
  EXPECT_EQ(client.receive().body, "POST /2015-03-31/things   page ");
}

TEST_F(HttpServerTest, AnswersRequestsBehindOneOfLambdaInOrder) {
  start();
  HttpClient client(port());
  std::string bytes;
  for (int i = 0; i < 20; ++i) {
    bytes += lambda_request("POST", "/2015-03-31/things", std::to_string(i)) +
             post_request("Op", std::to_string(i));
  }
  ASSERT_TRUE(client.send(bytes));
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(client.receive().body, "POST /2015-03-31/things   local " + std::to_string(i));
    EXPECT_EQ(client.receive().header("content-type"), "application/x-amz-json-1.0");
  }
}

TEST_F(HttpServerTest, ServesOthersWhileAFunctionRuns) {
  start({}, 1);
  HttpClient waiting(port());
  ASSERT_TRUE(waiting.send(lambda_request("POST", "/2015-03-31/hang", "")));
  HttpClient other(port());
  ASSERT_TRUE(other.send(post_request("Op", "{}")));
  EXPECT_EQ(other.receive().status, 200);
  end_functions();
  EXPECT_EQ(waiting.receive().status, 503);
}

TEST_F(HttpServerTest, GivesAFunctionLongerThanAnIdleConnection) {
  start({.header = 100ms, .body = 100ms, .idle = 100ms}, 1);
  HttpClient waiting(port());
  ASSERT_TRUE(waiting.send(lambda_request("POST", "/2015-03-31/hang", "")));
  HttpClient idle(port());
  EXPECT_TRUE(idle.is_closed_by_server());  // the time is over
  end_functions();
  EXPECT_EQ(waiting.receive().status, 503);
}

TEST_F(HttpServerTest, StopsWithinASecondWhileAFunctionRuns) {
  start();
  HttpClient waiting(port());
  ASSERT_TRUE(waiting.send(lambda_request("POST", "/2015-03-31/hang", "")));
  HttpClient other(port());
  ASSERT_TRUE(other.send(lambda_request("POST", "/2015-03-31/things", "")));
  EXPECT_EQ(other.receive().status, 202);
  const auto begin = std::chrono::steady_clock::now();
  server().stop();
  EXPECT_LT(Seconds(std::chrono::steady_clock::now() - begin).count(), 1.0);
  EXPECT_TRUE(waiting.is_closed_by_server());
  end_server();
  end_functions();  // the answer comes to nobody
}

TEST_F(HttpServerTest, DoesNotStartWithoutThreads) {
  const auto listening = HttpServer::listen({.port = 0, .threads = 2});
  ASSERT_TRUE(listening);
  const testing_support::NoThreads none;
  const Result<void> started = start(listening->get());
  ASSERT_FALSE(started);
  EXPECT_TRUE(started.error().message().starts_with("cannot start a thread"));
}

TEST_F(HttpServerTest, AsksFunctionsForWhatIsStators) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send("GET /_stator/failures HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(client.receive().body, "functions /_stator/failures");
}

TEST_F(HttpServerTest, LetsAnAnswerOnItsWayBeTakenBeforeItStops) {
  start({.drain = 10s});
  HttpClient client(port());
  ASSERT_TRUE(client.send(post_request("Bytes", "20000000")));
  ASSERT_TRUE(client.waits_for_first_bytes());
  std::thread stopper([this] { server().stop(); });
  EXPECT_EQ(client.receive().body.size(), 20'000'000U);
  EXPECT_TRUE(client.is_closed_by_server());
  stopper.join();
}

TEST_F(HttpServerTest, StopsTwiceAndBeforeItsDestruction) {
  start();
  server().stop();
  server().stop();
}

TEST_F(HttpServerTest, SaysWhichAddressItCannotHave) {
  start();
  const auto taken = HttpServer::listen({.port = port()});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().message(),
            "cannot listen on 127.0.0.1:" + std::to_string(port()) + ": Address already in use");
}

TEST_F(HttpServerTest, SaysThatItDoesNotKnowAHost) {
  const auto unknown = HttpServer::listen({.host = "no host at all", .port = 0});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().message().find("cannot listen on no host at all:0: "), 0U);
}

TEST_F(HttpServerTest, ListensOnAName) {
  const auto named = HttpServer::listen({.host = "localhost", .port = 0});
  ASSERT_TRUE(named);
  EXPECT_EQ((*named)->address(), "localhost:" + std::to_string((*named)->port()));
}

TEST_F(HttpServerTest, IsFoundHealthyWhileItRuns) {
  start();
  EXPECT_TRUE(is_healthy("127.0.0.1", port()));
  EXPECT_TRUE(is_healthy("localhost", port()));
  server().stop();
  EXPECT_FALSE(is_healthy("127.0.0.1", port()));
}

TEST_F(HttpServerTest, KnowsAClientOnThisMachine) {
  start();
  HttpClient client(port());
  ASSERT_TRUE(client.send("GET /_stator/lag HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(client.receive().status, 200);
}

}  // namespace
}  // namespace stator
