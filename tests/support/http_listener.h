// A server on a port of this machine that answers each request with bytes that a test gives.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace stator::support {

class HttpListener {
 public:
  // `answer` is given the request, head and body, and returns all that is sent; an empty answer
  // closes the connection, "hang" keeps it open without one.
  explicit HttpListener(std::function<std::string(const std::string&)> answer);
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;
  ~HttpListener();

  std::string url(const std::string& path = "/") const;

 private:
  void run();

  const std::function<std::string(const std::string&)> answer_;
  int listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

// "HTTP/1.1 200 OK" with headers ("A: b\r\n") and a body.
std::string http_answer(const std::string& body, int status = 200, const std::string& headers = "");

}  // namespace stator::support
