// One connection: its socket, its deadline, and the exchange that runs over them.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "server/http_exchange.h"

namespace stator {

class IoThread;

// A resource, owned by an IoThread and used on that thread only. Exactly one operation of its
// socket, or one call of a function, is outstanding between two calls into it; when an operation
// ends in an error, the session has its thread remove it.
class Session {
 public:
  Session(boost::asio::ip::tcp::socket socket, IoThread* thread, std::size_t index);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  void start();

  // Ends the connection: the outstanding operation fails, and the session is removed after it.
  void close();

  // Whether an answer is on its way, or being made elsewhere.
  bool is_sending() const { return sending_; }

  // The tick of the thread at which the client has taken too long.
  std::uint64_t deadline() const { return deadline_; }

  // Where the thread keeps this session.
  std::size_t index = 0;

 private:
  void receive();
  void on_received(const boost::system::error_code& error, std::size_t bytes);
  void proceed();
  void answer_elsewhere();
  void on_answered();
  void call_functions();
  void on_called(LambdaReply reply);
  bool send(HttpResponse* response);
  void send_rest(HttpResponse* response, std::size_t sent);
  bool keeps_open(AfterSend after);
  void linger();
  void renew_deadline();
  void fail(const char* what);
  void remove();

  boost::asio::ip::tcp::socket socket_;
  IoThread* const thread_;
  HttpExchange exchange_;
  HttpResponse pending_;  // the answer of which a part is still to be sent
  bool sending_ = false;
  bool is_closed_ = false;  // meanwhile
  bool calling_ = false;    // a function
  // This session for whom a call outlives it; null where it has. Touched on the thread only.
  std::shared_ptr<Session*> self_;
  std::uint64_t deadline_ = 0;
  HttpExchange::Phase phase_ = HttpExchange::Phase::idle;  // the one that deadline_ is for
  std::uint64_t bytes_at_renewal_ = 0;
};

}  // namespace stator
