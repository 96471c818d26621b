// HTTP on a loopback port for one program: reads requests, sends what they are answered, now or
// later.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace stator {

struct RuntimeRequest {
  std::string method;
  std::string target;
  std::string body;
  bool is_too_large = false;  // the body was left unread
};

struct RuntimeResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

// Answers one request, once; on the loop's thread.
using RespondToRuntime = std::function<void(RuntimeResponse)>;
using ServeRuntime = std::function<void(RuntimeRequest, RespondToRuntime)>;

// A resource of the loop's thread. Its end closes the port and all connections.
class RuntimeServer {
 public:
  struct State;

  //   serve   called for each request
  // errors  internal: no port is free
  static Result<std::unique_ptr<RuntimeServer>> listen(boost::asio::io_context* context,
                                                       ServeRuntime serve);

  RuntimeServer(const RuntimeServer&) = delete;
  RuntimeServer& operator=(const RuntimeServer&) = delete;
  ~RuntimeServer();

  // "127.0.0.1:41234"
  const std::string& address() const;

 private:
  explicit RuntimeServer(std::shared_ptr<State> state);

  const std::shared_ptr<State> state_;
};

}  // namespace stator
