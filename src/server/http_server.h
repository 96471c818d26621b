// The HTTP server in front of a Database.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/http_timeouts.h"
#include "server/request_handler.h"

namespace stator {

struct HttpServerOptions {
  std::string host = "127.0.0.1";  // an address or a name; empty: all addresses of this machine
  std::uint16_t port = 8000;       // 0: any free one
  int threads = 1;
  HttpTimeouts timeouts{};
};

// A resource, used by one thread. Binding comes before starting, so that a port in use is known
// before a database is opened; connections wait in the kernel meanwhile.
class HttpServer {
 public:
  // errors  the address is unknown, in use or not ours to use: one line that names it
  static Result<std::unique_ptr<HttpServer>> listen(const HttpServerOptions& options);

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();  // stops

  // Serves until stop(); called once. What `context` refers to outlives that.
  //   errors  internal: there are not enough threads to have; then none is left
  Result<void> start(const HandlerContext& context);

  // Takes no more connections, lets answers that are on their way be taken, ends the connections
  // and joins the threads: within a second, unless a call into the database takes longer.
  void stop();

  std::uint16_t port() const;

  // "127.0.0.1:8000", with the port that was bound; all addresses are 0.0.0.0 here.
  const std::string& address() const;

 private:
  class State;
  explicit HttpServer(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

}  // namespace stator
