// A blocking HTTP/1.1 client of the least that tests need: one kept connection, one request at a
// time.
#pragma once

#include <string>
#include <string_view>

namespace stator::support {

struct HttpReply {
  int status = 0;
  std::string body;
};

// A connection that is opened when it is needed. A resource of one thread.
class HttpClient {
 public:
  HttpClient(std::string host, std::string port) : host_(std::move(host)), port_(std::move(port)) {}
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient() { close(); }

  // Sends one DynamoDB request, signed in form only, and reads its reply.
  //   operation  "GetItem", or a whole X-Amz-Target
  //   errors  throws std::runtime_error when no whole reply comes; the next call connects anew
  HttpReply call(std::string_view operation, std::string_view body);

 private:
  void connect();
  void close();
  void send_all(std::string_view bytes) const;
  HttpReply receive();
  // Appends what comes; at least one byte.
  void receive_more(std::string* bytes) const;

  const std::string host_;
  const std::string port_;
  int descriptor_ = -1;
};

}  // namespace stator::support
