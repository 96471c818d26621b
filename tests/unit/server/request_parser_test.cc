#include "server/request_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/limits.h"
#include "stator/database.h"

namespace stator {
namespace {

const std::string kPost =
    "POST /path?a=b HTTP/1.1\r\nhost: h:1\r\nX-AMZ-Target: T.Op\r\nX-Other: no\r\n"
    "Content-Length: 5\r\n\r\nhello";

// Feeds `bytes` in pieces of `size` as a connection would: what is not consumed comes again.
struct Fed {
  Parsed parsed = Parsed::need_more;
  std::string left;
};

Fed feed(RequestParser* parser, std::string_view bytes, std::size_t size) {
  Fed fed;
  while (!bytes.empty()) {
    fed.left.append(bytes.substr(0, size));
    bytes.remove_prefix(std::min(size, bytes.size()));
    const ParseStep step = parser->parse(fed.left);
    fed.left.erase(0, step.consumed);
    fed.parsed = step.parsed;
    if (step.parsed != Parsed::need_more) break;
  }
  fed.left.append(bytes);
  return fed;
}

Parsed outcome_of(const std::string& bytes) {
  RequestParser parser;
  return feed(&parser, bytes, bytes.size()).parsed;
}

std::string request_with_headers(std::size_t header_bytes) {
  std::string request = "GET / HTTP/1.1\r\n";
  while (header_bytes > 1000) {
    request += "X-Fill: " + std::string(990, 'a') + "\r\n";
    header_bytes -= 1000;
  }
  return request + "X-F: " + std::string(header_bytes - 7, 'a') + "\r\n\r\n";
}

TEST(RequestParser, ReadsARequestHoweverItIsCut) {
  for (const std::size_t size : {1U, 2U, 3U, 7U, 50U, 1000U}) {
    RequestParser parser;
    ASSERT_EQ(feed(&parser, kPost, size).parsed, Parsed::complete) << size;
    const HttpRequest& request = parser.request();
    EXPECT_EQ(request.method(), Method::post);
    EXPECT_EQ(request.path(), "/path");
    EXPECT_EQ(request.query(), "a=b");
    EXPECT_EQ(request.header(Header::host), "h:1");
    EXPECT_EQ(request.header(Header::amz_target), "T.Op");
    EXPECT_FALSE(request.has(Header::authorization));
    EXPECT_EQ(request.body, "hello");
    EXPECT_GE(request.body.capacity(), request.body.size() + kBodyPadding);
    EXPECT_EQ(request.persistence, Persistence::keep_alive);
  }
}

TEST(RequestParser, ReadsPipelinedRequestsInOrder) {
  RequestParser parser;
  std::string bytes = kPost + "GET /second HTTP/1.1\r\n\r\n";
  Fed fed = feed(&parser, bytes, bytes.size());
  ASSERT_EQ(fed.parsed, Parsed::complete);
  EXPECT_EQ(parser.request().path(), "/path");
  parser.restart();
  fed = feed(&parser, fed.left, fed.left.size());
  ASSERT_EQ(fed.parsed, Parsed::complete);
  EXPECT_EQ(parser.request().path(), "/second");
  EXPECT_EQ(parser.request().body, "");
  EXPECT_FALSE(parser.request().has(Header::amz_target));
  EXPECT_EQ(fed.left, "");
}

TEST(RequestParser, ReadsChunkedBodiesHoweverTheyAreCut) {
  const std::string bytes =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7;ext=1\r\n, world\r\n"
      "0\r\nAuthorization: late\r\n\r\n";
  for (const std::size_t size : {1U, 2U, 5U, 1000U}) {
    RequestParser parser;
    ASSERT_EQ(feed(&parser, bytes, size).parsed, Parsed::complete) << size;
    EXPECT_EQ(parser.request().body, "hello, world");
    EXPECT_GE(parser.request().body.capacity(), 12 + kBodyPadding);
    EXPECT_FALSE(parser.request().has(Header::authorization)) << "a trailer is no header";
  }
}

TEST(RequestParser, LeavesWhatFollowsTheLastChunk) {
  const std::string bytes =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n002\r\n{}\r\n0\r\n\r\nGET /";
  RequestParser parser;
  const Fed fed = feed(&parser, bytes, bytes.size());
  ASSERT_EQ(fed.parsed, Parsed::complete);
  EXPECT_EQ(parser.request().body, "{}");
  EXPECT_EQ(fed.left, "GET /");
  EXPECT_FALSE(parser.in_body());
}

TEST(RequestParser, RefusesWhatIsNoChunk) {
  const std::string start = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* chunks :
       {"\r\n", ";a=b\r\n", "-1\r\n", "0x1\r\n", "1 2\n", "1\n", "1\rx", "1\r\nab", "1\r\na\n",
        "1\r\na\rb", "0\r\n\n", "0\r\n\r\r", "0\r\nA: b\n", "0\r\nA: b\r\r"}) {
    EXPECT_EQ(outcome_of(start + chunks), Parsed::bad_request) << chunks;
  }
}

TEST(RequestParser, LimitsWhatIsNoDataOfChunks) {
  const std::string start = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string fill(kHttpHeaderBytesMax, '0');
  EXPECT_EQ(outcome_of(start + fill), Parsed::need_more);
  EXPECT_EQ(outcome_of(start + fill + "0"), Parsed::bad_request);
  EXPECT_EQ(outcome_of(start + "1;" + fill + "0"), Parsed::bad_request);
  EXPECT_EQ(outcome_of(start + "0\r\nA: " + fill), Parsed::bad_request);
  EXPECT_EQ(outcome_of(start + "FFFFFFFFFFFFFFFFF"), Parsed::too_large);
}

TEST(RequestParser, CountsTheFirstOfSeveralHeadersOfOneName) {
  RequestParser parser;
  feed(&parser, "GET / HTTP/1.1\r\nAccept-Encoding: a\r\nAccept-Encoding: b\r\n\r\n", 1000);
  EXPECT_EQ(parser.request().header(Header::accept_encoding), "a");
}

TEST(RequestParser, KnowsWhetherTheConnectionStays) {
  const auto persistence = [](const std::string& version, const std::string& line) {
    RequestParser parser;
    const std::string bytes = "GET / HTTP/" + version + "\r\n" + line + "\r\n";
    EXPECT_EQ(feed(&parser, bytes, bytes.size()).parsed, Parsed::complete);
    return parser.request().persistence;
  };
  EXPECT_EQ(persistence("1.1", ""), Persistence::keep_alive);
  EXPECT_EQ(persistence("1.1", "Connection: close\r\n"), Persistence::close);
  EXPECT_EQ(persistence("1.0", ""), Persistence::close);
  EXPECT_EQ(persistence("1.0", "Connection: Keep-Alive\r\n"), Persistence::keep_alive_announced);
}

TEST(RequestParser, KnowsWhoWaitsForContinue) {
  RequestParser parser;
  feed(&parser, "POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n", 1000);
  EXPECT_TRUE(parser.in_body());
  EXPECT_TRUE(parser.expects_continue());
  EXPECT_EQ(feed(&parser, "{}", 2).parsed, Parsed::complete);
  EXPECT_FALSE(parser.expects_continue());
}

TEST(RequestParser, RefusesWhatIsNotHttp) {
  for (const char* bytes :
       {"\x16\x03\x01 TLS hello\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET /\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"}) {
    EXPECT_EQ(outcome_of(bytes), Parsed::bad_request) << bytes;
  }
}

TEST(RequestParser, RefusesRequestsWhoseEndIsInDoubt) {
  EXPECT_EQ(outcome_of("POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n"),
            Parsed::bad_request);
  EXPECT_EQ(
      outcome_of("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"),
      Parsed::bad_request);
  EXPECT_EQ(outcome_of("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n"), Parsed::bad_request);
}

TEST(RequestParser, LimitsTheRequestLine) {
  const auto with_target = [](std::size_t line_bytes) {
    return "GET /" + std::string(line_bytes - sizeof("GET / HTTP/1.1\r"), 'a') +
           " HTTP/1.1\r\n\r\n";
  };
  EXPECT_EQ(outcome_of(with_target(kHttpRequestLineBytesMax)), Parsed::complete);
  EXPECT_EQ(outcome_of(with_target(kHttpRequestLineBytesMax + 3)), Parsed::bad_request);
}

TEST(RequestParser, LimitsTheHeaderLines) {
  EXPECT_EQ(outcome_of(request_with_headers(kHttpHeaderBytesMax)), Parsed::complete);
  EXPECT_EQ(outcome_of(request_with_headers(kHttpHeaderBytesMax + 1)), Parsed::bad_request);
}

TEST(RequestParser, LimitsHeaderLinesThatNeverEnd) {
  for (const std::size_t size : {512U, 100'000U}) {
    RequestParser parser;
    const std::string bytes = "GET / HTTP/1.1\r\nX: " + std::string(100'000, 'a');
    EXPECT_EQ(feed(&parser, bytes, size).parsed, Parsed::bad_request);
  }
}

TEST(RequestParser, RefusesALargeBodyBeforeItComes) {
  const auto promising = [](std::size_t bytes) {
    return "POST / HTTP/1.1\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
  };
  EXPECT_EQ(outcome_of(promising(kRequestBytesMax)), Parsed::need_more);
  EXPECT_EQ(outcome_of(promising(kRequestBytesMax + 1)), Parsed::too_large);
  EXPECT_EQ(outcome_of(promising(18446744073709551615U)), Parsed::too_large);
}

TEST(RequestParser, LimitsTheSumOfChunks) {
  std::string bytes = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t sent = 0; sent < kRequestBytesMax; sent += 0x100000) {
    bytes += "100000\r\n" + std::string(0x100000, 'a') + "\r\n";
  }
  RequestParser whole;
  EXPECT_EQ(feed(&whole, bytes + "0\r\n\r\n", 64 * 1024).parsed, Parsed::complete);
  RequestParser more;
  EXPECT_EQ(feed(&more, bytes + "1\r\n", 64 * 1024).parsed, Parsed::too_large);
}

}  // namespace
}  // namespace stator
