#include "functions/net/runtime_server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <map>
#include <optional>

#include "base/accept_retry.h"
#include "functions/invoker.h"

namespace stator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using beast::error_code;
using tcp = asio::ip::tcp;

// How much of an answer that is too large is read over, and for how long. Ours.
constexpr std::size_t kDrainBytesMax = 256 * 1024 * 1024;
constexpr std::size_t kDrainBytesAtOnce = 64 * 1024;
constexpr std::chrono::milliseconds kDrainTime = std::chrono::seconds(10);

class Connection;

}  // namespace

struct RuntimeServer::State : std::enable_shared_from_this<RuntimeServer::State> {
  State(asio::io_context* context, ServeRuntime the_serve)
      : acceptor(*context), retry_timer(*context), serve(std::move(the_serve)) {}

  Result<void> open();
  void accept();
  void accept_later();
  void close();

  tcp::acceptor acceptor;
  asio::steady_timer retry_timer;
  ServeRuntime serve;
  std::string address;
  std::map<const Connection*, std::weak_ptr<Connection>> connections;
};

namespace {

// One connection of the program; one request at a time. Kept alive by what is outstanding, and by
// the answer that it waits for.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, std::weak_ptr<RuntimeServer::State> server)
      : socket_(std::move(socket)),
        server_(std::move(server)),
        drain_ends_(socket_.get_executor()) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    if (const auto server = server_.lock()) server->connections.erase(this);
  }

  void receive() {
    parser_.emplace();
    parser_->body_limit(kAnswerBytesMax);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       self->on_received(error);
                     });
  }

  void close() {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  void on_received(const error_code& error) {
    const bool is_too_large = error == http::error::body_limit;
    const auto server = server_.lock();
    if ((error && !is_too_large) || server == nullptr || !server->serve) return;
    auto& message = parser_->get();
    keeps_ = message.keep_alive() && !is_too_large;
    RuntimeRequest request{.method = std::string(message.method_string()),
                           .target = std::string(message.target()),
                           .body = std::move(message.body()),
                           .is_too_large = is_too_large};
    server->serve(std::move(request), [self = shared_from_this()](RuntimeResponse response) {
      self->send(std::move(response));
    });
  }

  void send(RuntimeResponse answer) {
    response_ = {};
    response_.version(11);
    response_.result(static_cast<unsigned>(answer.status));
    response_.set(http::field::content_type, "application/json");
    for (const auto& [name, value] : answer.headers) response_.set(name, value);
    response_.keep_alive(keeps_);
    response_.body() = std::move(answer.body);
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (error) return self->close();
                        if (!self->keeps_) return self->begin_drain();
                        self->receive();
                      });
  }

  // Closing a socket that holds unread data resets the connection, and a client that is still
  // sending would not see the answer. So the rest is read, but not for ever.
  void begin_drain() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    drain_ends_.expires_after(kDrainTime);
    drain_ends_.async_wait([weak = weak_from_this()](const error_code& error) {
      const auto self = weak.lock();
      if (!error && self != nullptr) self->close();
    });
    drain();
  }

  void drain() {
    buffer_.clear();
    socket_.async_read_some(
        buffer_.prepare(kDrainBytesAtOnce),
        [self = shared_from_this()](const error_code& error, std::size_t bytes) {
          self->drained_ += bytes;
          if (!error && self->drained_ < kDrainBytesMax) return self->drain();
          self->drain_ends_.cancel();
          self->close();
        });
  }

  tcp::socket socket_;
  const std::weak_ptr<RuntimeServer::State> server_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
  bool keeps_ = true;
  asio::steady_timer drain_ends_;
  std::size_t drained_ = 0;
};

}  // namespace

Result<void> RuntimeServer::State::open() {
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), 0);
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return Error(ErrorCode::internal, "cannot listen for a program: " + error.message());
  }
  address = "127.0.0.1:" + std::to_string(acceptor.local_endpoint(error).port());
  return {};
}

void RuntimeServer::State::accept() {
  acceptor.async_accept([self = shared_from_this()](const error_code& error, tcp::socket socket) {
    if (!self->acceptor.is_open()) return;
    if (error && error != asio::error::connection_aborted) return self->accept_later();
    if (!error) {
      const auto connection = std::make_shared<Connection>(std::move(socket), self);
      self->connections[connection.get()] = connection;
      connection->receive();
    }
    self->accept();
  });
}

void RuntimeServer::State::accept_later() {
  retry_timer.expires_after(kAcceptRetryTime);
  retry_timer.async_wait([self = shared_from_this()](const error_code&) {
    if (self->acceptor.is_open()) self->accept();
  });
}

void RuntimeServer::State::close() {
  error_code ignored;
  acceptor.close(ignored);
  retry_timer.cancel();
  serve = nullptr;
  for (const auto& [key, weak] : connections) {
    if (const auto connection = weak.lock()) connection->close();
  }
  connections.clear();
}

Result<std::unique_ptr<RuntimeServer>> RuntimeServer::listen(asio::io_context* context,
                                                             ServeRuntime serve) {
  auto state = std::make_shared<State>(context, std::move(serve));
  TRY(state->open());
  state->accept();
  return std::unique_ptr<RuntimeServer>(new RuntimeServer(std::move(state)));
}

RuntimeServer::RuntimeServer(std::shared_ptr<State> state) : state_(std::move(state)) {}

RuntimeServer::~RuntimeServer() {
  state_->close();
}

const std::string& RuntimeServer::address() const {
  return state_->address;
}

}  // namespace stator
