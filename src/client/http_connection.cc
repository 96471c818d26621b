#include "client/http_connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <utility>

#include "base/limits.h"

namespace stator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using Request = http::request<http::string_body>;

constexpr std::chrono::seconds kTimeout{30};

std::string authorization_of(const CredentialScope& scope) {
  return "AWS4-HMAC-SHA256 Credential=" + scope.access_key + "/20260101/" + scope.region +
         "/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
}

Result<std::string> body_of_success(DynamoAnswer answer) {
  if (answer.status == 200) return std::move(answer.json);
  const bool is_expired = answer.json.find("#ExpiredIteratorException\"") != std::string::npos;
  return Error(is_expired ? ErrorCode::expired_iterator : ErrorCode::validation,
               std::to_string(answer.status) + " " + answer.json);
}

}  // namespace

// Beast keeps time only for what is asynchronous, so each exchange runs its own loop.
class HttpConnection::State {
 public:
  State(Url the_endpoint, const CredentialScope& scope)
      : endpoint(std::move(the_endpoint)), authorization(authorization_of(scope)) {}

  Result<DynamoAnswer> exchange(Request request);

  const Url endpoint;
  const std::string authorization;

 private:
  Error failed(const error_code& error) const {
    return Error(ErrorCode::internal, "http://" + endpoint.authority() + ": " + error.message());
  }
  error_code connect();
  void run();

  asio::io_context context_{1};
  std::unique_ptr<beast::tcp_stream> stream_;
};

void HttpConnection::State::run() {
  context_.restart();
  context_.run();
}

error_code HttpConnection::State::connect() {
  error_code error;
  tcp::resolver resolver(context_);
  const auto addresses = resolver.resolve(endpoint.host, endpoint.port, error);
  if (error) return error;
  stream_ = std::make_unique<beast::tcp_stream>(context_);
  stream_->expires_after(kTimeout);
  stream_->async_connect(
      addresses, [&error](const error_code& ended, const tcp::endpoint&) { error = ended; });
  run();
  if (error) stream_.reset();
  return error;
}

Result<DynamoAnswer> HttpConnection::State::exchange(Request request) {
  if (stream_ == nullptr) {
    if (const error_code error = connect()) return failed(error);
  }
  request.version(11);
  request.set(http::field::host, endpoint.authority());
  request.prepare_payload();
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> response;
  response.body_limit(2 * kRequestBytesMax);
  error_code error;
  stream_->expires_after(kTimeout);
  http::async_write(*stream_, request, [&](const error_code& sent, std::size_t) {
    error = sent;
    if (sent) return;
    http::async_read(*stream_, buffer, response,
                     [&error](const error_code& received, std::size_t) { error = received; });
  });
  run();
  if (error || !response.get().keep_alive()) stream_.reset();
  if (error) return failed(error);
  return DynamoAnswer{.status = static_cast<int>(response.get().result_int()),
                      .json = std::move(response.get().body())};
}

HttpConnection::HttpConnection(Url endpoint, const CredentialScope& scope)
    : state_(std::make_unique<State>(std::move(endpoint), scope)) {}

HttpConnection::~HttpConnection() = default;

Result<DynamoAnswer> HttpConnection::ask(std::string_view target, std::string_view body) {
  Request request(http::verb::post, "/", 11);
  request.set("X-Amz-Target", std::string(target));
  request.set("X-Amz-Date", "20260101T000000Z");
  request.set(http::field::content_type, "application/x-amz-json-1.0");
  request.set(http::field::authorization, state_->authorization);
  request.body() = std::string(body);
  return state_->exchange(std::move(request));
}

Result<std::string> HttpConnection::call(std::string_view target, std::string_view body) {
  return body_of_success(TRY(ask(target, body)));
}

Result<std::string> HttpConnection::get(std::string_view path) {
  return body_of_success(TRY(state_->exchange(Request(http::verb::get, std::string(path), 11))));
}

}  // namespace stator
