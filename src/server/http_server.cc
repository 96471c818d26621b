#include "server/http_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>
#include <vector>

#include "base/accept_retry.h"
#include "server/io_thread.h"

namespace stator {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// What people and programs know them by, also where those of IPv6 are among them.
constexpr const char* kAllAddresses = "0.0.0.0";

Result<tcp::endpoint> resolve(asio::io_context* context, const std::string& host,
                              std::uint16_t port) {
  error_code error;
  const auto literal = asio::ip::make_address(host, error);
  if (!error) return tcp::endpoint(literal, port);
  const auto found =
      tcp::resolver(*context).resolve(host, std::to_string(port), tcp::resolver::passive, error);
  if (error || found.empty()) {
    return Error(ErrorCode::internal,
                 fmt::format("cannot listen on {}:{}: {}", host, port, error.message()));
  }
  return found.begin()->endpoint();
}

// As a URL has it: an IPv6 address in brackets.
std::string url_address(const std::string& host, std::uint16_t port) {
  const bool is_v6_literal = host.find(':') != std::string::npos;
  return is_v6_literal ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

error_code bind(tcp::acceptor* acceptor, const tcp::endpoint& endpoint) {
  error_code error;
  acceptor->open(endpoint.protocol(), error);
  // On "::" those of IPv4 as well, however the system is set.
  if (!error && endpoint.protocol() == tcp::v6()) {
    acceptor->set_option(asio::ip::v6_only(false), error);
  }
  if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
  return error;
}

// To every address: those of IPv6 as well, where this machine has them.
error_code bind_all(tcp::acceptor* acceptor, std::uint16_t port) {
  error_code error = bind(acceptor, {tcp::v6(), port});
  if (!error || error == asio::error::address_in_use || error == asio::error::access_denied) {
    return error;
  }
  acceptor->close(error);
  return bind(acceptor, {tcp::v4(), port});
}

}  // namespace

class HttpServer::State {
 public:
  explicit State(const HttpServerOptions& options) {
    for (int i = 0; i < std::max(options.threads, 1); ++i) {
      threads_.push_back(std::make_unique<IoThread>(options.timeouts));
    }
    acceptor_ = std::make_unique<tcp::acceptor>(threads_.front()->context());
    retry_timer_ = std::make_unique<asio::steady_timer>(threads_.front()->context());
  }

  Result<void> listen(const HttpServerOptions& options) {
    const std::string host = options.host.empty() ? kAllAddresses : options.host;
    if (const error_code error = TRY(bind_to(options))) {
      return Error(ErrorCode::internal,
                   fmt::format("cannot listen on {}:{}: {}", host, options.port, error.message()));
    }
    error_code ignored;
    port_ = acceptor_->local_endpoint(ignored).port();
    address_ = url_address(host, port_);
    return {};
  }

  // Threads that have started end with the others' failure.
  Result<void> start(const HandlerContext& context) {
    log_ = &context.log;
    for (const auto& thread : threads_) TRY(thread->start(context, address_));
    asio::post(threads_.front()->context(), [this] { accept(); });
    started_ = true;
    return {};
  }

  void stop() {
    if (!std::exchange(started_, false)) return;
    asio::post(threads_.front()->context(), [this] {
      error_code ignored;
      acceptor_->close(ignored);
      retry_timer_->cancel();
    });
    for (const auto& thread : threads_) thread->stop();
    for (const auto& thread : threads_) thread->join();
  }

  std::uint16_t port() const { return port_; }
  const std::string& address() const { return address_; }

 private:
  Result<error_code> bind_to(const HttpServerOptions& options) {
    if (options.host.empty()) return bind_all(acceptor_.get(), options.port);
    const tcp::endpoint endpoint =
        TRY(resolve(&threads_.front()->context(), options.host, options.port));
    return bind(acceptor_.get(), endpoint);
  }

  // Connections go to the threads in turn.
  void accept() {
    IoThread& thread = *threads_[next_thread_++ % threads_.size()];
    acceptor_->async_accept(thread.context(),
                            [this, &thread](const error_code& error, tcp::socket socket) {
                              if (!acceptor_->is_open()) return;
                              if (error) return on_accept_failed(error);
                              thread.adopt(std::move(socket));
                              accept();
                            });
  }

  void on_accept_failed(const error_code& error) {
    if (error == asio::error::connection_aborted) return accept();
    log_->write(LogLevel::warn, "cannot take a connection", {{"why", error.message()}});
    retry_timer_->expires_after(kAcceptRetryTime);
    retry_timer_->async_wait([this](const error_code&) {
      if (acceptor_->is_open()) accept();
    });
  }

  std::vector<std::unique_ptr<IoThread>> threads_;
  // Used by the first thread once it runs. Destroyed before its context.
  std::unique_ptr<tcp::acceptor> acceptor_;
  std::unique_ptr<asio::steady_timer> retry_timer_;
  std::size_t next_thread_ = 0;
  Log* log_ = nullptr;
  // Used by the owner.
  bool started_ = false;
  std::uint16_t port_ = 0;
  std::string address_;
};

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const HttpServerOptions& options) {
  auto state = std::make_unique<State>(options);
  TRY(state->listen(options));
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() {
  stop();
}

Result<void> HttpServer::start(const HandlerContext& context) {
  return state_->start(context);
}

void HttpServer::stop() {
  state_->stop();
}

std::uint16_t HttpServer::port() const {
  return state_->port();
}

const std::string& HttpServer::address() const {
  return state_->address();
}

}  // namespace stator
