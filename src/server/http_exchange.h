// The HTTP side of a connection without its socket: bytes in, answers out, in order.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>

#include "server/http_response.h"
#include "server/request_handler.h"
#include "server/request_parser.h"

namespace stator {

// A resource, owned by one connection and used by its I/O thread alone. Never fails but by
// std::bad_alloc; what a client does wrong is an answer.
class HttpExchange {
 public:
  enum class Next {
    receive,  // fill some of space(), say received(), and ask again
    send,     // send the response; go on unless its `after` ends the connection
    wait,     // the answer may take long: have another thread call answer(), then send what it made
    call,     // call_functions(), then, when that is done, finish_call() and send the response
  };

  // What the client is in the middle of; each has a time limit of its own.
  enum class Phase { idle, header, body };

  // `handler` is shared by the connections of one thread and outlives them.
  HttpExchange(RequestHandler* handler, Peer peer);

  // Where received bytes go; never empty after advance() asked for some.
  std::span<char> space();
  void received(std::size_t bytes);

  // Goes as far as the bytes allow, at most to the next answer, which it writes over `response`.
  Next advance(HttpResponse* response);

  // After Next::wait: makes the answer, on any thread; nothing else is called meanwhile.
  void answer(HttpResponse* response);

  // For Next::call; see RequestHandler.
  void call_functions(AnswerLambda done);
  void finish_call(LambdaReply reply, HttpResponse* response);

  Phase phase() const;

  // Bytes of the connection that were taken in, ever; tells a slow body from one that stands.
  std::uint64_t received_bytes() const { return received_bytes_; }

 private:
  void end_request();
  Next receive_more(HttpResponse* response);
  void skip_empty_lines();
  void make_room();

  RequestHandler* const handler_;
  const Peer peer_;
  RequestParser parser_;
  // The unparsed bytes are buffer_[begin_, end_).
  std::unique_ptr<char[]> buffer_;
  std::size_t buffer_bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t received_bytes_ = 0;
  std::chrono::steady_clock::time_point called_{};  // a function, for the request at hand
  enum class State { between_requests, in_request, continued } state_ = State::between_requests;
};

}  // namespace stator
