// The bytes of a connection as HTTP requests, however they are cut into pieces.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "server/http_request.h"

namespace stator {

// What became of the bytes given.
enum class Parsed {
  need_more,    // the request goes on after them
  complete,     // request() is whole; restart() before the next bytes
  bad_request,  // not HTTP, or header lines above the limits of base/limits.h; nothing may follow
  too_large,    // the body is above kRequestBytesMax; nothing may follow
};

struct ParseStep {
  Parsed parsed;
  std::size_t consumed;  // bytes to drop; after need_more the others are given again, with more
};

// A resource, owned by one connection. Never fails but by std::bad_alloc.
class RequestParser {
 public:
  RequestParser();
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Goes on with `bytes`: what the last step did not consume, and what has arrived since.
  ParseStep parse(std::string_view bytes);

  // The request of the last `complete`. Its body may be read for kBodyPadding bytes past its end.
  HttpRequest& request();

  // Forgets the request, ready for the next of the connection.
  void restart();

  // Whether the header lines are whole and a body has to follow.
  bool in_body() const;

  // Whether the client waits for "100 Continue" before it sends the body.
  bool expects_continue() const;

 private:
  class State;
  const std::unique_ptr<State> state_;
};

}  // namespace stator
