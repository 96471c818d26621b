// What stator answers to one HTTP request: everything between the parser and Database::call.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/log.h"
#include "base/random.h"
#include "server/content_coding.h"
#include "server/http_date.h"
#include "server/http_request.h"
#include "server/http_response.h"
#include "stator/clock.h"
#include "stator/database.h"
#include "stator/functions.h"

namespace stator {

// From where the server may be controlled and watched: /_stator/ and /metrics.
enum class Admin : std::uint8_t { loopback, any };

// What GET / answers: 200 as AWS's endpoints do, or 400 as DynamoDB Local does, which clients wait
// for; a request without a signature then gets the same.
enum class HealthAnswer : std::uint8_t { aws, ddblocal };

// What a handler works with; all of it is thread-safe, and outlives the handler's last request.
struct HandlerContext {
  Database& database;
  Log& log;
  const Clock& clock;
  Admin admin = Admin::loopback;
  HealthAnswer health = HealthAnswer::aws;
  Functions* functions = nullptr;  // null: there is no API of Lambda
};

// Where a connection comes from.
enum class Peer : std::uint8_t { loopback, elsewhere };

// A resource, owned by one thread: it keeps buffers between requests. Never fails but by
// std::bad_alloc; what a client does wrong is an answer.
class RequestHandler {
 public:
  //   host  "host:port" of the listener, for requests without a Host header
  RequestHandler(const HandlerContext& context, std::string host);
  RequestHandler(const RequestHandler&) = delete;
  RequestHandler& operator=(const RequestHandler&) = delete;

  // One more like it, for another thread.
  std::unique_ptr<RequestHandler> another() const;

  // Whether the answer may take long: because of faults, which wait on purpose.
  bool may_wait(const HttpRequest& request) const;

  // Answers a whole request, whose body may be changed on the way.
  void handle(HttpRequest* request, Peer peer, HttpResponse* response);

  // Whether a request is for Lambda's API: then these two are for it, and handle() is not.
  bool is_for_functions(const HttpRequest& request) const;

  // Hands a request over.
  //   done  called once, on any thread, possibly before this returns
  void call_functions(const HttpRequest& request, Peer peer, AnswerLambda done);

  // Answers the request with what came of it, since it was `called`.
  using SteadyTime = std::chrono::steady_clock::time_point;
  void answer_from_functions(const HttpRequest& request, SteadyTime called, LambdaReply reply,
                             HttpResponse* response);

  // Answers what could not become a request, and ends its connection.
  //   status  400 or 413
  void refuse(int status, HttpResponse* response);

 private:
  void log_request(std::string_view operation, const HttpResponse& response, SteadyTime start);
  void answer(HttpRequest* request, Peer peer, HttpResponse* response);
  void answer_control(const HttpRequest& request, Peer peer, Reply* reply);
  void answer_call(HttpRequest* request, HttpResponse* response);
  void call_database(const HttpRequest& request, HttpResponse* response);
  bool unpack_body(HttpRequest* request, HttpResponse* response);
  void pack_body(const HttpRequest& request, HttpResponse* response);
  void add_line(std::string_view name, std::string_view value);
  void add_cors_lines(const HttpRequest& request);
  enum class Checksum { none, crc32 };
  void write_response_head(const HttpRequest& request, Checksum checksum, HttpResponse* response);
  void begin_answer(const HttpRequest& request, HttpResponse* response);
  void renew_request_id();

  HandlerContext context_;
  const std::string host_;
  Random random_;
  HttpDate date_;
  // Of the request at hand:
  std::string request_id_;
  std::string_view content_type_;
  ContentCoding coding_ = ContentCoding::identity;
  std::string lines_;   // further headers
  std::string buffer_;  // a body being unpacked or packed
};

}  // namespace stator
