#include "server/http_exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "http_client.h"
#include "server/content_coding.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::StartsWith;

std::string packed(ContentCoding coding, std::string_view body) {
  std::string out;
  EXPECT_TRUE(deflate_body(coding, body, &out));
  return out;
}

std::uint32_t crc_of(const std::string& body) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(body.data()), body.size()));
}

// A connection without a socket: what is sent, and the answers that come back.
class HttpExchangeTest : public testing::Test {
 protected:
  // Gives `bytes` in pieces of `size`; the answers of all, in order.
  std::vector<Answer> answers_to(std::string_view bytes, std::size_t size = 1 << 20) {
    std::string sent = output_of(bytes, size);
    std::vector<Answer> answers;
    while (auto answer = take_answer(&sent)) answers.push_back(*std::move(answer));
    EXPECT_EQ(sent, "");
    return answers;
  }

  Answer answer_to(std::string_view bytes) {
    const std::vector<Answer> answers = answers_to(bytes);
    EXPECT_EQ(answers.size(), 1U);
    return answers.empty() ? Answer() : answers.front();
  }

  std::string output_of(std::string_view bytes, std::size_t size = 1 << 20) {
    std::string output;
    while (advance(&output) && !bytes.empty()) {
      const std::span<char> space = exchange_->space();
      const std::size_t count = std::min({space.size(), size, bytes.size()});
      EXPECT_GT(count, 0U);
      std::memcpy(space.data(), bytes.data(), count);
      exchange_->received(count);
      bytes.remove_prefix(count);
    }
    return output;
  }

  void use_peer(Peer peer, Admin admin = Admin::loopback) {
    exchange_.emplace(admin == Admin::any ? &open_handler_ : &handler_, peer);
  }

  HttpExchange& exchange() { return *exchange_; }
  AfterSend after() const { return response_.after; }

 private:
  // False when the connection ends.
  bool advance(std::string* output) {
    while (exchange_->advance(&response_) == HttpExchange::Next::send) {
      *output += response_.head + response_.reply.body;
      if (response_.after != AfterSend::keep) return false;
    }
    return true;
  }

  const ManualClock clock_{TimePoint(1767323045678901us)};
  Log log_{{.level = LogLevel::error}, clock_};
  const std::unique_ptr<Database> database_ = Database::open({}).database;
  RequestHandler handler_{{.database = *database_, .log = log_, .clock = clock_}, "127.0.0.1:8000"};
  RequestHandler open_handler_{
      {.database = *database_, .log = log_, .clock = clock_, .admin = Admin::any},
      "127.0.0.1:8000"};
  std::optional<HttpExchange> exchange_{std::in_place, &handler_, Peer::loopback};
  HttpResponse response_;
};

TEST_F(HttpExchangeTest, PassesTheCallToTheDatabase) {
  const Answer answer = answer_to(post_request("GetItem", "{}"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body,
            "operation DynamoDB_20120810.GetItem\naccess_key KEY\nregion eu-west-1\nhost test:1\n"
            "body {}");
}

TEST_F(HttpExchangeTest, KnowsNoOperationWithoutItsService) {
  const Answer answer = answer_to(
      "POST / HTTP/1.1\r\nX-Amz-Target: GetItem\r\n"
      "Content-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_THAT(answer.body, StartsWith("operation \n"));
}

TEST_F(HttpExchangeTest, AnswersWithTheHeadersOfAws) {
  const Answer answer = answer_to(post_request("Op", "{}"));
  EXPECT_EQ(answer.header("content-type"), "application/x-amz-json-1.0");
  EXPECT_EQ(answer.header("x-amz-crc32"), std::to_string(crc_of(answer.body)));
  EXPECT_EQ(answer.header("date"), "Fri, 02 Jan 2026 03:04:05 GMT");
  EXPECT_EQ(answer.header("server"), "Server");
  EXPECT_EQ(answer.header("x-amzn-requestid").size(), 52U);
  EXPECT_EQ(answer.header("x-amzn-requestid").find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUV"),
            std::string::npos);
  EXPECT_EQ(answer.headers.count("connection"), 0U);
}

TEST_F(HttpExchangeTest, GivesEachRequestAnIdOfItsOwn) {
  const std::vector<Answer> answers = answers_to(post_request("A", "{}") + post_request("B", "{}"));
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_NE(answers[0].header("x-amzn-requestid"), answers[1].header("x-amzn-requestid"));
}

TEST_F(HttpExchangeTest, AnswersPipelinedRequestsInOrderHoweverTheyAreCut) {
  std::string bytes;
  for (const char* operation : {"First", "Second", "Third"}) {
    bytes += post_request(operation, "{}") + "\r\n";
  }
  for (const std::size_t size : {1U, 10U, 333U, 100'000U}) {
    const std::vector<Answer> answers = answers_to(bytes, size);
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_THAT(answers[0].body, StartsWith("operation DynamoDB_20120810.First\n"));
    EXPECT_THAT(answers[1].body, StartsWith("operation DynamoDB_20120810.Second\n"));
    EXPECT_THAT(answers[2].body, StartsWith("operation DynamoDB_20120810.Third\n"));
  }
}

TEST_F(HttpExchangeTest, SaysThatItIsHealthy) {
  for (const char* path : {"/", "/health", "/healthz", "/?a=b"}) {
    const Answer answer = answer_to("GET " + std::string(path) + " HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "healthy: dynamodb.us-east-1.amazonaws.com ");
    EXPECT_EQ(answer.header("x-amz-crc32"), "3128867991");
  }
}

TEST_F(HttpExchangeTest, SendsNoBodyToAHeadRequest) {
  std::string output = output_of("HEAD / HTTP/1.1\r\n\r\n");
  const auto answer = take_answer(&output, BodyOf::head);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header("content-length"), "42");
  EXPECT_EQ(output, "");
}

TEST_F(HttpExchangeTest, KnowsNoOtherPagesMethodsOrContentTypes) {
  const std::string lines = "Content-Length: 2\r\n\r\n{}";
  for (const std::string& request :
       {std::string("GET /other HTTP/1.1\r\n\r\n"), std::string("DELETE / HTTP/1.1\r\n\r\n"),
        std::string("OPTIONS / HTTP/1.1\r\n\r\n"), "POST /other HTTP/1.1\r\n" + lines,
        "POST / HTTP/1.1\r\n" + lines, "POST / HTTP/1.1\r\nContent-Type: text/plain\r\n" + lines}) {
    const Answer answer = answer_to(request);
    EXPECT_EQ(answer.status, 404) << request;
    EXPECT_EQ(answer.body, "<UnknownOperationException/>\n");
    EXPECT_EQ(answer.header("x-amz-crc32"), "3552371480");
  }
}

TEST_F(HttpExchangeTest, TakesOperationsUnderAnyPath) {
  for (const char* path : {"/other", "//", "http://127.0.0.1/", "/health"}) {
    const Answer answer =
        answer_to("POST " + std::string(path) +
                  " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_THAT(answer.body, testing::EndsWith("body {}")) << path;
  }
}

TEST_F(HttpExchangeTest, TakesEitherContentTypeWithParameters) {
  for (const char* type : {"application/json", "application/x-amz-json-1.0",
                           "Application/JSON; charset=utf-8", " application/json ;a"}) {
    const Answer answer = answer_to("POST / HTTP/1.1\r\nContent-Type: " + std::string(type) +
                                    "\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_EQ(answer.header("content-type"), "application/x-amz-json-1.0") << type;
  }
}

TEST_F(HttpExchangeTest, LeavesAnEmptyBodyToTheDatabase) {
  const Answer answer = answer_to("POST / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(answer.body,
            "operation \naccess_key local\nregion us-east-1\nhost 127.0.0.1:8000\nno padding\n"
            "refusal MissingAuthenticationTokenException Request is missing Authentication Token\n"
            "body ");
}

TEST_F(HttpExchangeTest, AllowsEveryOrigin) {
  const Answer answer = answer_to(post_request("Op", "{}", "Origin: http://a\r\n"));
  EXPECT_EQ(answer.header("access-control-allow-origin"), "*");
  EXPECT_EQ(answer.header("access-control-expose-headers"),
            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date");
  EXPECT_EQ(answer_to(post_request("Op", "{}")).headers.count("access-control-allow-origin"), 0U);
}

TEST_F(HttpExchangeTest, AnswersAPreflightWithWhatItAsksFor) {
  const Answer answer = answer_to(
      "OPTIONS / HTTP/1.1\r\nOrigin: http://a\r\nAccess-Control-Request-Method: POST\r\n"
      "Access-Control-Request-Headers: x-a, x-b\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("access-control-allow-origin"), "*");
  EXPECT_EQ(answer.header("access-control-allow-methods"), "POST");
  EXPECT_EQ(answer.header("access-control-allow-headers"), "x-a, x-b");
  EXPECT_EQ(answer.header("access-control-max-age"), "172800");
}

TEST_F(HttpExchangeTest, UnpacksBodies) {
  for (const ContentCoding coding : {ContentCoding::gzip, ContentCoding::deflate}) {
    const std::string line = "Content-Encoding: " + std::string(name_of(coding)) + "\r\n";
    const Answer answer = answer_to(post_request("Op", packed(coding, "{\"a\":1}"), line));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.substr(answer.body.find("body")), "body {\"a\":1}");
    EXPECT_EQ(answer.body.find("no padding"), std::string::npos);
  }
}

TEST_F(HttpExchangeTest, AnswersBrokenPackingAsAnInternalError) {
  const std::string whole = packed(ContentCoding::gzip, "{}");
  for (const std::string& body : {std::string("{}"), std::string(), whole.substr(0, 10)}) {
    const Answer answer = answer_to(post_request("Op", body, "Content-Encoding: gzip\r\n"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(answer.body.find("#InternalServerError"), std::string::npos);
  }
  EXPECT_EQ(answer_to(post_request("Op", whole, "Content-Encoding: br\r\n")).status, 500);
}

TEST_F(HttpExchangeTest, LimitsTheUnpackedBody) {
  const std::string bomb = packed(ContentCoding::gzip, std::string(kRequestBytesMax + 1, ' '));
  const Answer answer = answer_to(post_request("Op", bomb, "Content-Encoding: gzip\r\n"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body, R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError",)"
                         R"("message":"The request body is too large when it is unpacked"})");
}

TEST_F(HttpExchangeTest, PacksAnswersFromFourKilobytesOn) {
  const std::string line = "Accept-Encoding: gzip\r\n";
  const Answer small = answer_to(post_request("Bytes", "4095", line));
  EXPECT_EQ(small.body.size(), 4095U);
  EXPECT_EQ(small.headers.count("content-encoding"), 0U);

  const Answer large = answer_to(post_request("Bytes", "4096", line));
  EXPECT_EQ(large.header("content-encoding"), "gzip");
  EXPECT_EQ(large.header("x-amz-crc32"), std::to_string(crc_of(large.body)));
  std::string unpacked;
  EXPECT_EQ(inflate_body(ContentCoding::gzip, large.body, 10'000, 0, &unpacked), Inflated::whole);
  EXPECT_EQ(unpacked, std::string(4096, 'x'));

  EXPECT_EQ(answer_to(post_request("Bytes", "4096")).headers.count("content-encoding"), 0U);
}

TEST_F(HttpExchangeTest, PacksByTheFirstAcceptEncodingOnly) {
  const Answer answer = answer_to(
      post_request("Bytes", "5000", "Accept-Encoding: deflate\r\nAccept-Encoding: gzip\r\n"));
  EXPECT_EQ(answer.header("content-encoding"), "deflate");
}

TEST_F(HttpExchangeTest, TellsAWaitingClientToContinueOnce) {
  const std::string request = post_request("Op", "{}", "Expect: 100-continue\r\n");
  const std::string head = request.substr(0, request.size() - 2);
  EXPECT_EQ(output_of(head), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(output_of("{"), "");
  EXPECT_EQ(answer_to("}").status, 200);
}

TEST_F(HttpExchangeTest, ClosesWhenTheClientAsksForIt) {
  EXPECT_EQ(answer_to("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").header("connection"), "close");
  EXPECT_EQ(after(), AfterSend::close);
}

TEST_F(HttpExchangeTest, AnnouncesToOldClientsThatItStays) {
  const Answer answer = answer_to("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(answer.header("connection"), "keep-alive");
  EXPECT_EQ(after(), AfterSend::keep);
}

TEST_F(HttpExchangeTest, RefusesWhatIsNotHttpAndEnds) {
  const Answer answer = answer_to("nonsense\r\n\r\n");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_EQ(after(), AfterSend::linger);
}

TEST_F(HttpExchangeTest, RefusesALargeBodyAndEnds) {
  EXPECT_EQ(answer_to("POST / HTTP/1.1\r\nContent-Length: 16777217\r\n\r\n").status, 413);
  EXPECT_EQ(after(), AfterSend::linger);
}

TEST_F(HttpExchangeTest, TakesTheLargestBody) {
  const std::string body(kRequestBytesMax, ' ');
  const Answer answer = answer_to(post_request("Op", body));
  EXPECT_EQ(answer.status, 200);
  EXPECT_GT(answer.body.size(), kRequestBytesMax);
}

TEST_F(HttpExchangeTest, RefusesLinesOfChunksThatNeverEnd) {
  const std::string start = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;";
  EXPECT_EQ(answer_to(start + std::string(200'000, 'x')).status, 400);
}

TEST_F(HttpExchangeTest, KnowsWhatTheClientIsInTheMiddleOf) {
  EXPECT_EQ(exchange().phase(), HttpExchange::Phase::idle);
  output_of("POST / HTTP/1.1\r\n");
  EXPECT_EQ(exchange().phase(), HttpExchange::Phase::header);
  output_of("Content-Length: 2\r\n\r\n{");
  EXPECT_EQ(exchange().phase(), HttpExchange::Phase::body);
  output_of("}");
  EXPECT_EQ(exchange().phase(), HttpExchange::Phase::idle);
}

TEST_F(HttpExchangeTest, PassesControlToTheDatabase) {
  const Answer answer =
      answer_to("POST /_stator/lag?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.body, "control POST /_stator/lag\nquery x=1\nbody {}");
  EXPECT_EQ(answer_to("GET /_stator/x HTTP/1.1\r\nHost: h\r\n\r\n").body,
            "control GET /_stator/x\nquery \nbody ");
}

TEST_F(HttpExchangeTest, ServesNoPathBesideTheControlled) {
  EXPECT_EQ(answer_to("GET /_statorx HTTP/1.1\r\nHost: h\r\n\r\n").status, 404);
}

TEST_F(HttpExchangeTest, LetsPagesOfOtherOriginsNotControl) {
  const auto status_from = [&](const std::string& origin) {
    return answer_to("GET /_stator/lag HTTP/1.1\r\nHost: h:8000\r\nOrigin: " + origin + "\r\n\r\n")
        .status;
  };
  EXPECT_EQ(status_from("http://h:8000"), 200);
  EXPECT_EQ(status_from("http://h"), 403);
  EXPECT_EQ(status_from("https://example.com"), 403);
  EXPECT_EQ(status_from("null"), 403);
}

TEST_F(HttpExchangeTest, LetsNobodyElsewhereControl) {
  use_peer(Peer::elsewhere);
  const Answer answer = answer_to("GET /_stator/lag HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, R"({"message":"only for clients on this machine"})");
  EXPECT_EQ(answer_to("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n").status, 403);
  EXPECT_EQ(answer_to(post_request("Op", "{}")).status, 200);
}

TEST_F(HttpExchangeTest, LetsAnybodyControlWhenItIsToldSo) {
  use_peer(Peer::elsewhere, Admin::any);
  EXPECT_EQ(answer_to("GET /_stator/lag HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
  EXPECT_EQ(answer_to("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
  EXPECT_EQ(answer_to("GET /metrics HTTP/1.1\r\nHost: h\r\nOrigin: http://page\r\n\r\n").status,
            403);
}

TEST_F(HttpExchangeTest, ServesMetricsAsPrometheusTakesThem) {
  const Answer answer = answer_to("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "text/plain; version=0.0.4");
  EXPECT_EQ(answer.body, "control GET /metrics\nquery \nbody ");
  const Answer failed = answer_to("GET /metrics?fail HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(failed.status, 400);
  EXPECT_EQ(failed.header("content-type"), "application/json");
}

}  // namespace
}  // namespace stator
