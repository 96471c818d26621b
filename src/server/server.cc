// The embedding API of the server.
#include "stator/server.h"

#include <utility>

#include "server/http_server.h"

namespace stator {

class Server::State {
 public:
  explicit State(const ServerOptions& options)
      : log_({.level = LogLevel::warn, .file_descriptor = options.log_descriptor}, clock_) {}

  Result<void> start(Database* database, const ServerOptions& options) {
    http_ = TRY(HttpServer::listen(
        {.host = options.host, .port = options.port, .threads = options.threads}));
    endpoint_ = "http://" + http_->address();
    return http_->start(
        {.database = *database, .log = log_, .clock = clock_, .functions = options.functions});
  }

  const HttpServer& http() const { return *http_; }
  const std::string& endpoint() const { return endpoint_; }

 private:
  const SystemClock clock_{};
  Log log_;
  std::string endpoint_;
  std::unique_ptr<HttpServer> http_;  // ends before what it refers to
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

ServerResult Server::start(Database* database, const ServerOptions& options) {
  auto state = std::make_unique<State>(options);
  const Result<void> started = state->start(database, options);
  if (!started) return {nullptr, started.error().message()};
  return {std::unique_ptr<Server>(new Server(std::move(state))), ""};
}

const std::string& Server::endpoint() const {
  return state_->endpoint();
}

std::uint16_t Server::port() const {
  return state_->http().port();
}

}  // namespace stator
