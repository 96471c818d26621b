#include "functions/net/loop_poster.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <memory>
#include <utility>

namespace stator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using beast::error_code;
using tcp = asio::ip::tcp;

// Of no page, as browsers word it: who named the URL may be anyone, so no server on this machine,
// this one least of all, shall take the request for that of a program here.
constexpr std::string_view kOrigin = "null";

// One request and its answer, on a connection of their own. Kept alive by what is outstanding.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(asio::io_context* context, HttpPost post, std::function<void(HttpAnswer)> done)
      : resolver_(*context), stream_(*context), post_(std::move(post)), done_(std::move(done)) {
    request_.method(http::verb::post);
    request_.target(post_.url.target);
    request_.version(11);
    request_.set(http::field::host, post_.url.authority());
    request_.set(http::field::content_type, "application/json");
    request_.set(http::field::origin, kOrigin);
    request_.set(http::field::connection, "close");
    for (const auto& [name, value] : post_.headers) request_.set(name, value);
    request_.body() = std::move(post_.body);
    request_.prepare_payload();
    response_.body_limit(post_.answer_bytes_max);
  }

  void start() {
    stream_.expires_after(post_.timeout);
    resolver_.async_resolve(post_.url.host, post_.url.port,
                            [self = shared_from_this()](const error_code& error,
                                                        const tcp::resolver::results_type& to) {
                              if (error) return self->end(HttpEnd::unreachable);
                              self->connect(to);
                            });
  }

 private:
  void connect(const tcp::resolver::results_type& to) {
    stream_.async_connect(
        to, [self = shared_from_this()](const error_code& error, const tcp::endpoint&) {
          if (error) return self->end(HttpEnd::unreachable);
          self->send();
        });
  }

  void send() {
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
    http::async_write(stream_, request_,
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (error == beast::error::timeout) return self->end(HttpEnd::timed_out);
                        if (error) return self->end(HttpEnd::unreachable);
                        self->receive();
                      });
  }

  void receive() {
    http::async_read(stream_, buffer_, response_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       if (error == beast::error::timeout) return self->end(HttpEnd::timed_out);
                       if (error == http::error::body_limit) return self->end(HttpEnd::too_large);
                       self->end(error ? HttpEnd::broken : HttpEnd::answered);
                     });
  }

  void end(HttpEnd how) {
    HttpAnswer answer{.end = how, .status = 0, .function_error = {}, .body = {}};
    if (how == HttpEnd::answered) {
      auto& message = response_.get();
      answer.status = static_cast<int>(message.result_int());
      answer.function_error = std::string(message["X-Amz-Function-Error"]);
      answer.body = std::move(message.body());
    }
    done_(std::move(answer));
  }

  tcp::resolver resolver_;
  beast::tcp_stream stream_;
  HttpPost post_;
  const std::function<void(HttpAnswer)> done_;
  http::request<http::string_body> request_;
  beast::flat_buffer buffer_;
  http::response_parser<http::string_body> response_;
};

}  // namespace

void LoopPoster::post(HttpPost post, std::function<void(HttpAnswer)> done) {
  auto exchange = std::make_shared<Exchange>(&loop_.context(), std::move(post), std::move(done));
  loop_.post([exchange] { exchange->start(); });
}

}  // namespace stator
