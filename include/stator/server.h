// An HTTP server in front of an open database: what SDKs in this process or others connect to.
//
//   auto started = stator::Server::start(database.get(), {});
//   connect_to(started.server->endpoint());  // "http://127.0.0.1:40123"
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "stator/database.h"
#include "stator/export.h"
#include "stator/functions.h"

namespace stator {

struct ServerOptions {
  std::string host = "127.0.0.1";  // an address or a name
  std::uint16_t port = 0;          // 0: any free one
  int threads = 1;                 // that answer requests
  // Answers Lambda's API on the same port; outlives the server. Null: there is none.
  Functions* functions = nullptr;
  int log_descriptor = -1;  // takes lines about what goes wrong; -1: nobody does
};

class Server;

struct ServerResult {
  std::unique_ptr<Server> server;  // null on failure
  std::string error;               // one line that names the address
};

// A resource, used by one thread. Serves from start to its end, which lets answers that are on
// their way be taken, ends the connections and joins its threads: within a second, unless a call
// into the database takes longer. Only clients on this machine may ask for /_stator/ and /metrics.
class STATOR_API Server {
 public:
  //   database  outlives it
  // errors  the address is unknown, in use or not ours to use, or there are too few threads to be
  //         had; then none is left
  static ServerResult start(Database* database, const ServerOptions& options);

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  // "http://127.0.0.1:40123", with the port that was bound.
  const std::string& endpoint() const;

  std::uint16_t port() const;

 private:
  class State;
  explicit Server(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

}  // namespace stator
