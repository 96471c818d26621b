#include "server/request_handler.h"

#include <chrono>
#include <utility>

#include "base/ascii.h"
#include "base/limits.h"
#include "server/crc32.h"
#include "server/credentials.h"

namespace stator {

namespace {

constexpr std::string_view kJson = "application/x-amz-json-1.0";
constexpr std::string_view kControlJson = "application/json";
constexpr std::string_view kMetricsText = "text/plain; version=0.0.4";
constexpr std::string_view kControlPath = "/_stator/";
constexpr std::string_view kMetricsPath = "/metrics";

// The region in the health text does not follow the caller's: nobody is asked who they are there.
constexpr std::string_view kHealthy = "healthy: dynamodb.us-east-1.amazonaws.com ";

// DynamoDB Local's answer to whoever has not signed: to a browser, a probe, a client.
constexpr std::string_view kLocalUnsigned =
    R"({"__type":"com.amazonaws.dynamodb.v20120810#MissingAuthenticationToken","message":)"
    R"("Request must contain either a valid (registered) AWS access key ID or X.509 certificate."})";

// AWS compresses answers from this size on.
constexpr std::size_t kPackedBytesMin = 4096;

// Request ids are 52 characters on AWS, from digits and capital letters.
constexpr std::size_t kRequestIdChars = 52;

bool is_health_path(std::string_view path) {
  return path == "/" || path == "/health" || path == "/healthz";
}

bool is_control_path(std::string_view path) {
  return path.starts_with(kControlPath) || path == kMetricsPath;
}

// DynamoDB takes its operations under any path.
bool is_call(const HttpRequest& request) {
  return request.method() == Method::post && !is_control_path(request.path());
}

bool is_json_content_type(std::string_view header) {
  const std::string_view type = trimmed(header.substr(0, header.find(';')));
  return equals_ignoring_case(type, kJson) || equals_ignoring_case(type, "application/json");
}

// Of the header X-Amz-Target. An operation without its service, which the library takes, is none
// here.
std::string_view target_of(const HttpRequest& request) {
  const std::string_view target = request.header(Header::amz_target);
  return target.find('.') == std::string_view::npos ? std::string_view() : target;
}

// HEAD is answered as GET; what follows its head is left away.
std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
    case Method::head:
      return "GET";
    case Method::post:
      return "POST";
    case Method::options:
      return "OPTIONS";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::remove:
      return "DELETE";
    case Method::other:
      break;
  }
  return "another method";
}

std::int64_t microseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               start)
      .count();
}

// A browser says which page sent a request; only pages that this server served may control it.
bool has_own_origin(const HttpRequest& request) {
  if (!request.has(Header::origin)) return true;
  const std::string_view origin = request.header(Header::origin);
  const std::size_t scheme_end = origin.find("://");
  return scheme_end != std::string_view::npos &&
         origin.substr(scheme_end + 3) == request.header(Header::host);
}

}  // namespace

RequestHandler::RequestHandler(const HandlerContext& context, std::string host)
    : context_(context), host_(std::move(host)), random_(entropy_seed()) {}

std::unique_ptr<RequestHandler> RequestHandler::another() const {
  return std::make_unique<RequestHandler>(context_, host_);
}

bool RequestHandler::may_wait(const HttpRequest& request) const {
  return context_.database.may_wait() && is_call(request);
}

void RequestHandler::handle(HttpRequest* request, Peer peer, HttpResponse* response) {
  if (!context_.log.enabled(LogLevel::debug)) return answer(request, peer, response);
  const auto start = std::chrono::steady_clock::now();
  answer(request, peer, response);
  log_request(request->header(Header::amz_target), *response, start);
}

void RequestHandler::log_request(std::string_view operation, const HttpResponse& response,
                                 SteadyTime start) {
  const std::size_t bytes = response.head.size() + response.reply.body.size();
  context_.log.write(LogLevel::debug, "request",
                     {{"operation", operation},
                      {"status", std::int64_t{response.reply.status}},
                      {"bytes", static_cast<std::int64_t>(bytes)},
                      {"microseconds", microseconds_since(start)},
                      {"request_id", request_id_}});
}

void RequestHandler::refuse(int status, HttpResponse* response) {
  response->reply.status = status;
  response->reply.body.clear();
  response->after = AfterSend::linger;
  write_head({.status = status,
              .content_type = {},
              .content_encoding = {},
              .date = date_.at(context_.clock.now()),
              .request_id = {},
              .crc32 = {},
              .more = {},
              .persistence = Persistence::close},
             &response->head);
}

// The order of these checks is AWS's.
void RequestHandler::answer(HttpRequest* request, Peer peer, HttpResponse* response) {
  begin_answer(*request, response);
  Reply& reply = response->reply;

  const Method method = request->method();
  const bool reads = method == Method::get || method == Method::head;
  if (method == Method::options && request->has(Header::origin)) {
    content_type_ = {};
  } else if (reads && request->path() == "/" && context_.health == HealthAnswer::ddblocal) {
    content_type_ = kJson;
    reply.status = 400;
    reply.body = kLocalUnsigned;
    // Who waits for this status may leave the answer unread, and would not end before an idle
    // connection does.
    request->persistence = Persistence::close;
  } else if (reads && is_health_path(request->path())) {
    reply.body = kHealthy;
  } else if (is_call(*request)) {
    answer_call(request, response);
  } else if (is_control_path(request->path())) {
    answer_control(*request, peer, &reply);
  } else {
    reply.status = 404;
    reply.body = "<UnknownOperationException/>\n";
  }
  write_response_head(*request, Checksum::crc32, response);
  if (reply.is_dropped) response->after = AfterSend::drop;
}

void RequestHandler::begin_answer(const HttpRequest& request, HttpResponse* response) {
  renew_request_id();
  content_type_ = "text/plain";
  coding_ = ContentCoding::identity;
  lines_.clear();
  response->reply.status = 200;
  response->reply.body.clear();
  response->reply.is_dropped = false;
  add_cors_lines(request);
}

bool RequestHandler::is_for_functions(const HttpRequest& request) const {
  return context_.functions != nullptr && request.method() != Method::options &&
         Functions::is_lambda_path(request.path());
}

// A request that says an origin is a browser's, whatever name its page was loaded under, or came by
// way of a function.
void RequestHandler::call_functions(const HttpRequest& request, Peer peer, AnswerLambda done) {
  const Credentials credentials(request);
  context_.functions->call({.method = name_of(request.method()),
                            .path = request.path(),
                            .query = request.query(),
                            .body = request.body,
                            .invocation_type = request.header(Header::amz_invocation_type),
                            .log_type = request.header(Header::amz_log_type),
                            .client_context = request.header(Header::amz_client_context),
                            .access_key = credentials.caller().access_key,
                            .region = credentials.caller().region,
                            .is_local = peer == Peer::loopback && !request.has(Header::origin),
                            .has_origin = request.has(Header::origin)},
                           std::move(done));
}

void RequestHandler::answer_from_functions(const HttpRequest& request, SteadyTime called,
                                           LambdaReply reply, HttpResponse* response) {
  begin_answer(request, response);
  content_type_ = reply.body.empty() ? std::string_view() : kControlJson;
  response->reply.status = reply.status;
  response->reply.body = std::move(reply.body);
  for (const auto& [name, value] : reply.headers) add_line(name, value);
  write_response_head(request, Checksum::none, response);
  if (!context_.log.enabled(LogLevel::debug)) return;
  std::string operation(name_of(request.method()));
  operation.append(" ").append(request.path());
  log_request(operation, *response, called);
}

void RequestHandler::answer_call(HttpRequest* request, HttpResponse* response) {
  if (request->has(Header::content_encoding) && !unpack_body(request, response)) return;
  if (!request->body.empty() && !is_json_content_type(request->header(Header::content_type))) {
    response->reply.status = 404;
    response->reply.body = "<UnknownOperationException/>\n";
    return;
  }
  content_type_ = kJson;
  call_database(*request, response);
  if (request->has(Header::accept_encoding)) pack_body(*request, response);
}

// No credentials are asked for: whoever is on this machine may, or whoever --admin says.
void RequestHandler::answer_control(const HttpRequest& request, Peer peer, Reply* reply) {
  content_type_ = kControlJson;
  if (peer != Peer::loopback && context_.admin != Admin::any) {
    reply->status = 403;
    reply->body = R"({"message":"only for clients on this machine"})";
    return;
  }
  if (!has_own_origin(request)) {
    reply->status = 403;
    reply->body = R"({"message":"not for pages of another origin"})";
    return;
  }
  const ControlCall call{.method = name_of(request.method()),
                         .path = request.path(),
                         .body = request.body,
                         .query = request.query()};
  if (context_.functions != nullptr) {
    context_.functions->control(call, reply);
  } else {
    context_.database.control(call, reply);
  }
  if (request.path() == kMetricsPath && reply->status == 200) content_type_ = kMetricsText;
}

void RequestHandler::call_database(const HttpRequest& request, HttpResponse* response) {
  const Credentials credentials(request);
  if (context_.health == HealthAnswer::ddblocal && credentials.are_missing()) {
    response->reply.status = 400;
    response->reply.body = kLocalUnsigned;
    return;
  }
  const std::string_view host = request.header(Header::host);
  const Call call{.operation = target_of(request),
                  .body = request.body,
                  .readable_bytes = request.body.capacity(),
                  .caller = credentials.caller(),
                  .refusal = credentials.refusal(),
                  .host = host.empty() ? std::string_view(host_) : host};
  context_.database.call(call, &response->reply);
}

bool RequestHandler::unpack_body(HttpRequest* request, HttpResponse* response) {
  const auto coding = parse_content_encoding(request->header(Header::content_encoding));
  if (coding == ContentCoding::identity) return true;
  const Inflated inflated =
      coding ? inflate_body(*coding, request->body, kRequestBytesMax, kBodyPadding, &buffer_)
             : Inflated::broken;
  if (inflated == Inflated::whole) {
    request->body.swap(buffer_);
    return true;
  }
  std::string().swap(buffer_);
  content_type_ = kJson;
  response->reply.status = 500;
  response->reply.body = R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError",)"
                         R"("message":"The request body )";
  response->reply.body += inflated == Inflated::too_large
                              ? "is too large when it is unpacked\"}"
                              : "does not match its Content-Encoding\"}";
  return false;
}

void RequestHandler::pack_body(const HttpRequest& request, HttpResponse* response) {
  std::string& body = response->reply.body;
  if (body.size() < kPackedBytesMin) return;
  const ContentCoding coding = negotiate_coding(request.header(Header::accept_encoding));
  if (coding == ContentCoding::identity || !deflate_body(coding, body, &buffer_)) return;
  body.swap(buffer_);
  coding_ = coding;
}

void RequestHandler::add_cors_lines(const HttpRequest& request) {
  if (!request.has(Header::origin)) return;
  add_line("Access-Control-Allow-Origin", "*");
  if (request.method() != Method::options) {
    add_line("Access-Control-Expose-Headers",
             "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date");
    return;
  }
  if (request.has(Header::access_control_request_headers)) {
    add_line("Access-Control-Allow-Headers",
             request.header(Header::access_control_request_headers));
  }
  if (request.has(Header::access_control_request_method)) {
    add_line("Access-Control-Allow-Methods", request.header(Header::access_control_request_method));
  }
  add_line("Access-Control-Max-Age", "172800");
}

void RequestHandler::add_line(std::string_view name, std::string_view value) {
  lines_.append(name).append(": ").append(value).append("\r\n");
}

void RequestHandler::write_response_head(const HttpRequest& request, Checksum checksum,
                                         HttpResponse* response) {
  std::string& body = response->reply.body;
  response->after = request.persistence == Persistence::close ? AfterSend::close : AfterSend::keep;
  write_head({.status = response->reply.status,
              .content_type = content_type_,
              .content_encoding =
                  coding_ == ContentCoding::identity ? std::string_view() : name_of(coding_),
              .content_length = body.size(),
              .date = date_.at(context_.clock.now()),
              .request_id = request_id_,
              .crc32 = checksum == Checksum::crc32 ? std::optional(crc32_of(body)) : std::nullopt,
              .more = lines_,
              .persistence = request.persistence},
             &response->head);
  if (request.method() == Method::head) body.clear();
}

// Five bits a character: twelve characters of each random word.
void RequestHandler::renew_request_id() {
  static constexpr char kAlphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
  request_id_.resize(kRequestIdChars);
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < kRequestIdChars; ++i) {
    if (i % 12 == 0) word = random_.next();
    request_id_[i] = kAlphabet[word & 31];
    word >>= 5;
  }
}

}  // namespace stator
